import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = join(__dirname, '..');
const BUILT = mkdtempSync(join(tmpdir(), 'cdk-cors-loading-'));

/** As the package ships it, without the checks of types. */
beforeAll(() => {
  for (const file of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
    const { outputText } = transpileModule(readFileSync(join(ROOT, 'src', file), 'utf8'), { compilerOptions });
    const built = join(BUILT, 'lib', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(built), { recursive: true });
    writeFileSync(built, outputText);
  }
  for (const name of ['node_modules', 'vendor', 'package.json']) symlinkSync(join(ROOT, name), join(BUILT, name));
  execFileSync(process.execPath, [join(ROOT, 'projenrc/lazy-modules.js'), join(BUILT, 'lib')]);
}, 300_000);

afterAll(() => rmSync(BUILT, { recursive: true }));

/** The files below lib/ that are loaded after a script ran, without `.js`. */
function loadedBy(script: string): string[] {
  const report = `console.log(JSON.stringify(Object.keys(require.cache)))`;
  const output = execFileSync(process.execPath, ['-e', `${script}; ${report}`], { cwd: BUILT, encoding: 'utf8' });
  const files: string[] = JSON.parse(output.trim().split('\n').pop()!);
  expect(files.filter((file) => /js-yaml|velocityjs|tldts|commander|cli-table3/.test(file))).toEqual([]);
  const ours = files.filter((file) => file.includes(`${BUILT}/lib/`));
  return ours.map((file) => file.split('/lib/')[1].replace(/\.js$/, '')).sort();
}

/** Files right below lib/ are rooms of their own. */
function roomsOf(files: string[]): string[] {
  return [...new Set(files.map((file) => file.split('/')[0]))].sort();
}

const HTTP_API = `
  const { App, Stack } = require('aws-cdk-lib');
  const { HttpApi } = require('aws-cdk-lib/aws-apigatewayv2');
  const { HttpUrlIntegration } = require('aws-cdk-lib/aws-apigatewayv2-integrations');
  const app = new App({ analyticsReporting: false });
  const api = new HttpApi(new Stack(app, 'Stack'), 'Api');
  api.addRoutes({ path: '/pets', integration: new HttpUrlIntegration('Pets', 'https://backend.example.com') });
  require('./lib').addCors(api, { allowOrigins: ['https://app.example.com'] });
  app.synth()`;

test('an app with one HTTP API loads what covers HTTP APIs', () => {
  const files = loadedBy(HTTP_API);
  expect(roomsOf(files)).toEqual([
    'api-gateway',
    'collections',
    'enable-cors',
    'engine',
    'http',
    'http-api',
    'index',
    'lambda',
    'open-api',
    'options',
    'policy',
    'rest-api',
    'text',
    'tree',
    'warnings',
  ]);
  // Of the other rooms, what tells whether a target is theirs.
  expect(files.filter((file) => /^(rest-api|open-api|lambda)\//.test(file))).toEqual([
    'lambda/function-url',
    'lambda/preflight-code',
    'open-api/document-apis',
    'open-api/document-target',
    'open-api/engine',
    'rest-api/rest-api-policy',
    'rest-api/rest-api-tree',
  ]);
});

test('requiring the package loads its index alone', () => {
  expect(loadedBy(`require('./lib')`)).toEqual(['index']);
});

test('every export can be had, by require and by the names of ES modules', () => {
  const script = `
    import * as all from './lib/index.js';
    import { createRequire } from 'node:module';
    const names = Object.keys(createRequire(process.cwd() + '/x.js')('./lib'));
    console.log(JSON.stringify(names.filter((name) => typeof all[name] === 'undefined')), names.length);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: BUILT,
    encoding: 'utf8',
  });
  expect(output).toMatch(/^\[\] [1-9]\d*\n$/);
});
