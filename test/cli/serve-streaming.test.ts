import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionUrl, LISTED } from '../support/function-url-templates';
import { APP } from '../support/pages';
import { restOf, start } from './serving';

const place = mkdtempSync(join(tmpdir(), 'cdk-cors-streams-'));
afterAll(() => rmSync(place, { recursive: true }));

const STREAMING = {
  'Fn::Sub':
    'arn:aws:apigateway:eu-west-1:lambda:path/2021-11-15/functions/${Handler.Arn}/response-streaming-invocations',
};

/** A function behind a REST API that streams, or a function URL that does. */
const WAYS: [string, (properties: object) => object][] = [
  ['a REST API', (properties) => restOf(properties, undefined, STREAMING)],
  [
    'a function URL',
    (properties) => functionUrl(undefined, { fn: properties, url: { InvokeMode: 'RESPONSE_STREAM' } }),
  ],
];

/** Code that waits in the middle of its response for a file that the test writes. */
const inSteps = (gate: string, wrapped: (handler: string) => string = (handler) => handler) => `
const { existsSync } = require('node:fs');
exports.handler = ${wrapped(`awslambda.streamifyResponse(async (event, stream) => {
  const prelude = { statusCode: 201, headers: { 'content-type': 'text/plain', 'x-kind': 'slow' }, cookies: ['a=1'] };
  const response = awslambda.HttpResponseStream.from(stream, prelude);
  response.write('first ');
  while (!existsSync(${JSON.stringify(gate)})) await new Promise((next) => setTimeout(next, 5));
  response.write('last');
  response.end();
})`)};`;

const streamed = (body: string) => ({
  Code: { ZipFile: `exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${body} });` },
  Timeout: 20,
});

let gates = 0;
const newGate = () => join(place, `gate-${++gates}`);

describe.each(WAYS)('a streaming function behind %s', (_, templateOf) => {
  test('is heard before it has said all, by its prelude', async () => {
    const gate = newGate();
    const { ask, log } = await start(templateOf({ Code: { ZipFile: inSteps(gate) }, Timeout: 20 }));
    const answer = await ask('/pets/7', { headers: { origin: APP } });
    expect([answer.status, answer.headers.get('x-kind'), answer.headers.getSetCookie()]).toEqual([
      201,
      'slow',
      ['a=1'],
    ]);
    expect(log).toHaveLength(1);
    const reader = answer.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('first ');
    writeFileSync(gate, '');
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('last');
    expect((await reader.read()).done).toBe(true);
  });

  test('takes the next event when it has ended, in the same process', async () => {
    const { ask } = await start(
      templateOf(streamed(`${FROM}.end(String((globalThis.count = (globalThis.count ?? 0) + 1)));`)),
    );
    expect([await (await ask('/pets/7')).text(), await (await ask('/pets/7')).text()]).toEqual(['1', '2']);
  });

  test('breaks off where it fails after the first byte', async () => {
    const { ask, said } = await start(
      templateOf(streamed(`${FROM}; response.write('first'); throw new Error('broken');`)),
    );
    const answer = await ask('/pets/7');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(said.join('\n')).toContain('broken');
  });

  test('ends in the error of the gateway where it fails before', async () => {
    const { ask, log } = await start(templateOf(streamed(`throw new Error('broken');`)));
    expect((await ask('/pets/7', { headers: { origin: APP } })).status).toBe(502);
    expect(log[0]).toContain('broken');
  });

  test('may write what is no text, which is sent as JSON', async () => {
    const { ask } = await start(templateOf(streamed(`${FROM}.write({ pet: 'cat' }); response.end();`)));
    expect(await (await ask('/pets/7')).json()).toEqual({ pet: 'cat' });
  });

  test('has to be async', async () => {
    const code = 'exports.handler = awslambda.streamifyResponse(() => undefined);';
    const { ask, log } = await start(templateOf({ Code: { ZipFile: code }, Timeout: 20 }));
    expect((await ask('/pets/7', { headers: { origin: APP } })).status).toBe(502);
    expect(log[0]).toContain('does not support non-async handlers');
  });

  test('is cut off at its time limit', async () => {
    const forever = `${FROM}; response.write('first'); await new Promise(() => setInterval(() => 0, 1000));`;
    const { ask } = await start(templateOf({ ...streamed(forever), Timeout: 1 }));
    const answer = await ask('/pets/7');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });
});

/** What most handlers begin with. */
const FROM =
  'const response = awslambda.HttpResponseStream.from(stream, { statusCode: 200 }); response.write(""); response';

