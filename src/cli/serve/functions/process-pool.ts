import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { TIME_LIMIT, TimeoutError } from '../backend';
import type { FunctionDefinition } from './definition';
import { NODE_HOST, PYTHON_HOST } from './hosts';

/** What a function came to: a result, or the error that it threw. */
export type Invocation = { readonly result: unknown } | { readonly error: { errorType: string; errorMessage: string } };

/**
 * The processes of one function, each of which takes one event at a time,
 * as Lambda's environments do.
 */
export class ProcessPool {
  private readonly idle: Host[] = [];
  private readonly all = new Set<Host>();
  private readonly waiting: (() => void)[] = [];

  /** `say` gets what the function prints. */
  public constructor(
    private readonly definition: FunctionDefinition,
    private readonly say: (text: string) => void,
  ) {}

  public async invoke(event: object): Promise<Invocation> {
    while (this.idle.length === 0 && this.all.size >= MOST) await new Promise<void>((free) => this.waiting.push(free));
    const host = this.idle.pop() ?? this.start();
    try {
      const invocation = await host.invoke(event);
      if (host.isUp) this.idle.push(host);
      return invocation;
    } finally {
      if (!host.isUp) this.all.delete(host);
      this.waiting.shift()?.();
    }
  }

  public end(): void {
    for (const host of this.all) host.end();
    this.all.clear();
    this.idle.length = 0;
  }

  private start(): Host {
    const host = new Host(this.definition, this.say);
    this.all.add(host);
    return host;
  }
}

const MOST = 10;

/**
 * As long as Lambda lets a function load, which does not count for its time limit; in milliseconds.
 */
const INIT_LIMIT = 10_000;

class Host {
  public isUp = true;
  private readonly child: ChildProcess;
  private isReady = (): void => undefined;
  private readonly ready = new Promise<void>((isReady) => {
    this.isReady = isReady;
  });
  private settle?: { id: string; resolve(invocation: Invocation): void; reject(error: Error): void };

  public constructor(
    private readonly definition: FunctionDefinition,
    say: (text: string) => void,
  ) {
    const { language, folder, handler } = definition;
    const [command, args] =
      language === 'node' ? [process.execPath, ['-e', NODE_HOST]] : ['python3', ['-u', '-c', PYTHON_HOST]];
    this.child = spawn(command, [...args, folder, handler], {
      cwd: folder,
      env: environmentOf(definition),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    });
    const { stdout, stderr, stdio } = this.child;
    for (const stream of [stdout, stderr]) if (stream) createInterface({ input: stream }).on('line', say);
    createInterface({ input: stdio[4] as NodeJS.ReadableStream }).on('line', (line) => this.answered(line));
    stdio[3]?.on('error', () => undefined);
    this.child.on('error', (error) => this.broke(`it cannot be started: ${error.message}`));
    this.child.on('exit', (code, signal) => this.broke(`its process ended with ${signal ?? code}`));
  }

  public async invoke(event: object): Promise<Invocation> {
    const { timeout } = this.definition;
    const timeLimit = Math.min(timeout * 1000, TIME_LIMIT);
    const isGateways = timeout * 1000 > TIME_LIMIT;
    const context = contextOf(this.definition, timeLimit);
    let timer: NodeJS.Timeout | undefined;
    const within = (limit: number, error: Error): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        this.settle?.reject(error);
        this.end();
      }, limit);
    };
    try {
      return await new Promise((resolve, reject) => {
        if (!this.isUp) reject(new Error('its process ended'));
        this.settle = { id: context.awsRequestId, resolve, reject };
        const started = (): void => {
          const why = `its function takes longer than ${timeLimit / 1000} s`;
          within(timeLimit, isGateways ? new TimeoutError(why) : new Error(`${why}, its time limit`));
          const message = JSON.stringify({ id: context.awsRequestId, event, context });
          (this.child.stdio[3] as Writable).write(`${message}\n`);
        };
        within(INIT_LIMIT, new Error(`its function is not loaded within ${INIT_LIMIT / 1000} s`));
        void this.ready.then(started);
      });
    } finally {
      clearTimeout(timer);
      this.settle = undefined;
    }
  }

  public end(): void {
    this.isUp = false;
    this.child.kill('SIGKILL');
  }

  /** What belongs to an earlier event comes too late. */
  private answered(line: string): void {
    const { id, ready, ...invocation } = JSON.parse(line);
    if (ready) this.isReady();
    if (id === this.settle?.id) this.settle?.resolve(invocation);
  }

  private broke(why: string): void {
    this.isUp = false;
    this.settle?.reject(new Error(why));
  }
}

function contextOf({ name }: FunctionDefinition, timeLimit: number) {
  const functionName = name.split('/').at(-1);
  return { functionName, functionVersion: '$LATEST', awsRequestId: randomUUID(), memoryLimitInMB: '128', timeLimit };
}

/** Its own, and of the user's only what finds programs and AWS. */
function environmentOf({ name, folder, handler, environment, layers }: FunctionDefinition): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([variable]) =>
    /^(AWS_.*|PATH|HOME|TMPDIR|LANG|SystemRoot)$/.test(variable),
  );
  return {
    ...Object.fromEntries(passed),
    AWS_LAMBDA_FUNCTION_NAME: name.split('/').at(-1),
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    TZ: ':UTC',
    NODE_PATH: layers.map((layer) => join(layer, 'nodejs', 'node_modules')).join(delimiter),
    PYTHONPATH: layers.map((layer) => join(layer, 'python')).join(delimiter),
    ...environment,
  };
}
