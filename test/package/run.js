/**
 * What users get: the packed tarball is complete, small, and fits every way to resolve modules, the compilers since
 * TypeScript 5.2, and the package managers. `node test/package/run.js`, after `projen package:js`.
 */
const { execFileSync, spawnSync } = require('node:child_process');
const {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
const { devDependencies } = require('../../package.json');
const MOST_BYTES = 3_500_000;
const MOST_BUNDLED = 15;

const TWO_COPIES = `
const { App, Stack } = require('aws-cdk-lib');
const { MockIntegration, RestApi } = require('aws-cdk-lib/aws-apigateway');
const { addCors, CorsSimulator } = require('cdk-cors');
const copyOf = (user) => require.resolve('constructs', { paths: [require.resolve(user)] });
const stack = new Stack(new App(), 'Shop');
const api = new RestApi(stack, 'Api');
api.root.addMethod('GET', new MockIntegration({
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  integrationResponses: [{ statusCode: '200' }],
}), { methodResponses: [{ statusCode: '200' }] });
addCors(api, { allowOrigins: ['https://app.example.com'] });
const { outcome } = CorsSimulator.fromStack(stack).request({ origin: 'https://app.example.com', path: '/' });
console.log(copyOf('aws-cdk-lib') === copyOf('cdk-cors'), outcome);
`;

let passed = 0;
let failed = 0;

function test(name, run) {
  const started = Date.now();
  try {
    run();
    passed++;
    console.log(`ok ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.log(
      `FAILED ${name}\n${error.stdout ?? ''}${error.stderr ?? ''}${error.stdout === undefined ? error.stack : ''}`,
    );
  }
}

function run(command, args, options) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });
}

const scratch = mkdtempSync(join(tmpdir(), 'cdk-cors-package-'));
const tarball = join(scratch, 'cdk-cors.tgz');
const packed = readdirSync(join(ROOT, 'dist/js')).find((name) => /^cdk-cors@.*\.tgz$/.test(name));
cpSync(join(ROOT, 'dist/js', packed), tarball);
run('tar', ['xzf', tarball, '-C', scratch]);
const unpacked = join(scratch, 'package');

test('publint finds nothing', () => run('npx', ['-y', 'publint@0.3.25', tarball]));
test('every entry point has types, however modules are resolved', () =>
  run('npx', ['-y', '@arethetypeswrong/cli@0.18.5', tarball, '--exclude-entrypoints', './.jsii', './package.json']));

const files = readdirSync(unpacked, { recursive: true }).map((name) => join(unpacked, name));
const bytes = files.map((file) => statSync(file)).reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
test(`${bytes} bytes are no more than ${MOST_BYTES}`, () => {
  if (bytes > MOST_BYTES) throw new Error('The package has grown.');
});
const bundled = files.filter((file) => file.endsWith('/package.json')).filter((file) => /node_modules/.test(file));
test(`${bundled.length} bundled packages are no more than ${MOST_BUNDLED}`, () => {
  if (bundled.length > MOST_BUNDLED) throw new Error(bundled.join('\n'));
});

test('the command runs without aws-cdk-lib and constructs, and npm does not install them for it', () => {
  const alone = join(scratch, 'alone');
  mkdirSync(alone);
  writeFileSync(join(alone, 'package.json'), '{}');
  run('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: alone });
  const installed = readdirSync(join(alone, 'node_modules')).filter((name) => !name.startsWith('.'));
  if (installed.join() !== 'cdk-cors') throw new Error(`It installs ${installed.join()}.`);
  const route = { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /pets' } };
  const Resources = { Api: { Type: 'AWS::ApiGatewayV2::Api' }, Route: route };
  writeFileSync(join(alone, 'template.json'), JSON.stringify({ Resources }));
  const args = ['cdk-cors', 'check', 'template.json', '--origin', 'https://app.example.com'];
  const { stdout, status } = spawnSync('npx', args, { cwd: alone, encoding: 'utf8' });
  if (status !== 0 || !stdout.includes('depends on backend')) throw new Error(`${status}: ${stdout}`);
});

// One folder that looks as npm makes it, for all compilers.
const app = join(scratch, 'app');
mkdirSync(join(app, 'node_modules'), { recursive: true });
cpSync(unpacked, join(app, 'node_modules/cdk-cors'), { recursive: true });
for (const name of ['aws-cdk-lib', 'constructs', '@types'])
  symlinkSync(join(ROOT, 'node_modules', name), join(app, 'node_modules', name));
for (const name of ['consumer.ts', 'consumer.mts', 'consumer.cts'])
  cpSync(join(__dirname, 'consumer.ts'), join(app, name));

/** TypeScript 7 has no node10 any more. */
const COMPILERS = {
  5.2: ['node10', 'node16', 'bundler'],
  '6.0': ['node10', 'nodenext', 'bundler'],
  '7.0': ['node16', 'nodenext', 'bundler'],
};
const MODULES = { node10: 'commonjs', node16: 'node16', nodenext: 'nodenext', bundler: 'esnext' };
const compilers = join(scratch, 'compilers');
mkdirSync(compilers);
writeFileSync(join(compilers, 'package.json'), '{}');
const aliases = Object.keys(COMPILERS).map((version) => `ts${version}@npm:typescript@~${version}.0`);
run('npm', ['install', '--no-audit', '--no-fund', ...aliases], { cwd: compilers });
for (const [version, ways] of Object.entries(COMPILERS)) {
  for (const moduleResolution of ways) {
    const compilerOptions = {
      target: 'es2022',
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      noEmit: true,
    };
    Object.assign(compilerOptions, { module: MODULES[moduleResolution], moduleResolution, types: ['node'] });
    if (version === '6.0' && moduleResolution === 'node10') compilerOptions.ignoreDeprecations = '6.0';
    const include = /node(16|next)/.test(moduleResolution) ? ['consumer.mts', 'consumer.cts'] : ['consumer.ts'];
    const project = join(app, `tsconfig.${version}.${moduleResolution}.json`);
    writeFileSync(project, JSON.stringify({ compilerOptions, files: include }));
    const tsc = join(compilers, 'node_modules', `ts${version}`, 'bin/tsc');
    test(`TypeScript ${version}, moduleResolution ${moduleResolution}`, () =>
      run(process.execPath, [tsc, '-p', project]));
  }
}

test('two copies of constructs in one tree work together', () => {
  const copies = join(scratch, 'copies');
  mkdirSync(join(copies, 'node_modules'), { recursive: true });
  cpSync(unpacked, join(copies, 'node_modules/cdk-cors'), { recursive: true });
  cpSync(join(ROOT, 'node_modules/constructs'), join(copies, 'node_modules/constructs'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules/aws-cdk-lib'), join(copies, 'node_modules/aws-cdk-lib'));
  writeFileSync(join(copies, 'app.js'), TWO_COPIES);
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  const said = run(process.execPath, ['app.js'], { cwd: copies, env });
  if (said !== 'false ALLOWED\n') throw new Error(said);
});

const ESM = `import { App, Stack } from 'aws-cdk-lib';
import { CorsEnabledHttpApi } from 'cdk-cors';
import { withCors } from 'cdk-cors/lambda';
const app = new App();
new CorsEnabledHttpApi(new Stack(app, 'Shop'), 'Api', { cors: { allowOrigins: ['https://app.example.com'] } });
console.log(app.synth().getStackByName('Shop').template.Resources !== undefined, typeof withCors);
`;
const dependencies = {
  'aws-cdk-lib': devDependencies['aws-cdk-lib'],
  constructs: devDependencies.constructs,
  'cdk-cors': `file:${tarball}`,
};
for (const [manager, args] of Object.entries({
  pnpm: ['-y', 'pnpm@10.20.0', 'install', '--ignore-scripts', '--no-frozen-lockfile'],
  yarn: ['-y', 'yarn@1.22.22', 'install', '--ignore-scripts', '--no-progress'],
})) {
  test(`an app that ${manager} installs, as an ES module`, () => {
    const folder = join(scratch, manager);
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'shop', version: '1.0.0', private: true, dependencies }),
    );
    writeFileSync(join(folder, 'app.mjs'), ESM);
    run('npx', args, { cwd: folder });
    const said = run(process.execPath, ['app.mjs'], { cwd: folder });
    if (!said.includes('true function')) throw new Error(said);
  });
}

rmSync(scratch, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
