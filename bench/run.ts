/**
 * Compares with aws-cdk-lib in one run, side by side, and writes bench/results.md and
 * bench/results.svg: `npm run bench`.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { chart } from './chart';
import { checkTime } from './cli';
import { loadingTime } from './loading';
import type { Measured } from './measure';
import type { Side } from './scenarios';
import { verdictsPerSecond } from './verdicts';

const PAIRS = Number(process.env.BENCH_PAIRS ?? 6);

/** Of the shortest scenario, where a pair says least. */
const MANY_PAIRS = 10 * PAIRS;

function measure(scenario: string, side: Side, paths: number): Measured {
  const args = [
    '--no-warnings',
    '-r',
    'ts-node/register/transpile-only',
    join(__dirname, 'measure.ts'),
    scenario,
    side,
    String(paths),
  ];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/**
 * The two in turn, each first every other time, so that whatever else the machine does falls on
 * both.
 */
function compare(scenario: string, paths: number, count = PAIRS) {
  const pairs = Array.from({ length: count }, (_, i) => {
    const sides: Side[] = i % 2 ? ['cdk-cors', 'aws-cdk-lib'] : ['aws-cdk-lib', 'cdk-cors'];
    const measured = new Map(sides.map((side) => [side, measure(scenario, side, paths)]));
    return { ours: measured.get('cdk-cors')!, theirs: measured.get('aws-cdk-lib')! };
  });
  const { ours, theirs } = pairs[0];
  const without = measure(scenario, 'without', paths);
  return {
    scenario,
    paths,
    ours,
    theirs,
    without,
    cpu: median(pairs.map((pair) => pair.ours.cpu)),
    theirCpu: median(pairs.map((pair) => pair.theirs.cpu)),
    start: median(pairs.map((pair) => pair.ours.start)),
    theirStart: median(pairs.map((pair) => pair.theirs.start)),
    ratio: median(pairs.map((pair) => pair.ours.cpu / pair.theirs.cpu)),
  };
}

/** The most GET-only paths that fit a stack: each costs the same number of resources. */
function mostPaths(scenario: string, side: Side): number {
  const [few, more] = [10, 20].map((paths) => measure(scenario, side, paths).resources);
  return Math.floor((500 - few) / ((more - few) / 10)) + 10;
}

function main(): void {
  const runs = [
    compare('preflights', 200),
    compare('responses', 200),
    compare('HTTP API', 200, MANY_PAIRS),
    ...[50, 200, 400].map((paths) => compare('shared', paths)),
  ];
  const most = {
    without: mostPaths('preflights', 'without'),
    theirs: mostPaths('preflights', 'aws-cdk-lib'),
    perResource: mostPaths('preflights', 'cdk-cors'),
    shared: mostPaths('shared', 'cdk-cors'),
  };
  const [small, , large] = runs.filter(({ scenario }) => scenario === 'shared');
  const growth = large.cpu / large.paths / (small.cpu / small.paths);
  const loading = median(Array.from({ length: 11 }, loadingTime));
  const version = (name: string) => require(`${name}/package.json`).version;

  const text = [
    '# What CORS costs',
    '',
    `Measured by \`npm run bench\`: each side in a process of its own, in turn, medians of ${PAIRS} pairs (HTTP API: ${MANY_PAIRS}). Node.js ${process.versions.node}, aws-cdk-lib ${version('aws-cdk-lib')}, ` +
      `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB.`,
    '',
    '| Scenario | Paths | CPU of synthesis, cdk-cors | aws-cdk-lib | Ratio | Resources that CORS adds | aws-cdk-lib | Bytes that CORS adds, a path | aws-cdk-lib |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...runs.map(({ scenario, paths, cpu, theirCpu, ratio, ours, theirs, without }) =>
      [
        '',
        scenario,
        paths,
        `${cpu.toFixed(0)} ms`,
        `${theirCpu.toFixed(0)} ms`,
        ratio.toFixed(2),
        ours.resources - without.resources,
        theirs.resources - without.resources,
        ((ours.bytes - without.bytes) / paths).toFixed(0),
        ((theirs.bytes - without.bytes) / paths).toFixed(0),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
    '',
    '- *preflights*: a proxied GET on each path. *shared*: the same with `PreflightPlacement.SHARED`. *responses*: GET and POST without proxy on each path; aws-cdk-lib has the response headers written by hand. *HTTP API*: a GET route on each path, `corsPreflight` on the other side.',
    '- cdk-cors adds two gateway responses to a REST API, aws-cdk-lib none. aws-cdk-lib puts an OPTIONS on the root even where nothing else is on it.',
    `- GET-only paths that fit one stack: ${most.without} without CORS, ${most.theirs} with aws-cdk-lib, ${most.perResource} with cdk-cors, **${most.shared}** with a shared preflight.`,
    `- Growth with a shared preflight: a path takes ${growth.toFixed(2)} times as long at 400 as at 50.`,
    `- Before that, loading everything and a first app with one path take ${started(runs[0])} (REST API) and ${started(runs[2])} (HTTP API).`,
    `- \`require('cdk-cors')\` alone takes ${loading.toFixed(1)} ms after \`require('aws-cdk-lib')\`.`,
    '',
    '![What CORS adds to a stack](results.svg)',
    '',
  ].join('\n');
  writeFileSync(join(__dirname, 'results.md'), text);
  const answer = checkTime();
  const bars = runs.filter(({ paths }) => paths === 200);
  const pictured = chart({
    most,
    cpu: bars.map(({ scenario, cpu, theirCpu }) => ({ label: scenario, ours: cpu, theirs: theirCpu })),
    bytes: bars
      .filter(({ scenario }) => scenario !== 'HTTP API')
      .map(({ scenario, paths, ours, theirs, without }) => ({
        label: scenario,
        ours: (ours.bytes - without.bytes) / paths,
        theirs: (theirs.bytes - without.bytes) / paths,
      })),
    check: answer,
    verdictsPerSecond: verdictsPerSecond({ 'x-api-key': 'key' }),
  });
  writeFileSync(join(__dirname, 'results.svg'), pictured);
  process.stdout.write(text);
}

function started({ start, theirStart }: { start: number; theirStart: number }): string {
  return `${start.toFixed(0)} ms, with aws-cdk-lib ${theirStart.toFixed(0)} ms`;
}

main();
