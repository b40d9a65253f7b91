/**
 * How long `check` takes from start to exit on a template of 500 resources with three origins, and
 * how many preflights `serve` answers in a second on its one core. Runs the compiled command: npm
 * run compile && npx ts-node -P tsconfig.dev.json bench/cli.ts
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration } from 'aws-cdk-lib/aws-apigateway';
import { CorsEnabledRestApi } from '../src';

const BIN = join(__dirname, '..', 'bin', 'cdk-cors.js');
const ORIGINS = ['https://app.example.com', 'https://pr-7.preview.example.com', 'http://localhost:3000'];
const PATHS = 98;
const METHODS = ['GET', 'PUT', 'DELETE'];
const RUNS = 7;
const PREFLIGHTS = 20_000;
const CONNECTIONS = 50;

async function main() {
  const bench = assembly();
  const { directory, resources } = bench;
  const { seconds, slowest } = checkTime(bench);
  console.log(
    `check: ${resources} resources, ${ORIGINS.length} origins: ${seconds.toFixed(2)} s (slowest of ${RUNS}: ${slowest.toFixed(2)} s)`,
  );
  console.log(
    `serve: ${Math.round(await preflightsPerSecond(directory))} preflights a second over ${CONNECTIONS} connections`,
  );
}

/** The median of some runs, and how many requests each of them tries. */
export function checkTime({ directory, requests } = assembly()): {
  seconds: number;
  slowest: number;
  requests: number;
} {
  const times = Array.from({ length: RUNS }, () => check(directory)).sort((a, b) => a - b);
  return { seconds: times[Math.floor(RUNS / 2)], slowest: times[RUNS - 1], requests };
}

/** Paths with three methods each, until one more would not fit the stack. */
function assembly() {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'cdk-cors-bench-')) });
  const stack = new Stack(app, 'Bench');
  const api = new CorsEnabledRestApi(stack, 'Api', {
    cors: { allowOrigins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'] },
  });
  for (let path = 0; path < PATHS; path++) {
    const resource = api.root.addResource(`path${path}`);
    for (const method of METHODS) {
      const integration = new MockIntegration({
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        integrationResponses: [{ statusCode: '200' }],
      });
      resource.addMethod(method, integration, { methodResponses: [{ statusCode: '200' }] });
    }
  }
  const { directory, stacks } = app.synth();
  const resources = Object.keys(stacks[0].template.Resources).length;
  return { directory, resources, requests: PATHS * METHODS.length * ORIGINS.length };
}

function check(directory: string): number {
  const start = process.hrtime.bigint();
  execFileSync(process.execPath, [BIN, 'check', directory, ...ORIGINS.flatMap((origin) => ['--origin', origin])]);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

async function preflightsPerSecond(directory: string): Promise<number> {
  const server = spawn(process.execPath, [BIN, 'serve', directory, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout });
  const [port] = await new Promise<string[]>((found) =>
    lines.once('line', (line) => found(line.match(/(?<=:)\d+(?=,)/)!)),
  );
  try {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    await ask(port, agent, PREFLIGHTS / 10); // warm
    const start = process.hrtime.bigint();
    await ask(port, agent, PREFLIGHTS);
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    agent.destroy();
    return PREFLIGHTS / seconds;
  } finally {
    server.kill();
  }
}

async function ask(port: string, agent: Agent, count: number): Promise<void> {
  const headers = {
    origin: ORIGINS[1],
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'authorization',
  };
  const preflight = (index: number) =>
    new Promise<void>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, agent, method: 'OPTIONS', path: `/path${index % PATHS}`, headers };
      request(options, (answer) => {
        if (answer.statusCode !== 204) reject(new Error(`answered ${answer.statusCode}`));
        answer.resume().on('end', resolve);
      })
        .on('error', reject)
        .end();
    });
  let next = 0;
  const worker = async () => {
    while (next < count) await preflight(next++);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

if (require.main === module) void main();
