/**
 * What a wrapped function costs: the first import in a process, and a request on top of the
 * handler. Each process runs from source, as from a layer at a cold start, without caches of
 * compiled code. Counts the CPU time of the process, which other work on the machine does not
 * lengthen. Prints the median and the best of several processes.
 *
 *   npx ts-node bench/lambda-overhead.ts
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROCESSES = 15;
const REQUESTS = 20_000;
const lambda = join(__dirname, '..', 'lambda');
const event = readFileSync(join(__dirname, '..', 'test', 'lambda', 'events', 'rest-get.json'), 'utf8');
const policy = {
  origins: ['https://app.example.com', 'http://localhost:3000'],
  patterns: ['https://([a-z0-9_-]+[.]){1,126}example[.]org'],
  methods: 'GET,PUT',
  headers: 'Content-Type,Authorization',
  expose: 'ETag',
  maxAge: 600,
  credentials: true,
};

const NODE = `
  const used = (since) => process.cpuUsage(since).user;
  const begin = process.cpuUsage();
  const { withCors } = require('cdk-cors/lambda');
  const loaded = used(begin) / 1_000;

  const event = ${event};
  const plain = async () => ({ statusCode: 200, headers: { 'Content-Type': 'text/plain' }, body: 'hello' });
  const micros = async (handler) => {
    const start = process.cpuUsage();
    for (let request = 0; request < ${REQUESTS}; request++) await handler(event, {});
    return used(start) / ${REQUESTS};
  };
  (async () => {
    const wrapped = withCors(plain);
    await micros(wrapped);
    console.log(JSON.stringify({ loaded, request: (await micros(wrapped)) - (await micros(plain)) }));
  })();
`;

const PYTHON = `
import sys
from resource import RUSAGE_SELF, getrusage
def used():
    return getrusage(RUSAGE_SELF).ru_utime
start = used()
from cdk_cors_lambda import with_cors
loaded = (used() - start) * 1_000
import json

event = json.loads(sys.stdin.read())
def plain(event, context):
    return {"statusCode": 200, "headers": {"Content-Type": "text/plain"}, "body": "hello"}
def micros(handler):
    start = used()
    for _ in range(${REQUESTS}):
        handler(event, None)
    return (used() - start) * 1_000_000 / ${REQUESTS}
print(json.dumps({"loaded": loaded, "request": micros(with_cors(plain)) - micros(plain)}))
`;

report('Node.js', process.execPath, ['-e', NODE], 5);
report('Python', 'python3', ['-B', '-c', PYTHON], 15);

function report(language: string, command: string, args: string[], importLimit: number): void {
  const runs = Array.from({ length: PROCESSES }, () => measured(command, args));
  print(
    `${language}, first import (ms)`,
    runs.map(({ loaded }) => loaded),
    importLimit,
  );
  print(
    `${language}, one request (µs)`,
    runs.map(({ request }) => request),
    20,
  );
}

function measured(command: string, args: string[]): { loaded: number; request: number } {
  const { stdout, stderr, status } = spawnSync(command, args, {
    env: {
      PATH: process.env.PATH,
      NODE_PATH: join(lambda, 'nodejs', 'node_modules'),
      PYTHONPATH: join(lambda, 'python'),
      CORS_POLICY: JSON.stringify(policy),
    },
    cwd: tmpdir(), // outside of this package, whose name would mean itself
    input: event,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function print(name: string, values: number[], limit: number): void {
  const sorted = [...values].sort((left, right) => left - right);
  const [best, median] = [sorted[0], sorted[Math.floor(sorted.length / 2)]].map((value) => value.toFixed(2));
  console.log(`${name.padEnd(28)} best ${best.padStart(6)}  median ${median.padStart(6)}  limit ${limit}`);
}
