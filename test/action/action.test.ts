import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { get, put, restApi } from '../support/templates';
import { runAction } from './runner';

const { load } = require('js-yaml');

const ROOT = join(__dirname, '..', '..');
const APP = 'https://app.example.com';

/** The command as it is here, compiled once: an app has it installed. */
const installed = mkdtempSync(join(tmpdir(), 'installed-'));
beforeAll(() => {
  const src = join(ROOT, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const name of files) {
    const target = join(installed, 'lib', name.replace(/ts$/, 'js'));
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, transpileModule(readFileSync(join(src, name), 'utf8'), { compilerOptions }).outputText);
  }
  for (const name of ['package.json', 'node_modules', 'vendor', 'bin'])
    symlinkSync(join(ROOT, name), join(installed, name));
  writeFileSync(
    join(installed, 'cdk-cors'),
    `#!/usr/bin/env node
const { main } = require(${JSON.stringify(join(installed, 'lib/cli/main.js'))});
const { terminalOf } = require(${JSON.stringify(join(installed, 'lib/cli/terminal.js'))});
main(process.argv.slice(2), terminalOf(process)).then((code) => { process.exitCode = code; });
`,
  );
  chmodSync(join(installed, 'cdk-cors'), 0o755);
});
afterAll(() => rmSync(installed, { recursive: true }));

let workspace: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'workspace-'));
  mkdirSync(join(workspace, 'app', 'node_modules', '.bin'), { recursive: true });
  symlinkSync(join(installed, 'cdk-cors'), join(workspace, 'app', 'node_modules', '.bin', 'cdk-cors'));
});
afterEach(() => rmSync(workspace, { recursive: true }));

const template = (name: string, content: object) =>
  writeFileSync(join(workspace, 'app', name), JSON.stringify(content, undefined, 1));
const run = (inputs: Record<string, string>, more: object = {}) =>
  runAction(
    { 'working-directory': 'app', path: 'new.json', args: `--origin ${APP}`, ...inputs },
    { workspace, ...more },
  );

describe('the action', () => {
  test('annotates what fails at its place in the repository, sums it up, and fails', () => {
    template('new.json', restApi([get('/pets'), put('/pets')]));
    const { code, out, outputs, summary } = run({});
    expect(code).toBe(1);
    expect(out).toMatch(/^::error file=app\/new\.json,line=\d+,title=preflight-answer%3A PUT \/pets of Api::/m);
    expect(out).toContain('Api REST API');
    expect(outputs).toMatchObject({ 'exit-code': '1', 'diff-exit-code': '', sarif: 'cors.sarif' });
    expect(summary).toMatch(/^<!-- cdk-cors -->\n## ❌ CORS: allowed 1 · blocked 1\n/);
    const { runs } = JSON.parse(readFileSync(join(workspace, 'app', 'cors.sarif'), 'utf8'));
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation).toEqual({
      uri: 'app/new.json',
      uriBaseId: 'SRCROOT',
    });
  });

  test('passes where all is well', () => {
    template('new.json', restApi([get('/pets')]));
    expect(run({ sarif: '', junit: 'cors.xml' })).toMatchObject({ code: 0, outputs: { 'exit-code': '0' } });
    expect(readFileSync(join(workspace, 'app', 'cors.xml'), 'utf8')).toContain('<testsuites');
  });

  test.each([
    ['less', 0],
    ['more', 1],
    ['any', 1],
    ['none', 0],
    ['lots', 2],
  ])('fails on what a comparison finds as it is told to: %s', (failOn, code) => {
    template('old.json', restApi([get('/pets')]));
    template('new.json', restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': "'*'" } })]));
    const ran = run({ baseline: 'old.json', 'fail-on': failOn });
    expect([ran.code, ran.outputs['diff-exit-code']]).toEqual([code, '3']);
    expect(ran.summary).toContain('newly open to pages that should not get in');
  });

  test('takes nothing that it is given for code', () => {
    template('new.json', restApi([get('/pets')]));
    const { code, out } = run({ args: '--origin $(touch pwned)\n--api "; touch pwned #', path: 'new.json' });
    expect(code).toBe(2);
    expect(out).toContain('"$(touch pwned)" is not an origin');
  });

  test('has no expression in the text of a script', () => {
    const { runs } = load(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
    for (const step of runs.steps) expect(step.run).not.toContain('${{');
  });
});

describe('the comment', () => {
  const asked: [string, string, any][] = [];
  let there: object[] = [];
  const server = createServer(async (request, response) => {
    asked.push([request.method!, request.url!, await textOf(request)]);
    response.statusCode = request.headers.authorization === 'Bearer token' ? 200 : 403;
    response.end(JSON.stringify(request.method === 'GET' ? there : {}));
  });
  beforeAll(() => new Promise<void>((up) => server.listen(0, '127.0.0.1', up)));
  afterAll(() => new Promise((closed) => server.close(closed)));
  beforeEach(() => asked.splice(0));

  /** In a process of its own, while this one answers. */
  const comment = (env: object = {}): Promise<string> => {
    const body = join(workspace, 'body.md');
    const event = join(workspace, 'event.json');
    writeFileSync(body, '<!-- cdk-cors -->\nAll is well');
    writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));
    const child = spawn(process.execPath, [join(ROOT, 'action', 'comment.mjs')], {
      env: {
        ...process.env,
        BODY: body,
        COMMENT: 'true',
        GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        GITHUB_EVENT_PATH: event,
        GITHUB_REPOSITORY: 'example/shop',
        GITHUB_TOKEN: 'token',
        ...env,
      },
    });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    return new Promise((resolve) => child.on('close', (code) => resolve(`${code} ${out}`)));
  };

  test('is written once, and again in the same place', async () => {
    there = [{ id: 1, body: '<!-- cdk-cors -->\nnot mine', user: { type: 'User' } }];
    expect(await comment()).toBe('0 ');
    expect(asked.map(([method, url]) => [method, url])).toEqual([
      ['GET', '/repos/example/shop/issues/7/comments?per_page=100&page=1'],
      ['POST', '/repos/example/shop/issues/7/comments'],
    ]);
    expect(JSON.parse(asked[1][2]).body).toBe('<!-- cdk-cors -->\nAll is well');
    there = [...there, { id: 2, body: '<!-- cdk-cors -->\nold', user: { type: 'Bot' } }];
    await comment();
    expect(asked.at(-1)?.slice(0, 2)).toEqual(['PATCH', '/repos/example/shop/issues/comments/2']);
  });

  test('is no reason to fail where it may not be written', async () => {
    expect(await comment({ GITHUB_TOKEN: 'none' })).toMatch(
      /^0 ::warning title=cdk-cors::No comment on the pull request: GET .* 403/,
    );
  });

  test.each([
    ['where none is wanted', { COMMENT: 'false' }],
    ['outside of pull requests', { GITHUB_EVENT_PATH: '' }],
  ])('is left out %s', async (_, env) => {
    expect(await comment(env)).toMatch(/^0 No comment: /);
    expect(asked).toEqual([]);
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
