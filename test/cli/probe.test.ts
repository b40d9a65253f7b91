import { createServer, type RequestListener, type Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { generate } from 'selfsigned';
import { mixedContent } from '../../src/cli/probe/mixed-content';
import { send } from '../../src/cli/probe/send';
import { strangersTo } from '../../src/verify/requests/strangers';
import { CorsSimulator } from '../../src/verify/simulator';
import { APP } from '../support/pages';
import { options, put, restApi } from '../support/templates';
import { ORDERS, run } from './run';

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
    expect(out).toContain('Change Send Access-Control-Allow-Origin with the actual response too');
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
    expect(out).toContain('  > authorization: (13 characters)');
    expect(out).not.toContain('secret');
  });
});

describe('what probe shows', () => {
  test.each([[], ['--json']])(
    'has no values of headers, queries and cookies, however the API repeats them (%s)',
    async (...format) => {
      const { url } = await api((incoming, answer) =>
        answer
          .writeHead(incoming.method === 'OPTIONS' ? 204 : 400, {
            ...ALLOW_ALL,
            'access-control-allow-headers': 'x-tenant, authorization',
            'set-cookie': ['session=s3ss10n-v4lue; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'other=0th3r-v4lue'],
            'x-echo': `you sent ${incoming.headers['x-tenant'] ?? 'nothing'}`,
            location: '/login?code=c0de-v4lue#access_token=fr4gment-v4lue',
            link: '<https://user:p4ssw0rd@api.example.com/?sig=s1gn4ture>; rel=next',
          })
          .end(`no ${incoming.headers['x-tenant']} at ${incoming.url}`),
      );
      const headers = [
        '--header',
        'x-tenant: t3n4nt-v4lue',
        '--header',
        'authorization: Bearer t0k3n-v4lue',
        '--header',
        'accept: text/csv',
      ];
      const { out } = await run([
        'probe',
        `${url}/items?token=qu3ry-v4lue&page=2`,
        '--origin',
        APP,
        ...headers,
        ...format,
      ]);
      expect(out).not.toMatch(/v4lue|p4ssw0rd|s1gn4ture|page=2/);
      expect(out).toContain('text/csv');
      expect(out).toMatch(/x-tenant"?: "?\(12 characters\)/);
      expect(out).toContain('session=(');
      expect(out).toContain('/items?token=(11 characters)&page=(1 character)');
    },
  );

  test('gives no orders to a terminal or to a CI', async () => {
    const url = await tcp((socket) =>
      socket.once('data', () =>
        socket.end(
          `HTTP/1.1 500 Odd\r\nContent-Length: ${HOSTILE.length}\r\nx-odd: ::error::a\u009b31m\r\n\r\n${HOSTILE}`,
          'latin1',
        ),
      ),
    );
    const text = await run(['probe', url, '--origin', APP]);
    expect(text.out).toContain('cleaned');
    expect(text.out).not.toMatch(ORDERS);
    const json = await run(['probe', url, '--origin', APP, '--json']);
    expect(json.out).not.toMatch(ORDERS);
    expect(JSON.parse(json.out).results[0].exchanges[0].response.excerpt).toContain('##vso[task.complete]');
  });
});

const HOSTILE = '\n::error::pwned\n\u001b[31mred ##vso[task.complete] \u0007<b>cleaned</b>';

describe('probe tells which layer refused', () => {
  const REST = { 'x-amz-apigw-id': 'a' };
  const HTTP = { 'apigw-requestid': 'a' };
  test.each<[string, number, Record<string, string>, string, string, string]>([
    [
      'a stage or mapping',
      403,
      { ...REST, 'x-amzn-errortype': 'ForbiddenException' },
      '{"message":"Forbidden"}',
      'API Gateway, ForbiddenException',
      'stage',
    ],
    [
      'a resource policy',
      403,
      { ...REST, 'x-amzn-errortype': 'AccessDeniedException' },
      '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke"}',
      'API Gateway, AccessDeniedException',
      'resource policy',
    ],
    [
      'a policy',
      403,
      { 'x-amzn-errortype': 'AccessDeniedException:http://x/' },
      '{"Message":"no"}',
      'API Gateway, AccessDeniedException',
      'authorizer',
    ],
    [
      'no route',
      403,
      { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
      '',
      'API Gateway, MissingAuthenticationTokenException',
      'no OPTIONS',
    ],
    [
      'throttling',
      429,
      { 'x-amzn-errortype': 'TooManyRequestsException' },
      '',
      'API Gateway, TooManyRequestsException',
      'Throttling',
    ],
    [
      'a quota',
      429,
      { 'x-amzn-errortype': 'LimitExceededException' },
      '',
      'API Gateway, LimitExceededException',
      'quota',
    ],
    [
      'an authorizer',
      401,
      { 'x-amzn-errortype': 'UnauthorizedException' },
      '',
      'API Gateway, UnauthorizedException',
      'token',
    ],
    [
      'a function that failed',
      502,
      { 'x-amzn-errortype': 'InternalServerErrorException' },
      '',
      'API Gateway, Internal',
      'function',
    ],
    [
      'a service behind',
      400,
      { 'x-amzn-errortype': 'ResourceNotFoundException' },
      '',
      'an AWS service, ResourceNotFoundException',
      'service',
    ],
    [
      'CloudFront',
      403,
      { server: 'CloudFront', 'x-cache': 'Error from cloudfront' },
      '<H1>403 ERROR</H1><H2>The request could not be satisfied.</H2> This distribution is not configured to allow the HTTP request method that was used for this request.',
      "CloudFront's own error page",
      'AllowedMethods',
    ],
    [
      'the origin behind CloudFront',
      500,
      { 'x-cache': 'Error from cloudfront', server: 'express' },
      'oops',
      'calls itself express',
      'look at',
    ],
    [
      'a load balancer',
      502,
      { server: 'awselb/2.0' },
      '<center><h1>502 Bad Gateway</h1></center>',
      'a load balancer',
      'target',
    ],
    [
      'a load balancer that redirects',
      301,
      { server: 'awselb/2.0', location: 'https://x.example/' },
      '',
      'a load balancer',
      'https',
    ],
    ['a redirect', 308, { location: '/items/' }, '', 'a redirect', 'follow no redirect of a preflight'],
    ['a bucket', 403, { server: 'AmazonS3' }, '<Error><Code>AccessDenied</Code></Error>', 'S3, AccessDenied', 'bucket'],
    ['an HTTP API without the route', 404, HTTP, '{"message":"Not Found"}', 'API Gateway (HTTP API)', 'No route'],
    [
      'a backend behind an HTTP API',
      404,
      HTTP,
      '{"message":"No pet 7"}',
      'the backend behind API Gateway',
      'integration answered',
    ],
    ['a backend behind a REST API', 500, REST, 'oops', 'the backend behind API Gateway', 'integration answered'],
    ['nobody knows', 500, {}, 'oops', 'does not say what it is', 'look at'],
  ])('%s', async (_, status, headers, body, layer, meaning) => {
    const { url } = await api((__, answer) => answer.writeHead(status, headers).end(body));
    const { out } = await run(['probe', url, '--origin', APP, '--method', 'PUT']);
    expect(out).toContain(
      `Refused by ${layer.startsWith('calls') || layer.startsWith('does not') ? 'a server that ' : ''}${layer}`,
    );
    expect(/Refused by .*/.exec(out)?.[0]).toContain(meaning);
    const [{ exchanges }] = JSON.parse(
      (await run(['probe', url, '--origin', APP, '--method', 'PUT', '--json'])).out,
    ).results;
    expect(exchanges[0]).toMatchObject({
      response: { status },
      refusedBy: { layer: expect.any(String), meaning: expect.any(String) },
    });
  });

  test('with a short excerpt of what it said', async () => {
    const page = `<html><head><title>x</title><style>b{}</style></head><body><h1>Sorry,</h1>\n\n<p>not ${'very '.repeat(100)}much</p></body></html>`;
    const { url } = await api((_, answer) => answer.writeHead(500).end(page));
    expect((await run(['probe', url, '--origin', APP])).out).toMatch(/^ {2}< Sorry, not very very [very ]{150,190}…$/m);
  });

  test('but says nothing of the kind about an answer that refuses nothing', async () => {
    const { url } = await api((_, answer) => answer.writeHead(200, ALLOW_ALL).end('{}'));
    expect((await run(['probe', url, '--origin', APP])).out).not.toContain('Refused');
  });
});

describe('probe --strangers', () => {
  test('finds nobody in an API that compares whole origins', async () => {
    const { url, seen } = await api((incoming, answer) =>
      answer.writeHead(200, incoming.headers.origin === APP ? { 'access-control-allow-origin': APP } : {}).end(),
    );
    const { code, out } = await run(['probe', url, '--origin', APP, '--strangers']);
    expect(out).toMatch(/Strangers: \d+ origins that are not listed were asked for, and none gets in\./);
    expect(seen.length).toBeGreaterThan(10);
    expect(code).toBe(0);
  });

  test.each<[string, (origin: string) => boolean, string]>([
    ['looks for the beginning', (origin) => origin.startsWith(APP), 'https://app.example.com.attacker.example'],
    ['looks for the end', (origin) => origin.endsWith('app.example.com'), 'https://evilapp.example.com'],
    ['looks for a part', (origin) => origin.includes('app.example.com'), 'http://app.example.com'],
    [
      'has a dot that is any character',
      (origin) => /^https:..app.example.com$/.test(origin),
      'https://appxexample.com',
    ],
    ['ignores the case', (origin) => origin.toLowerCase() === APP, 'https://APP.EXAMPLE.COM'],
    ['ignores the port', (origin) => new URL(origin).hostname === 'app.example.com', 'https://app.example.com:8443'],
    ['takes every subdomain', (origin) => /[.]example[.]com$/.test(origin), 'https://other.example.com'],
    ['takes null', (origin) => origin === 'null' || origin === APP, 'null'],
    ['takes developers', (origin) => origin.includes('//localhost') || origin === APP, 'http://localhost:3000'],
  ])('finds one where the API %s', async (_, isAllowed, stranger) => {
    const { url } = await api(({ headers: { origin = '' } }, answer) => {
      let allowed = false;
      try {
        allowed = isAllowed(origin);
      } catch {}
      answer.writeHead(200, allowed ? { 'access-control-allow-origin': origin } : {}).end();
    });
    const { code, out } = await run(['probe', url, '--origin', APP, '--strangers']);
    expect(code).toBe(1);
    expect(out).toContain(`  ✗ ${stranger} `);
    const { strangers } = JSON.parse((await run(['probe', url, '--origin', APP, '--strangers', '--json'])).out);
    expect(strangers).toContainEqual(expect.objectContaining({ origin: stranger, letIn: true }));
  });

  test('finds one that can read without cookies, where the right pages send them', async () => {
    const { url } = await api(({ headers: { origin = '' } }, answer) => {
      const cookies = origin === APP ? { 'access-control-allow-credentials': 'true' } : {};
      answer.writeHead(200, { 'access-control-allow-origin': origin, ...cookies }).end();
    });
    const { code, out } = await run(['probe', url, '--origin', APP, '--credentials', '--strangers']);
    expect(out).toContain('  ✗ null ');
    expect(code).toBe(1);
  });

  test('takes a preflight that lets one in for enough', async () => {
    const { url } = await api(({ headers: { origin } }, answer) =>
      answer.writeHead(204, { ...ALLOW_ALL, 'access-control-allow-origin': origin }).end(),
    );
    const { code, out } = await run(['probe', url, '--origin', APP, '--method', 'DELETE', '--strangers']);
    expect(code).toBe(1);
    expect(out).toContain('  ✗ null ');
  });

  test('does not take those for strangers that are listed', async () => {
    const listed = [
      'https://example.com',
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'https://[::1]:8443',
      'capacitor://localhost',
    ];
    const strangers = strangersTo(listed).map(({ origin }) => origin);
    expect(strangers.filter((origin) => listed.includes(origin))).toEqual([]);
    expect(new Set(strangers).size).toBe(strangers.length);
    for (const origin of strangers.filter((each) => each !== 'null')) expect(URL.canParse(origin)).toBe(true);
  });
});

describe('mixed content', () => {
  test('is blocked before anything is sent', async () => {
    const { code, out } = await run(['probe', 'http://api.invalid/items', '--origin', APP]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^✗ blocked GET from https:\/\/app\.example\.com: request before anything is sent\n {2}a page on https may not fetch from http/,
    );
  });

  test('is nothing that a page on http knows, nor one that asks this machine', () => {
    const from = (origin: string, url: string) => mixedContent(origin, new URL(url)) !== undefined;
    expect([
      from(APP, 'http://api.example.com/'),
      from(APP, 'http://192.168.0.1/'),
      from(APP, 'http://127.0.0.1.example.com/'),
      from('http://app.example.com', 'http://api.example.com/'),
      from(APP, 'https://api.example.com/'),
      from(APP, 'http://localhost:3000/'),
      from(APP, 'http://127.9.9.9/'),
      from(APP, 'http://[::1]/'),
    ]).toEqual([true, true, true, false, false, false, false, false]);
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
      'https://nowhere.invalid/',
      'There is no host nowhere.invalid, or it cannot be looked up from here.',
    ],
    ['a port where nothing listens', 'http://127.0.0.1:1/', 'Nothing listens on 127.0.0.1:1.'],
    [
      'what is not a URL',
      'api.example.com',
      '"api.example.com" is not the URL of an API. Write it like https://api.example.com/items.',
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

  test.each<[string, string, RegExp]>([
    [
      'switches protocols',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
      /its status is 101/,
    ],
    ['answers with 099', 'HTTP/1.1 099 Odd\r\n\r\n', /its status is 099/],
    ['hangs in the middle of its headers', 'HTTP/1.1 200 OK\r\nx-a: b\r\n', /does not answer within 0\.5 s/],
    ['speaks something else', '220 smtp.example.com\r\n', /gives no answer/],
  ])('a host that %s', async (_, answer, line) => {
    const url = await tcp((socket) => socket.once('data', () => socket.write(answer)));
    const { code, out, err } = await run(['probe', url, '--origin', APP, '--timeout', '0.5']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(line);
    expect(err).not.toContain('\n');
  });

  test.each(['session.destroy()', 'session.close()', 'stream.close()', 'nothing'])(
    'an HTTP/2 session with %s',
    async (how) => {
      const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
        keyType: 'ec',
        algorithm: 'sha256',
      });
      const server = createSecureServer({ key, cert });
      server.on('stream', (stream) => {
        stream.on('error', () => undefined);
        if (how === 'session.destroy()') stream.session?.destroy();
        if (how === 'session.close()') stream.session?.close();
        if (how === 'stream.close()') stream.close();
      });
      const url = new URL(`https://localhost:${await listening(server)}`);
      const sent = send(url, { method: 'GET', path: '/', headers: {} }, { timeout: 500, ca: cert });
      await expect(sent).rejects.toThrow(
        /closed the connection without an answer|does not answer within|gives no answer/,
      );
    },
  );

  test.each(['0', '-1', 'Infinity', '1e999', '0x10', 'soon', '', ' ', '1e9', '100000000'])(
    'the time limit %j',
    async (seconds) => {
      const { code, err } = await run(['probe', 'http://127.0.0.1:1/', '--origin', APP, '--timeout', seconds]);
      expect([code, err]).toEqual([
        2,
        `cdk-cors: --timeout: "${seconds}" is not a time to wait. Write seconds, from 0.001 to 3600.`,
      ]);
    },
  );

  test('a URL with a password, which it does not repeat', async () => {
    const { code, err } = await run(['probe', 'https://user:p4ssw0rd@api.example.com/', '--origin', APP]);
    expect(code).toBe(2);
    expect(err).toMatch(/leave them out/);
    expect(err).not.toContain('p4ssw0rd');
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
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  return (server.address() as AddressInfo).port;
}
