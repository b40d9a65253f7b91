import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { readInput } from '../../src/cli/input';
import { type Backend, forwardTo } from '../../src/cli/serve/backend';
import { BodyBudget } from '../../src/cli/serve/bodies';
import { HostGuard } from '../../src/cli/serve/host-guard';
import { LocalApi } from '../../src/cli/serve/local-api';
import { logLines } from '../../src/cli/serve/log';
import { mockWithCors, mockWithoutCors } from '../../src/cli/serve/mocks';
import { serve } from '../../src/cli/serve/server';
import { APP } from '../support/pages';
import { gatewayResponse, get, options, put, restApi } from '../support/templates';
import { file, run, terminal } from './run';

const PROXY = {
  Type: 'AWS_PROXY',
  IntegrationHttpMethod: 'POST',
  Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f',
};
const PREFLIGHT = { origin: APP, 'access-control-request-method': 'PUT' };

const petStore = restApi(
  [get('/pets'), put('/pets'), options('/pets'), get('/dogs', { verb: 'ANY', integration: PROXY })],
  {
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
    Timeout: gatewayResponse('DEFAULT_5XX', { 'Access-Control-Allow-Origin': `'${APP}'` }),
  },
);

const httpApi = {
  Resources: {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: [APP], AllowMethods: ['PUT'] } },
    },
    Pets: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'PUT /pets' } },
    Dogs: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'ANY /dogs' } },
  },
};

const open = new Set<Server | TcpServer>();
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of open) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  open.clear();
});

describe('serve', () => {
  test('answers a preflight as API Gateway will', async () => {
    const { ask } = await start(petStore);
    expect(await ask('OPTIONS', '/pets', PREFLIGHT)).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': APP, 'access-control-allow-methods': 'GET,PUT,POST,DELETE,PATCH' },
    });
    expect(await ask('OPTIONS', '/cats', PREFLIGHT)).toMatchObject({ status: 403 });
  });

  test('takes paths with the stage in front, and without', async () => {
    const { ask } = await start(petStore);
    const statuses = await Promise.all(
      ['/pets', '/prod/pets', '/prod/pets?color=red', '/prod', '/test/pets'].map((path) => ask('GET', path)),
    );
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 403, 403]);
  });

  test('takes a stage in front also where a greedy route would match it', async () => {
    const { ask } = await start({
      Resources: { ...restApi([get('/{proxy+}', { integration: PROXY })]).Resources, Stage: petStore.Resources.Stage },
    });
    expect((await ask('GET', '/prod/cats')).body).toContain('got GET /cats');
  });

  test('tells names of headers apart as API Gateway does when a browser speaks HTTP/2 with it', async () => {
    const mapped = restApi([
      get('/pets', { headers: { 'Access-Control-Allow-Origin': 'method.request.header.origin' } }),
    ]);
    const { ask } = await start(mapped);
    expect((await ask('GET', '/pets', { Origin: APP })).headers['access-control-allow-origin']).toBe(APP);
  });

  test('has mock backends that let pages in, or that know nothing of CORS', async () => {
    const kind = await start(petStore, mockWithCors);
    expect(
      (await kind.ask('OPTIONS', '/dogs', { ...PREFLIGHT, 'access-control-request-headers': 'x-trace' })).headers,
    ).toMatchObject({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'PUT',
      'access-control-allow-headers': 'x-trace',
    });
    const plain = await start(petStore, mockWithoutCors);
    expect((await plain.ask('GET', '/dogs', { origin: APP })).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
  });

  test('has headers of an HTTP API win over those of its backend', async () => {
    const backend: Backend = async () => ({
      status: 201,
      headers: { 'access-control-allow-origin': '*', 'x-own': '1' },
      body: 'ok',
    });
    const { ask } = await start(httpApi, backend);
    const { status, headers } = await ask('PUT', '/pets', { origin: 'https://other.example.com' });
    expect([status, headers['x-own'], headers['access-control-allow-origin']]).toEqual([201, '1', undefined]);
    expect((await ask('OPTIONS', '/dogs', PREFLIGHT)).headers['access-control-allow-origin']).toBe(APP);
  });
});

