/**
 * The helpers as packages of their own, as they are released: each is installed where nothing else
 * is, and answers a preflight there. run.sh makes them.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const PACKAGES = new URL('.packages', import.meta.url).pathname;
const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const PAGE = 'https://app.example.com';
const CORS_POLICY = JSON.stringify({ origins: [PAGE], methods: 'GET,PUT', maxAge: 600 });
const PREFLIGHT = JSON.stringify({
  httpMethod: 'OPTIONS',
  headers: { origin: PAGE, 'access-control-request-method': 'PUT' },
});

const place = mkdtempSync(join(tmpdir(), 'cdk-cors-packages-'));
after(() => rmSync(place, { recursive: true }));

/** What a program prints, in the place where the package is installed. */
function run(command, ...args) {
  return execFileSync(command, args, {
    cwd: place,
    encoding: 'utf8',
    env: { ...process.env, CORS_POLICY, PYTHONPATH: '' },
  });
}

function packageFor(ending) {
  const found = readdirSync(PACKAGES).filter((name) => name.endsWith(ending));
  assert.equal(found.length, 1, `${found} end in ${ending}`);
  return join(PACKAGES, found[0]);
}

test('npm install brings the helper for Node.js and nothing else', () => {
  run('npm', 'install', '--no-audit', '--no-fund', '--silent', packageFor('.tgz'));
  const names = readdirSync(join(place, 'node_modules')).filter((name) => !name.startsWith('.'));
  assert.deepEqual(names, ['cdk-cors-lambda']);
  const installed = JSON.parse(readFileSync(join(place, 'node_modules/cdk-cors-lambda/package.json'), 'utf8'));
  assert.equal(installed.version, version);
});

for (const [way, load] of [
  ['import', "import { withCors } from 'cdk-cors-lambda';"],
  ['require', "const { withCors } = require('cdk-cors-lambda');"],
]) {
  test(`it answers a preflight after ${way}`, () => {
    const answer = `withCors(() => assert.fail())(${PREFLIGHT}).then((answer) => console.log(JSON.stringify(answer)));`;
    const type = way === 'import' ? 'module' : 'commonjs';
    const { statusCode, headers } = JSON.parse(run('node', `--input-type=${type}`, '-e', `${load} ${answer}`));
    assert.deepEqual([statusCode, headers['Access-Control-Allow-Origin']], [204, PAGE]);
  });
}

test('its types are found', () => {
  const tsc = new URL('../../../node_modules/typescript/bin/tsc', import.meta.url).pathname;
  const code = `import { withCors } from 'cdk-cors-lambda';
    const handler = withCors(async (event: { path: string }, _context: object) => ({ statusCode: 200, body: event.path }));
    export const status: number = (await handler({ path: '/' }, {})).statusCode;
    // @ts-expect-error the event is another one
    handler('/', {});`;
  writeFileSync(join(place, 'handler.mts'), code);
  run('node', tsc, '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', 'handler.mts');
});

const PROGRAM = `import json
from importlib.metadata import metadata
from cdk_cors_lambda import with_cors
answer = with_cors(lambda event, context: 1 / 0)(json.loads('${PREFLIGHT}'), None)
about = metadata('cdk-cors-lambda')
print(json.dumps([answer['statusCode'], answer['headers']['Access-Control-Allow-Origin'], about['Version'], about.get_all('Requires-Dist')]))`;

for (const ending of ['.whl', '.tar.gz']) {
  test(`pip install brings the helper for Python, from ${ending}, and it answers a preflight`, () => {
    rmSync(join(place, 'venv'), { recursive: true, force: true });
    run('python3', '-m', 'venv', 'venv');
    run('venv/bin/pip', 'install', '--quiet', '--disable-pip-version-check', packageFor(ending));
    const [status, origin, installed, needed] = JSON.parse(run('venv/bin/python', '-c', PROGRAM));
    assert.deepEqual([status, origin, installed, needed], [204, PAGE, version, null]);
  });
}
