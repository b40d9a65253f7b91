import { createServer, type RequestListener, type Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { generate } from 'selfsigned';
import { send } from '../../src/cli/probe/send';
import { CorsSimulator } from '../../src/verify/simulator';
import { APP, options, put, restApi } from '../verify/gateway';
import { run } from './run';

const open = new Set<Server | TcpServer>();
afterEach(async () => {
  for (const server of open) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  open.clear();
});

describe('probe', () => {
  test('sends what a browser would: the preflight, then the request', async () => {
    const { url, seen } = await api((_, answer) => answer.writeHead(200, ALLOW_ALL).end());
    const { code, out } = await run([
      'probe',
      `${url}/items?a=1`,
      '--origin',
      APP,
      '--method',
      'PUT',
      '--header',
      'X-Trace: 7',
      '--send',
    ]);
    expect(seen).toEqual([
      {
        method: 'OPTIONS',
        url: '/items?a=1',
        origin: APP,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'x-trace',
      },
      { method: 'PUT', url: '/items?a=1', origin: APP, 'x-trace': '7' },
    ]);
    expect(out).toContain(
      `✓ allowed PUT from ${APP}\n  the preflight allows the request, and the response 200 lets ${APP} read it`,
    );
    expect(code).toBe(0);
  });

  test('sends no preflight where a browser sends none', async () => {
    const { url, seen } = await api((_, answer) => answer.writeHead(200, ALLOW_ALL).end());
    await run(['probe', `${url}/items`, '--origin', APP]);
    expect(seen.map(({ method }) => method)).toEqual(['GET']);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'POST', 'put', 'patch', 'PURGE'])(
    'sends no %s unless it is told to',
    async (method) => {
      const { url, seen } = await api((_, answer) =>
        answer
          .writeHead(200, { ...ALLOW_ALL, 'access-control-allow-methods': `patch, PURGE, ${method.toUpperCase()}` })
          .end(),
      );
      const { code, out } = await run([
        'probe',
        `${url}/items`,
        '--origin',
        APP,
        '--method',
        method,
        '--header',
        'x-trace',
      ]);
      expect(seen.map((request) => request.method)).toEqual(['OPTIONS']);
      expect(out).toContain('the preflight allows it, but');
      expect(code).toBe(0);
    },
  );

  test('says that it sent nothing where only the request itself would tell', async () => {
    const { url, seen } = await api((_, answer) => answer.end());
    expect(await run(['probe', `${url}/items`, '--origin', APP, '--method', 'POST'])).toMatchObject({
      code: 2,
      err: 'cdk-cors: Nothing was sent: browsers send this POST without a preflight, and it may change data. --send sends it.',
    });
    expect(seen).toEqual([]);
  });

  test('explains the answers in the words of the simulator', async () => {
    const template = restApi([put('/items', { headers: {} }), options('/items')]);
    const simulator = CorsSimulator.fromTemplate(template);
    const { preflight, reason } = simulator.request({ origin: APP, path: '/items', method: 'PUT' });
    const { url } = await api(({ method }, answer) =>
      answer.writeHead(method === 'OPTIONS' ? 204 : 200, method === 'OPTIONS' ? preflight!.headers : {}).end(),
    );
    const { code, out } = await run(['probe', `${url}/items`, '--origin', APP, '--method', 'PUT', '--send']);
    expect(code).toBe(1);
    expect(out).toContain(`✗ blocked PUT from ${APP}: response-origin the origin in the response`);
    expect(out).toContain(reason.replace(/ \(.*/, ''));
    expect(out).toContain('Change Send Access-Control-Allow-Origin with the real response too');
    expect(out).toContain('See https://fetch.spec.whatwg.org/#concept-cors-check');
  });

  test('asks for each origin, and fails where one of them is blocked', async () => {
    const { url } = await api((_, answer) => answer.writeHead(200, { 'access-control-allow-origin': APP }).end());
    const { code, out } = await run(['probe', url, '--origin', APP, '--origin', 'https://other.example.com']);
    expect(code).toBe(1);
    expect(out.match(/^[✓✗].*$/gm)).toEqual([
      `✓ allowed GET from ${APP}`,
      '✗ blocked GET from https://other.example.com: response-origin the origin in the response',
    ]);
  });

  test('repeats what API Gateway says about its own errors, and points to the page about this kind of API', async () => {
    const { url } = await api((_, answer) =>
      answer.writeHead(403, { 'x-amzn-errortype': 'MissingAuthenticationTokenException', 'x-amz-apigw-id': 'a' }).end(),
    );
    const { out } = await run(['probe', `${url}/items`, '--origin', APP, '--method', 'PUT']);
    expect(out).toContain('(answered over HTTP/1.1; API Gateway says MissingAuthenticationTokenException)');
    expect(out).toContain('developerguide/how-to-cors.html');
  });

  test('does not follow a redirect in place of the browser', async () => {
    const { url, seen } = await api((_, answer) =>
      answer.writeHead(302, { ...ALLOW_ALL, location: '/elsewhere' }).end(),
    );
    expect((await run(['probe', url, '--origin', APP])).out).toContain(
      'it redirects to /elsewhere, where the browser follows: probe that',
    );
    expect(seen).toHaveLength(1);
  });

  test('keeps tokens out of the terminal', async () => {
    const { url } = await api((_, answer) => answer.writeHead(200, ALLOW_ALL).end());
    const { out } = await run(['probe', url, '--origin', APP, '--header', 'authorization: Bearer secret']);
    expect(out).toContain('  > authorization: …');
    expect(out).not.toContain('secret');
  });
});

describe('over TLS, probe', () => {
  test('speaks HTTP/2 where the server does, as browsers do', async () => {
    const { url, cert } = await secureApi();
    const request = { method: 'GET', path: '/items', headers: { origin: APP } };
    expect(await send(new URL(url), request, { timeout: 5000, ca: cert })).toMatchObject({
      protocol: 'HTTP/2',
      status: 200,
      headers: { 'x-saw': `2.0 ${APP}` },
    });
  });

  test('speaks HTTP/1.1 where the server speaks nothing newer', async () => {
    const { url, cert } = await secureApi(createHttpsServer);
    const request = { method: 'GET', path: '/items', headers: { origin: APP } };
    expect(await send(new URL(url), request, { timeout: 5000, ca: cert })).toMatchObject({
      protocol: 'HTTP/1.1',
      headers: { 'x-saw': `1.1 ${APP}` },
    });
  });

  test('does not trust a certificate that browsers do not trust', async () => {
    const { url } = await secureApi();
    const { code, err } = await run(['probe', url, '--origin', APP]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^cdk-cors: Browsers do not trust the certificate of localhost:\d+, and send nothing: .*self-signed.*\.$/,
    );
  });
});

describe('probe has one line and exit code 2 for', () => {
  test.each([
    [
      'a host that is not there',
      'http://nowhere.invalid/',
      'There is no host nowhere.invalid, or it cannot be looked up from here.',
    ],
    ['a port where nothing listens', 'http://127.0.0.1:1/', 'Nothing listens on 127.0.0.1:1.'],
    [
      'what is no URL',
      'api.example.com',
      '"api.example.com" is no URL of an API. Write it like https://api.example.com/items.',
    ],
    [
      "the API's own origin",
      `${APP}/items`,
      `${APP} is the API's own origin: browsers do not restrict its pages there.`,
    ],
  ])('%s', async (_, url, line) => {
    expect(await run(['probe', url, '--origin', APP])).toEqual({ code: 2, out: '', err: `cdk-cors: ${line}` });
  });

  test('a page without an origin', async () => {
    expect(await run(['probe', 'http://127.0.0.1:1/'])).toMatchObject({
      code: 2,
      err: expect.stringContaining("'--origin <origin>' not specified"),
    });
  });

  test('a host that does not answer', async () => {
    const url = await tcp((socket) => socket.resume());
    expect(await run(['probe', url, '--origin', APP, '--timeout', '0.2'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/does not answer within 0\.2 s\.$/),
    });
  });

  test('a host that hangs up', async () => {
    const url = await tcp((socket) => socket.destroy());
    expect(await run(['probe', url, '--origin', APP])).toMatchObject({
      code: 2,
      err: expect.stringContaining('closed the connection without an answer'),
    });
  });

  test('a host that speaks no TLS', async () => {
    const { url } = await api((_, answer) => answer.end());
    const { code, err } = await run(['probe', url.replace('http:', 'https:'), '--origin', APP]);
    expect(code).toBe(2);
    expect(err).toContain('is it http instead of https?');
  });
});

const ALLOW_ALL = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': '*',
  'access-control-allow-headers': '*',
};

const createHttp2Server = createSecureServer as unknown as (options: object, listener: RequestListener) => TcpServer;

/** An API on loopback that notes what of CORS it is sent. */
async function api(listener: RequestListener): Promise<{ url: string; seen: Record<string, unknown>[] }> {
  const seen: Record<string, unknown>[] = [];
  const server = createServer((incoming, outgoing) => {
    const told = Object.entries(incoming.headers).filter(([name]) => /^(origin|access-control-.*|x-trace)$/.test(name));
    seen.push({ method: incoming.method, url: incoming.url, ...Object.fromEntries(told) });
    listener(incoming, outgoing);
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, seen };
}

async function secureApi(
  create: (options: object, listener: RequestListener) => TcpServer = createHttp2Server,
): Promise<{ url: string; cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  });
  const server = create({ key, cert }, (incoming, outgoing) => {
    outgoing.writeHead(200, { 'x-saw': `${incoming.httpVersion} ${incoming.headers.origin}` });
    outgoing.end();
  });
  return { url: `https://localhost:${await listening(server)}`, cert };
}

async function tcp(onConnection: Parameters<typeof createTcpServer>[1]): Promise<string> {
  return `http://127.0.0.1:${await listening(createTcpServer(onConnection))}`;
}

async function listening(server: TcpServer): Promise<number> {
  open.add(server);
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  return (server.address() as AddressInfo).port;
}