describe('with a backend, serve', () => {
  test('forwards method, path, headers and body, and gives back what comes', async () => {
    const seen: unknown[] = [];
    const url = await listen(async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk);
      seen.push([
        incoming.method,
        incoming.url,
        incoming.headers['x-trace'],
        incoming.headers.te,
        Buffer.concat(chunks).toString('hex'),
      ]);
      outgoing.writeHead(418, { 'set-cookie': ['a=1', 'b=2'], 'access-control-allow-origin': APP }).end('teapot');
    });
    const { ask } = await start(petStore, forwardTo(new URL('/base/', url)));
    const bytes = Buffer.from([0, 255, 10]);
    const answer = await ask('PATCH', '/prod/dogs?a=1', { origin: APP, 'x-trace': '7', te: 'trailers' }, bytes);
    expect(seen).toEqual([['PATCH', '/base/dogs?a=1', '7', undefined, '00ff0a']]);
    expect(answer).toMatchObject({
      status: 418,
      body: 'teapot',
      headers: { 'set-cookie': ['a=1', 'b=2'], 'access-control-allow-origin': APP },
    });
  });

  test('answers what the gateway decides on its own', async () => {
    const { ask } = await start(petStore, forwardTo(await listen((_, outgoing) => outgoing.writeHead(500).end())));
    expect((await ask('OPTIONS', '/pets', PREFLIGHT)).status).toBe(204);
  });

  test('ends in the gateway response where the backend does not answer', async () => {
    const { ask, log } = await start(petStore, forwardTo(new URL('http://127.0.0.1:1')));
    expect(await ask('GET', '/dogs', { origin: APP })).toMatchObject({
      status: 504,
      headers: { 'access-control-allow-origin': APP },
    });
    expect(log.join()).toContain('its backend gives no answer: connect ECONNREFUSED');
  });

  test('lets go of the backend when the client goes away', async () => {
    let gone: () => void;
    const left = new Promise<void>((resolve) => {
      gone = resolve;
    });
    const backend: Backend = (_, aborted) =>
      new Promise((_resolve, reject) => {
        aborted.addEventListener('abort', () => {
          gone();
          reject(new Error('gone'));
        });
      });
    const { port } = await start(petStore, backend);
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /dogs HTTP/1.1\r\nHost: localhost\r\n\r\n'));
    setTimeout(() => socket.destroy(), 50);
    await left;
  });
});

describe('the log of serve', () => {
  test('tells the decision of the gateway and the verdict of a browser', async () => {
    const { ask, log } = await start(petStore);
    await ask('OPTIONS', '/pets', PREFLIGHT);
    await ask('OPTIONS', '/pets', { ...PREFLIGHT, 'access-control-request-headers': 'x-trace' });
    await ask('GET', '/pets', { origin: 'https://other.example.com' });
    await ask('GET', '/pets', { origin: APP, cookie: 'a=1' });
    await ask('GET', '/dogs', { origin: APP });
    await ask('GET', '/pets');
    expect(log).toEqual([
      `OPTIONS /pets 204 from ${APP}\n  OPTIONS /pets at OPTIONSXpets\n  ✓ allowed, without credentials`,
      `OPTIONS /pets 204 from ${APP}\n  OPTIONS /pets at OPTIONSXpets\n  ✗ blocked: Access-Control-Allow-Headers is "content-type,authorization" and does not list x-trace`,
      `GET /pets 200 from https://other.example.com\n  GET /pets at GETXpets\n  ✗ blocked: Access-Control-Allow-Origin of the response is "${APP}", not https://other.example.com`,
      `GET /pets 200 from ${APP}\n  GET /pets at GETXpets\n  ✗ blocked: the request has credentials and Access-Control-Allow-Credentials of the response is missing`,
      expect.stringContaining(
        '◐ depends on backend: the mock backend lets the page in, and the real one has to do so too',
      ),
      'GET /pets 200 from no page\n  GET /pets at GETXpets',
    ]);
  });

  test('judges what a real backend answers', async () => {
    const { ask, log } = await start(petStore, forwardTo(await listen((_, outgoing) => outgoing.writeHead(200).end())));
    await ask('GET', '/dogs', { origin: APP });
    expect(log[0]).toContain('✗ blocked: the response has no Access-Control-Allow-Origin');
  });
});

