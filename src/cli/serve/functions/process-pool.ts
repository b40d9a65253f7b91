import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { TIME_LIMIT, TimeoutError } from '../backend';
import { Call, type Invocation } from './call';
import type { FunctionDefinition } from './definition';
import { NODE_HOST, PYTHON_HOST } from './hosts';

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

  /** @param streams whether a streaming handler may answer as it goes */
  public async invoke(event: object, streams = false): Promise<Invocation> {
    while (this.idle.length === 0 && this.all.size >= MOST) await new Promise<void>((free) => this.waiting.push(free));
    const host = this.rested() ?? this.start();
    const free = (): void => {
      if (host.isUp) this.idle.push(host);
      else this.all.delete(host);
      this.waiting.shift()?.();
    };
    return host.invoke(event, streams, free);
  }

  public end(): void {
    for (const host of this.all) host.end();
    this.all.clear();
    this.idle.length = 0;
  }

  /** One that still runs: a process may end while it waits. */
  private rested(): Host | undefined {
    for (let host = this.idle.pop(); host; host = this.idle.pop()) {
      if (host.isUp) return host;
      this.all.delete(host);
    }
    return undefined;
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
  private current?: Call;

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

  /** `done` is called when the function takes another event, or never will. */
  public invoke(event: object, streams: boolean, done: () => void): Promise<Invocation> {
    const { timeout } = this.definition;
    // A streamed response takes as long as its function may.
    const timeLimit = streams ? timeout * 1000 : Math.min(timeout * 1000, TIME_LIMIT);
    const isGateways = timeLimit < timeout * 1000;
    const context = contextOf(this.definition, timeLimit);
    const call = new Call(context.awsRequestId, () => {
      this.current = undefined;
      done();
    });
    this.current = call;
    const within = (limit: number, error: Error): void =>
      call.limit(limit, () => {
        this.end();
        call.fail(error);
      });
    within(INIT_LIMIT, new Error(`its function is not loaded within ${INIT_LIMIT / 1000} s`));
    void this.ready.then(() => {
      if (this.current !== call) return;
      const why = `its function takes longer than ${timeLimit / 1000} s`;
      within(timeLimit, isGateways ? new TimeoutError(why) : new Error(`${why}, its time limit`));
      const message = JSON.stringify({ id: call.id, event, context, streams });
      (this.child.stdio[3] as Writable).write(`${message}\n`);
    });
    return call.invocation;
  }

  public end(): void {
    this.isUp = false;
    this.child.kill('SIGKILL');
  }

  /** What belongs to an earlier event comes too late. */
  private answered(line: string): void {
    const { id, ready, ...said } = JSON.parse(line);
    if (ready) this.isReady();
    else if (id === this.current?.id) this.current?.take(said);
  }

  private broke(why: string): void {
    this.isUp = false;
    this.current?.fail(new Error(why));
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
