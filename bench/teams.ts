/**
 * What `check` takes with a settings file of 20 APIs and 10 origins on an assembly of 5,000 routes:
 * CPU and the peak of memory, which other work on the machine does not lengthen. Runs the compiled
 * command: npm run compile && npx ts-node -P tsconfig.dev.json bench/teams.ts
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration } from 'aws-cdk-lib/aws-apigateway';
import { CorsEnabledRestApi } from '../src';

const BIN = join(__dirname, '..', 'bin', 'cdk-cors.js');
const APIS = 20;
const PATHS = 125; // with two methods each
const ORIGINS = Array.from({ length: 10 }, (_, index) => `https://app${index}.example.com`);
const RUNS = 5;

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-cors-teams-'));
  synthesize(join(folder, 'cdk.out'));
  const apis = Object.fromEntries(
    Array.from({ length: APIS }, (_, index) => [`Shop${index}/Api`, { origins: ORIGINS }]),
  );
  writeFileSync(join(folder, 'cdk-cors.json'), JSON.stringify({ apis }));
  const runs = Array.from({ length: RUNS }, () => check(folder));
  const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
  console.log(
    `check with a file: ${APIS * PATHS * 2} routes, ${APIS} APIs, ${ORIGINS.length} origins: ` +
      `${median(runs.map(({ cpu }) => cpu)).toFixed(1)} s of CPU, ${Math.round(median(runs.map(({ memory }) => memory)))} MB`,
  );
}

function synthesize(outdir: string): void {
  const app = new App({ outdir, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  for (let index = 0; index < APIS; index++) {
    const api = new CorsEnabledRestApi(new Stack(app, `Shop${index}`), 'Api', { cors: { allowOrigins: ORIGINS } });
    for (let path = 0; path < PATHS; path++) {
      const resource = api.root.addResource(`path${path}`);
      for (const method of ['GET', 'PUT']) {
        const integration = new MockIntegration({
          requestTemplates: { 'application/json': '{"statusCode": 200}' },
          integrationResponses: [{ statusCode: '200' }],
        });
        resource.addMethod(method, integration, { methodResponses: [{ statusCode: '200' }] });
      }
    }
  }
  app.synth();
}

/** The process tells what it took when it ends. */
function check(folder: string): { cpu: number; memory: number } {
  const [hook, told] = [join(folder, 'hook.js'), join(folder, 'usage.json')];
  const tell = `require('node:fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.resourceUsage()))`;
  writeFileSync(hook, `process.on('exit', () => ${tell});`);
  const { status, stdout } = spawnSync(process.execPath, ['--require', hook, BIN, 'check', 'cdk.out'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0 || !stdout.includes(`allowed ${APIS * PATHS * 2 * ORIGINS.length}`)) throw new Error(stdout);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(told, 'utf8'));
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 };
}

main();