describe('a backend that misbehaves', () => {
  test.each<[string, number, (socket: Socket) => void]>([
    ['answers with the status 099', 504, (socket) => socket.end('HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n')],
    [
      'switches protocols',
      504,
      (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    ],
    ['hangs up', 504, (socket) => socket.destroy()],
    ['hangs up after its status', 504, (socket) => socket.end('HTTP/1.1 200 OK\r\n')],
    ['hangs up within its body', 504, (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{')],
    ['breaks its chunks', 504, (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')],
    ['speaks something else', 504, (socket) => socket.end('220 smtp.example.com\r\n')],
    ['never answers', 504, () => undefined],
    ['never ends its body', 504, (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{')],
    ['only ever says that it goes on', 504, (socket) => socket.write('HTTP/1.1 102 Processing\r\n\r\n'.repeat(50))],
    ['drips', 504, drip],
    ['sends more than API Gateway takes', 504, (socket) => gush(socket)],
  ])('and %s ends in %d', async (_, status, misbehave) => {
    const backend = forwardTo(await tcp(misbehave), { timeLimit: 300 });
    const { ask, log } = await start(petStore, backend);
    const before = Date.now();
    expect(await ask('GET', '/dogs', { origin: APP })).toMatchObject({
      status,
      headers: { 'access-control-allow-origin': APP },
    });
    expect(Date.now() - before).toBeLessThan(3000);
    expect(log).toEqual([expect.stringContaining(`GET /dogs ${status}`)]);
    expect((await ask('GET', '/pets')).status).toBe(200);
  });

  test('has its own errors passed on', async () => {
    const { ask } = await start(
      petStore,
      forwardTo(await listen((_, outgoing) => outgoing.writeHead(503).end('later'))),
    );
    expect(await ask('GET', '/dogs')).toMatchObject({ status: 503, body: 'later' });
  });
});

describe('what cannot be sent', () => {
  test.each([
    ['a header that holds a line break', { status: 200, headers: { 'x-odd': 'a\nb' }, body: '' }],
    ['a header without a name', { status: 200, headers: { 'x odd': 'a' }, body: '' }],
    ['a status that is none', { status: 99, headers: {}, body: '' }],
  ])('such as %s ends in a 500 that is sent and logged', async (_, reply) => {
    const { ask, log } = await start(petStore, async () => reply);
    const { status, body } = await ask('GET', '/dogs');
    expect(status).toBe(500);
    expect(JSON.parse(body).message).toMatch(/^cdk-cors serve: cdk-cors failed: /);
    expect(log).toEqual([expect.stringMatching(/^GET \/dogs 500 /)]);
  });
});

describe('serve refuses', () => {
  test.each([
    'attacker.example',
    'attacker.example:4000',
    '192.0.2.1',
    'localhost.attacker.example',
    '127.0.0.1.nip.example',
  ])('the Host "%s", which a site could point to this machine', async (host) => {
    const { ask, log } = await start(petStore);
    const { status, headers } = await ask('GET', '/pets', { host, origin: APP });
    expect([status, headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect(log[0]).toContain('DNS rebinding');
  });

  test.each(['GET /pets HTTP/1.1\r\nHost:', 'GET /pets HTTP/1.0'])('%j, which names no Host', async (head) => {
    const { port } = await start(petStore);
    expect(await raw(port, `${head}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 403/);
  });

  test.each(['localhost', 'LOCALHOST:4000', 'api.localhost', '127.0.0.1:4000', '127.8.8.8', '[::1]:4000'])(
    'not the Host %s',
    async (host) => {
      const { ask } = await start(petStore);
      expect((await ask('GET', '/pets', { host })).status).toBe(200);
    },
  );

  test.each([
    ['my-machine.example', 'my-machine.example:4000', true],
    ['192.0.2.1', '192.0.2.1:4000', true],
    ['192.0.2.1', '192.0.2.2:4000', false],
    ['0.0.0.0', '192.0.2.1:4000', true],
    ['::', '[2001:db8::1]:4000', true],
    ['0.0.0.0', 'attacker.example', false],
  ])('with --host %s: the Host %s passes: %s', (host, header, passes) => {
    expect(new HostGuard(host).refusal(header) === undefined).toBe(passes);
  });
});

describe('serve survives', () => {
  test('what is not HTTP', async () => {
    const { port, ask } = await start(petStore);
    expect(await raw(port, 'what?\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect(await raw(port, 'GET /pets HTTP/1.1\r\nHost: localhost\r\nOrigin: a\u0000b\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400/,
    );
    expect((await ask('GET', '/pets')).status).toBe(200);
  });

  test.each(['*', '//', '/%', '/%ff/../..', 'http://[', '/pets?%=&&', '/a'.repeat(2000)])(
    'the request target %.20s',
    async (target) => {
      const { port, ask } = await start(petStore);
      expect(await raw(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).toMatch(
        /^HTTP\/1.1 (200|403|400)/,
      );
      expect((await ask('GET', '/pets')).status).toBe(200);
    },
  );

  test('a body that is larger than what API Gateway takes', async () => {
    const { ask } = await start(petStore);
    expect((await ask('PUT', '/dogs', {}, Buffer.alloc(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await ask('PUT', '/dogs', {}, Buffer.alloc(10 * 1024 * 1024))).status).toBe(200);
  });

  test.each([
    ['that says how large it is', `Content-Length: ${1024 ** 3}\r\n\r\n{`],
    ['that has no end', 'Transfer-Encoding: chunked\r\n\r\n'],
  ])('and cuts off a body %s', async (_, head) => {
    const { port } = await start(petStore);
    const sent = await flood(port, `PUT /dogs HTTP/1.1\r\nHost: localhost\r\n${head}`);
    expect(sent.answer).toMatch(/^HTTP\/1.1 413/);
    expect(sent.bytes).toBeLessThan(32 * 1024 * 1024);
  });

  test('more bodies at a time than there is memory for', async () => {
    const { port, ask } = await start(petStore, mockWithCors, new BodyBudget(1500));
    const first = connect(port, '127.0.0.1', () =>
      first.write(`PUT /dogs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n${'x'.repeat(600)}`),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const second = await ask('PUT', '/dogs', {}, Buffer.alloc(1000));
    expect(second).toMatchObject({
      status: 503,
      body: expect.stringContaining('the bodies that are under way take more than'),
    });
    const answered = new Promise((resolve) => first.once('data', (data) => resolve(data.toString())));
    first.write('x'.repeat(400));
    expect(await answered).toMatch(/^HTTP\/1.1 200/);
    first.destroy();
    expect((await ask('PUT', '/dogs', {}, Buffer.alloc(1000))).status).toBe(200);
  });

  test('requests that break off', async () => {
    const { port, ask } = await start(petStore);
    for (const part of ['GET /pe', 'PUT /pets HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{']) {
      const socket = connect(port, '127.0.0.1', () => socket.write(part, () => socket.resetAndDestroy()));
      await new Promise((closed) => socket.on('close', closed));
    }
    expect((await ask('GET', '/pets')).status).toBe(200);
  });

  test('1,000 connections at a time', async () => {
    const { port, ask } = await start(petStore);
    const sockets = await Promise.all(
      Array.from(
        { length: 1000 },
        () =>
          new Promise<ReturnType<typeof connect>>((up, down) => {
            const socket = connect(port, '127.0.0.1', () => up(socket)).on('error', down);
          }),
      ),
    );
    const answers = sockets.map(
      (socket) => new Promise<string>((answered) => socket.once('data', (data) => answered(data.toString()))),
    );
    for (const socket of sockets)
      socket.write(
        `OPTIONS /pets HTTP/1.1\r\nHost: localhost\r\nOrigin: ${APP}\r\nAccess-Control-Request-Method: PUT\r\n\r\n`,
      );
    const statuses = (await Promise.all(answers)).map((answer) => answer.slice(0, 12));
    for (const socket of sockets) socket.destroy();
    expect(new Set(statuses)).toEqual(new Set(['HTTP/1.1 204']));
    expect((await ask('GET', '/pets')).status).toBe(200);
  });
});

const TWO = {
  Resources: {
    ...petStore.Resources,
    Other: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Target: 'x' } },
  },
};

describe('the serve command', () => {
  const template = () => file('template.json', petStore);

  test('says where the API is, and ends with Ctrl+C', async () => {
    const { code, out } = await run(['serve', template(), '--port', '0']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Api is on http:\/\/127\.0\.0\.1:\d+, in front of mock backends\. Ctrl\+C ends it\.$/);
  });

  test('says what keeps the API from being deployed', async () => {
    const broken = file('template.json', restApi([get('/pets', { properties: { Integration: undefined } })]));
    expect((await run(['serve', broken, '--port', '0'])).err).toContain('Api cannot be deployed as it is: GET /pets');
  });

  test.each([
    [
      'a port in use',
      async () => ['--port', String(new URL(await listen(() => undefined)).port)],
      /The port \d+ is in use: choose another one with --port\./,
    ],
    ['a port that is none', async () => ['--port', '70000'], /"70000" is not a port/],
    ['a host that is not this machine', async () => ['--host', '192.0.2.1'], /Cannot listen on 192\.0\.2\.1/],
    [
      'a backend that is none',
      async () => ['--backend', 'localhost:3000'],
      /"localhost:3000" is not a URL of a backend/,
    ],
    ['a kind of mock that does not exist', async () => ['--mock', 'nice'], /Allowed choices are cors, plain/],
  ])('has one line and exit code 2 for %s', async (_, args, line) => {
    const { code, err } = await run(['serve', template(), ...(await args())]);
    expect(code).toBe(2);
    expect(err).toMatch(line);
    expect(err).not.toContain('\n');
  });

  test('serves several APIs, a port each, or the one that it is asked for', async () => {
    const { code, out } = await run(['serve', file('template.json', TWO), '--port', '0']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^2 APIs, a port each:\n {2}Api {4}REST API {2}http:\/\/127\.0\.0\.1:(\d+)\n {2}Other {2}HTTP API {2}http:\/\/127\.0\.0\.1:(?!\1)\d+\n/,
    );
    const one = await run(['serve', file('template.json', TWO), '--api', 'Other', '--port', '0']);
    expect(one.out).toMatch(/^Other is on /);
  });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function start(template: object, backend = mockWithCors, bodies?: BodyBudget) {
  const [api] = readInput(file('template.json', template));
  const log: string[] = [];
  const mocked = backend === mockWithCors || backend === mockWithoutCors;
  const server = await serve(new LocalApi(api, backend), { port: 0, host: '127.0.0.1', bodies }, (outcome) =>
    log.push(logLines(outcome, mocked, terminal())),
  );
  open.add(server);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    log,
    ask: (method: string, path: string, headers = {}, body?: Buffer) => ask(port, method, path, headers, body),
  };
}

/** Not fetch, which would decide about some of these headers on its own. */
function ask(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', method, path, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks).toString() });
    });
    request.on('error', reject).end(body);
  });
}

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve(answer));
  });
}

/** Sends and sends, until the other side has had enough. */
function flood(port: number, head: string): Promise<{ answer: string; bytes: number }> {
  return new Promise((resolve) => {
    let answer = '';
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`);
    const socket = connect(port, '127.0.0.1', () => socket.write(head, pump));
    const pump = (error?: Error | null): void => {
      if (!error && !socket.destroyed) socket.write(chunk, pump);
    };
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('close', () => resolve({ answer, bytes: socket.bytesWritten }));
  });
}

async function listen(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  open.add(server);
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** A backend on a socket, which says what it likes once it was asked something. */
async function tcp(onRequest: (socket: Socket) => void): Promise<URL> {
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('data', () => onRequest(socket));
  });
  open.add(server);
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  const timer = setInterval(() => socket.write('x'), 20);
  socket.on('close', () => clearInterval(timer));
}

function gush(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  const more = (error?: Error | null): void => {
    if (!error && !socket.destroyed) socket.write(Buffer.alloc(1024 * 1024), more);
  };
  more();
}

test('serve takes the values of a deployment, and refuses one that nothing asks for', async () => {
  const template = {
    Parameters: { Site: { Type: 'String' } },
    Resources: {
      ...httpApi.Resources,
      Api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: [{ Ref: 'Site' }] } },
      },
    },
  };
  const path = file('template.json', template);
  const served = (value: string) => run(['serve', path, '--port', '0', '--value', value]);
  expect(await served(`Site=${APP}`)).toMatchObject({ code: 0, out: expect.stringContaining('is on http://') });
  const refused = await served(`Sight=${APP}`);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('Sight');
});
