import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { functionUrl, LISTED } from '../support/function-url-templates';
import { APP } from '../support/pages';
import { handlerOf, restOf, start } from './serving';

const ECHO = `exports.handler = async (event, context) => ({
  statusCode: 200,
  headers: { 'Access-Control-Allow-Origin': '${APP}', 'X-Table': process.env.TABLE },
  body: JSON.stringify({ event, name: context.functionName, left: context.getRemainingTimeInMillis() > 0, home: process.env.SECRET_OF_USER ?? null }),
});`;

describe('serve --functions', () => {
  test('runs inline Node.js code with its environment and an event of payload 1.0', async () => {
    process.env.SECRET_OF_USER = 'not for functions';
    const { ask, log } = await start(
      restOf({ Code: { ZipFile: ECHO }, Environment: { Variables: { TABLE: 'pets' } } }),
    );
    const answer = await ask('/pets/7?color=red&color=blue', {
      method: 'POST',
      body: '{"a":1}',
      headers: { origin: APP },
    });
    const { event, ...told } = (await answer.json()) as Record<string, unknown>;
    expect(told).toEqual({ name: 'Handler', left: true, home: null });
    expect(event).toMatchObject({
      resource: '/pets/{id}',
      path: '/pets/7',
      httpMethod: 'POST',
      pathParameters: { id: '7' },
      queryStringParameters: { color: 'blue' },
      multiValueQueryStringParameters: { color: ['red', 'blue'] },
      headers: { origin: APP },
      body: '{"a":1}',
      isBase64Encoded: false,
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin'), answer.headers.get('x-table')]).toEqual([
      200,
      APP,
      'pets',
    ]);
    expect(log[0]).toContain('✓ allowed');
  });

  test('runs Python code of an asset', async () => {
    const code = `import json, os
def handler(event, context):
    print('hello from python')
    return {'statusCode': 201, 'body': json.dumps([event['httpMethod'], context.function_name, os.environ['TABLE']])}`;
    const { ask, said } = await start(
      restOf({
        Runtime: 'python3.13',
        Handler: 'app.handler',
        Code: { S3Key: 'abc.zip' },
        Environment: { Variables: { TABLE: 'pets' } },
      }),
      { 'asset.abc/app.py': code },
    );
    const answer = await ask('/pets/7');
    expect([answer.status, await answer.json()]).toEqual([201, ['GET', 'Handler', 'pets']]);
    expect(said).toContain('Handler: hello from python');
  });

  test('runs modules of an asset that metadata names, one event after the other in one process', async () => {
    const { ask } = await start(restOf({}, { 'aws:asset:path': 'asset.def' }), {
      'asset.def/index.mjs':
        'let count = 0; export const handler = async () => ({ statusCode: 200, body: String(++count) });',
    });
    expect([await (await ask('/pets/7')).text(), await (await ask('/pets/7')).text()]).toEqual(['1', '2']);
  });

  test('speaks payload 2.0 with functions behind an HTTP API, whose CORS configuration has the last word', async () => {
    const code = `exports.handler = async (event) => event.rawPath.endsWith('plain') ? { all: 'well' } : {
      statusCode: 200, cookies: ['a=1', 'b=2'], headers: { 'access-control-allow-origin': '*' }, body: JSON.stringify(event) };`;
    const { ask } = await start(httpOf({ Code: { ZipFile: code } }));
    const answer = await ask('/pets/7?a=1&a=2', { headers: { origin: APP, cookie: 'x=1; y=2' } });
    expect(await answer.json()).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /pets/{id}',
      rawPath: '/pets/7',
      rawQueryString: 'a=1&a=2',
      cookies: ['x=1', 'y=2'],
      queryStringParameters: { a: '1,2' },
      pathParameters: { id: '7' },
      requestContext: { http: { method: 'GET' } },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe(APP);
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const plain = await ask('/pets/plain');
    expect([plain.status, await plain.json()]).toEqual([200, { all: 'well' }]);
  });

  test('puts a function URL in front: its preflights, and its headers beside those of the function', async () => {
    const code = `exports.handler = async (event) => ({ statusCode: 200, body: event.rawPath,
      headers: event.rawPath === '/both' ? { 'Access-Control-Allow-Origin': '*' } : {} });`;
    const { ask } = await start(functionUrl(LISTED, { fn: { Code: { ZipFile: code } } }));
    const preflight = { origin: APP, 'access-control-request-method': 'PUT' };
    const asked = await ask('/any', { method: 'OPTIONS', headers: preflight });
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([200, 'GET,PUT']);
    const plain = await ask('/any/where', { headers: { origin: APP } });
    expect([await plain.text(), plain.headers.get('access-control-allow-origin')]).toEqual(['/any/where', APP]);
    const both = await ask('/both', { headers: { origin: APP } });
    expect(both.headers.get('access-control-allow-origin')).toBe(`*, ${APP}`);
  });

  test.each([
    ['throws', 'exports.handler = async () => { throw new Error("no"); };', 'its function failed: Error: no'],
    ['returns no response', 'exports.handler = async () => ({ ok: true });', 'without a statusCode'],
    [
      'returns a body that is an object',
      'exports.handler = async () => ({ statusCode: 200, body: {} });',
      'a body that is not a string',
    ],
    ['returns a status that is none', 'exports.handler = async () => ({ statusCode: "abc" });', '"abc" as statusCode'],
    ['cannot be loaded', 'throw new Error("broken at start");', 'broken at start'],
    ['ends its process', 'exports.handler = () => process.exit(3);', 'its process ended with 3'],
    ['takes too long', 'exports.handler = () => new Promise(() => setInterval(() => 0, 1000));', 'its time limit'],
    ['never lets go', 'exports.handler = () => { for (;;); };', 'its time limit'],
  ])('ends in the gateway response where a function %s', async (_, code, why) => {
    const { ask, log } = await start(restOf({ Code: { ZipFile: code }, Timeout: 1 }));
    const answer = await ask('/pets/7', { headers: { origin: APP } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([502, APP]);
    expect(log[0]).toContain(why);
    expect((await ask('/pets/7')).status).toBe(502);
  });

  test.each([
    ['an image', { PackageType: 'Image', Runtime: undefined }, 'it is a container image'],
    ['another runtime', { Runtime: 'java21' }, 'its runtime is java21'],
    ['code elsewhere', { Code: { S3Key: 'gone.zip' } }, 'its code is not a folder of this cloud assembly'],
  ])('says that it does not run %s, and leaves it to the mock', async (_, properties, why) => {
    const { ask, notes } = await start(restOf(properties));
    expect(notes.join()).toContain(why);
    expect(await (await ask('/pets/7')).text()).toContain('A mock backend');
  });

  test('says what is missing here', async () => {
    const { notes } = await start(
      restOf({
        Code: { S3Key: 'abc.zip' },
        Layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:tracing:7'],
        Environment: { Variables: { QUEUE: { Ref: 'Queue' } } },
      }),
      { 'asset.abc/index.js': ECHO, 'asset.abc/fast.node': '' },
    );
    expect(notes.join('\n')).toMatch(/its layer arn:.*tracing:7 is not in this cloud assembly/);
    expect(notes.join('\n')).toContain('QUEUE have their values only after deployment');
    expect(notes.join('\n')).toContain('native code');
  });

  test.each(['../outside', 'link'])('runs nothing outside of the assembly (%s)', async (path) => {
    const { notes } = await start(restOf({}, { 'aws:asset:path': path }), { '../outside/index.js': ECHO }, (folder) =>
      symlinkSync(join(folder, '../outside'), join(folder, 'link')),
    );
    expect(notes.join()).toContain('its code is not a folder of this cloud assembly');
  });
});

function httpOf(properties: object): object {
  return {
    Resources: {
      Api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: [APP] } },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: { Ref: 'Api' },
          RouteKey: 'ANY /pets/{id}',
          Target: { 'Fn::Sub': 'integrations/${Integration}' },
        },
      },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: { Ref: 'Api' },
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: { 'Fn::GetAtt': ['Handler', 'Arn'] },
          PayloadFormatVersion: '2.0',
        },
      },
      Handler: handlerOf(properties),
    },
  };
}
