import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CorsRuntime, type CorsRuntimeProps } from '../../src/lambda/cors-runtime';

/** What Lambda was told of one event: a result, or an error. */
export interface Outcome {
  readonly result?: any;
  readonly error?: string;
}

export interface Run {
  readonly outcomes: Outcome[];
  readonly log: string;
  /** Whether the function came so far as to take events. */
  readonly started: boolean;
}

export type Language = 'Node.js' | 'Python';

const HANDLERS = join(__dirname, 'handlers');

/**
 * Runs a function in a process of its own, with the layer as it is deployed. `handler` is a file of
 * test/lambda/handlers and an export of it: `esm.mjs answered`, `functions.py raised`. A whole path
 * stands for a function that brings its packages along.
 */
export function run(
  handler: string,
  events: unknown[],
  environment: Record<string, string> = {},
  runner = 'run-function.mjs',
): Run {
  const [file, name] = handler.split(' ');
  const opt = deployedLayer();
  // In Lambda a layer is found by NODE_PATH also from ES modules; Node.js alone looks beside the
  // file.
  const [command, args] = file.endsWith('.py')
    ? ['python3', [join(__dirname, 'run_function.py'), file.replace('.py', ''), name]]
    : [process.execPath, [join(__dirname, runner), resolve(opt, 'nodejs', file), name]];
  const { status, stderr, output } = spawnSync(command, args, {
    env: {
      PATH: process.env.PATH,
      PYTHONPATH: `${join(opt, 'python')}:${HANDLERS}`,
      PYTHONDONTWRITEBYTECODE: '1',
      ...environment,
    },
    input: JSON.stringify(events),
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  return { outcomes: status === 0 ? JSON.parse(output[3]!) : [], log: stderr, started: status === 0 };
}

/** The environment variable that a function gets. */
export function policyVariable(cors: CorsRuntimeProps['cors']): string {
  const stack = new Stack(new App());
  const fn = aFunction(stack);
  new CorsRuntime(stack, 'Cors', { cors }).attachPolicyTo(fn);
  return stack.resolve((fn.node.defaultChild as any).environment).variables.CORS_POLICY;
}

export function aFunction(stack: Stack, runtime = Runtime.NODEJS_LATEST, id = 'Orders'): LambdaFunction {
  return new LambdaFunction(stack, id, { runtime, handler: 'index.handler', code: Code.fromInline('…') });
}

export function recordedEvent(name: string): any {
  return JSON.parse(readFileSync(join(__dirname, 'events', `${name}.json`), 'utf8'));
}

/** What Lambda unpacks to /opt: the asset of the synthesized layer; with the handlers beside it. */
function deployedLayer(): string {
  if (unpacked === undefined) {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    new CorsRuntime(stack, 'Cors').attachTo(aFunction(stack));
    const { directory } = app.synth();
    const asset = readdirSync(directory, { withFileTypes: true }).find(
      (entry) => entry.isDirectory() && entry.name.startsWith('asset.'),
    )!;
    unpacked = mkdtempSync(join(tmpdir(), 'layer-'));
    cpSync(join(directory, asset.name), unpacked, { recursive: true });
    cpSync(HANDLERS, join(unpacked, 'nodejs'), { recursive: true });
  }
  return unpacked;
}

let unpacked: string | undefined;

process.once('exit', () => {
  if (unpacked !== undefined) rmSync(unpacked, { recursive: true });
});