describe('as Lambda loses it, the prelude is lost where nothing is written', () => {
  const lost = streamed('awslambda.HttpResponseStream.from(stream, { statusCode: 204 }).end();');

  test('which a REST API answers with 500', async () => {
    const { ask, log } = await start(restOf(lost, undefined, STREAMING));
    const answer = await ask('/pets/7', { headers: { origin: APP } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([500, APP]);
    expect(log[0]).toContain('before its prelude');
  });
});

describe('what is no streamed response', () => {
  test.each<[string, object, string]>([
    ['bytes without a prelude', streamed('stream.write("hello"); stream.end();'), 'streams without a prelude'],
    [
      'a whole response',
      { Code: { ZipFile: 'exports.handler = async () => ({ statusCode: 200, body: "hello" });' } },
      'returns a whole response',
    ],
    [
      'a prelude that is too long',
      streamed(
        `stream.setContentType('${'application/vnd.awslambda.http-integration-response'}'); stream.write('x'.repeat(20000)); stream.end();`,
      ),
      'no prelude within 16 KB',
    ],
  ])('is a 500 of a REST API that streams: %s', async (_, properties, why) => {
    const { ask, log } = await start(restOf(properties, undefined, STREAMING));
    expect((await ask('/pets/7', { headers: { origin: APP } })).status).toBe(500);
    expect(log[0]).toContain(why);
  });

  test('is a 502 of a REST API that does not stream: a streaming handler', async () => {
    const { ask, log } = await start(restOf(streamed(`${FROM}.end('hello');`)));
    expect((await ask('/pets/7', { headers: { origin: APP } })).status).toBe(502);
    expect(log[0]).toContain('is called for a whole response');
  });

  test('is the body of a function URL: bytes without a prelude', async () => {
    const { ask } = await start(
      WAYS[1][1](streamed('stream.setContentType("text/plain"); stream.write("hello"); stream.end();')),
    );
    const answer = await ask('/any');
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/plain',
      'hello',
    ]);
  });
});

describe('a function that takes its helper from the layer', () => {
  const LAYER = { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Key: 'layer.zip' } } };
  const CORS_POLICY = JSON.stringify({ origins: [APP, 'https://other.example.com'], methods: 'GET,PUT', maxAge: 600 });
  const withLayer = (properties: object, uri?: object): object => {
    const layered = { ...properties, Layers: [{ Ref: 'Layer' }], Environment: { Variables: { CORS_POLICY } } };
    const template = restOf(layered, undefined, uri) as { Resources: object };
    return { Resources: { ...template.Resources, Layer: LAYER } };
  };
  const bringLayer = (folder: string) =>
    cpSync(join(__dirname, '../../lambda'), join(folder, 'asset.layer'), { recursive: true });

  test('sends the headers in the prelude, and answers preflights', async () => {
    const gate = newGate();
    const wrapped = (handler: string) => `require('cdk-cors/lambda').withCors(${handler})`;
    const properties = { Code: { ZipFile: inSteps(gate, wrapped) }, Timeout: 20 };
    const { ask, log } = await start(withLayer(properties, STREAMING), {}, bringLayer);
    const preflight = { origin: APP, 'access-control-request-method': 'PUT' };
    const asked = await ask('/pets/7', { method: 'OPTIONS', headers: preflight });
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([204, 'GET,PUT']);
    writeFileSync(gate, '');
    const answer = await ask('/pets/7', { headers: { origin: APP } });
    expect([answer.status, answer.headers.get('access-control-allow-origin'), await answer.text()]).toEqual([
      201,
      APP,
      'first last',
    ]);
    expect(log).toEqual([expect.stringContaining('✓ allowed'), expect.stringContaining('✓ allowed')]);
  });

  test('may be an ES module that imports it', async () => {
    const properties = { Code: { S3Key: 'abc.zip' } };
    const code =
      "import { withCors } from 'cdk-cors/lambda'; export const handler = withCors(async () => ({ statusCode: 200, body: 'hello' }));";
    const { ask } = await start(withLayer(properties), { 'asset.abc/index.mjs': code }, bringLayer);
    const answer = await ask('/pets/7', { headers: { origin: APP } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, APP]);
  });
});

test('a function URL with CORS adds its headers to those of the prelude', async () => {
  const fn = streamed(`${FROM}.end('hello');`);
  const { ask } = await start(functionUrl(LISTED, { fn, url: { InvokeMode: 'RESPONSE_STREAM' } }));
  const answer = await ask('/any', { headers: { origin: APP } });
  expect([answer.headers.get('access-control-allow-origin'), await answer.text()]).toEqual([APP, 'hello']);
});
