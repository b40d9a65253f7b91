import * as fc from 'fast-check';
import { corsUnsafeRequestHeaderNames, isCorsSafelistedRequestHeader } from '../../src/verify/browser/request-headers';
import { CorsSimulator } from '../../src/verify/simulator';
import { APP } from '../support/pages';
import { ALLOW_APP, ask, gatewayResponse, get, options, PREFLIGHT, put, restApi } from '../support/templates';

const API = restApi([
  get('/pets'),
  put('/pets'),
  { verb: 'POST', path: '/pets', headers: ALLOW_APP },
  { verb: 'PATCH', path: '/pets', headers: ALLOW_APP },
  options('/pets'),
]);

/** The API with these headers on both answers. */
function both(headers: Record<string, string>): any {
  return restApi([
    get('/pets', { headers }),
    put('/pets', { headers }),
    options('/pets', { headers: { ...PREFLIGHT, ...headers } }),
  ]);
}

describe('a method', () => {
  test.each(['put', 'Put', 'PUT'])('%s is sent as PUT', (method) => {
    expect(ask(API, { method }).outcome).toBe('ALLOWED');
  });

  test('patch stays in lower case, which no list of API Gateway has', () => {
    expect(ask(API, { method: 'PATCH' }).outcome).toBe('ALLOWED');
    expect(ask(API, { method: 'patch' })).toMatchObject({
      rule: 'preflight-method',
      reason: expect.stringMatching(/case-sensitively/),
    });
  });

  test.each(['CONNECT', 'trace', 'TRACK', 'GE T', ''])('%p makes fetch throw', (method) => {
    expect(ask(API, { method })).toMatchObject({ outcome: 'BLOCKED', rule: 'request' });
  });

  test.each(['GET', 'HEAD', 'POST'])('%s needs no preflight', (method) => {
    expect(ask(API, { method }).preflight).toBeUndefined();
  });

  test('POST need not be listed, even where a header asks for a preflight', () => {
    const template = restApi([
      { verb: 'POST', path: '/pets', headers: ALLOW_APP },
      options('/pets', { headers: { ...PREFLIGHT, 'Access-Control-Allow-Methods': "'PUT'" } }),
    ]);
    expect(ask(template, { method: 'POST', headers: { Authorization: 'x' } }).outcome).toBe('ALLOWED');
  });
});

describe('a header', () => {
  test.each([
    ['Accept', 'application/json', true],
    ['Accept', 'application/json; q="1"', false],
    ['accept-language', 'en-GB,en;q=0.5', true],
    ['accept-language', 'en_GB', false],
    ['Content-Language', 'de', true],
    ['Content-Type', 'text/plain;charset=UTF-8', true],
    ['Content-Type', 'multipart/form-data; boundary=x', true],
    ['Content-Type', 'application/x-www-form-urlencoded', true],
    ['Content-Type', 'application/json', false],
    ['Range', 'bytes=0-499', true],
    ['Range', 'bytes=500-', true],
    ['Range', 'bytes=-500', false],
    ['Range', 'bytes=0-1,3-4', false],
    ['Range', 'bytes=9-1', false],
    ['Accept', 'a'.repeat(129), false],
    ['X-Tenant', '1', false],
  ])('%s: %s is safelisted: %p', (name, value, safe) => {
    expect(isCorsSafelistedRequestHeader(name, value)).toBe(safe);
  });

  test('of the safelist counts as unsafe together with the others beyond 1,024 bytes', () => {
    const one = { accept: 'a'.repeat(128) };
    const spread = Object.fromEntries(
      ['accept', 'Accept', 'aCcept', 'acCept', 'accEpt', 'accePt', 'accepT', 'ACcept', 'AcCept'].map((name) => [
        name,
        'a'.repeat(128),
      ]),
    );
    expect(corsUnsafeRequestHeaderNames(one)).toEqual([]);
    expect(corsUnsafeRequestHeaderNames(spread)).toEqual(['accept']);
  });

  test('is named to the gateway in lower case and sorted, whatever the page writes', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^X-[A-Za-z]{1,5}$/), { selector: (name) => name.toLowerCase() }),
        (names) => {
          const unsafe = corsUnsafeRequestHeaderNames(Object.fromEntries(names.map((name) => [name, '1'])));
          expect(unsafe).toEqual(names.map((name) => name.toLowerCase()).sort());
        },
      ),
    );
  });

  test('matches whatever its case', () => {
    expect(ask(API, { headers: { 'CONTENT-TYPE': 'application/json' }, method: 'PUT' }).outcome).toBe('ALLOWED');
  });

  test('that the browser sets itself is dropped, and the reason says so', () => {
    expect(ask(API, { headers: { Host: 'x', 'Sec-Fetch-Mode': 'x', Cookie: 'a=b' } })).toMatchObject({
      outcome: 'ALLOWED',
      reason: expect.stringMatching(/do not let a script set Host/),
    });
  });

  test.each([[{ 'X Tenant': '1' }], [{ 'X-Tenant': 'a\nb' }], [{ 'X-Tenant': '☃' }]])(
    '%p makes fetch throw',
    (headers) => {
      expect(ask(API, { headers: headers as any })).toMatchObject({ outcome: 'BLOCKED', rule: 'request' });
    },
  );
});

describe('Access-Control-Allow-Origin', () => {
  test.each([
    ['a list', `'${APP}, https://other.example.com'`, /exactly one origin/],
    ['a slash at the end', `'${APP}/'`, /no slash/],
    ['a wildcard inside', "'https://*.example.com'", /not a wildcard/],
    ['an upper-case host', "'https://App.example.com'", /not https:\/\/app/],
    ['the default port', `'${APP}:443'`, /not https:\/\/app/],
    ['quotes inside of quotes', `''${APP}''`, /one layer too many/],
  ])('with %s lets nobody in', (_, value, reason) => {
    expect(ask(both({ 'Access-Control-Allow-Origin': value }))).toMatchObject({
      rule: 'response-origin',
      reason: expect.stringMatching(reason),
    });
  });

  test('null lets in any page that has no origin of its own', () => {
    expect(ask(both({ 'Access-Control-Allow-Origin': "'null'" }), { origin: 'null' }).outcome).toBe('ALLOWED');
  });

  test('* lets every page in', () => {
    expect(ask(both({ 'Access-Control-Allow-Origin': "'*'" }), { origin: 'null', method: 'PUT' }).outcome).toBe(
      'ALLOWED',
    );
  });
});

describe('credentials', () => {
  const CREDENTIALS = { 'Access-Control-Allow-Credentials': "'true'" };
  const put = { method: 'PUT', credentials: true };

  test('are let in by an exact origin and the word true, on both answers', () => {
    expect(ask(both({ ...ALLOW_APP, ...CREDENTIALS }), put).outcome).toBe('ALLOWED');
  });

  test('are kept out by *', () => {
    const result = ask(both({ 'Access-Control-Allow-Origin': "'*'", ...CREDENTIALS }), put);
    expect(result).toMatchObject({ rule: 'preflight-origin', reason: expect.stringMatching(/counts for nothing/) });
  });

  test('are kept out by True', () => {
    expect(ask(both({ ...ALLOW_APP, 'Access-Control-Allow-Credentials': "'True'" }), put).rule).toBe(
      'preflight-credentials',
    );
  });

  test.each([
    ['Access-Control-Allow-Methods', 'preflight-method'],
    ['Access-Control-Allow-Headers', 'preflight-header'],
  ])('make * in %s a name like any other', (name, rule) => {
    const template = both({ ...ALLOW_APP, ...CREDENTIALS, [name]: "'*'" });
    expect(ask(template, { ...put, headers: { 'X-Tenant': '1' } }).rule).toBe(
      rule === 'preflight-method' ? rule : 'preflight-header',
    );
    expect(
      ask(
        restApi([
          { verb: 'PUT', path: '/pets', headers: ALLOW_APP },
          options('/pets', { headers: { ...PREFLIGHT, [name]: "'*'" } }),
        ]),
        {
          method: 'PUT',
        },
      ).outcome,
    ).toBe('ALLOWED');
  });
});

test('Authorization passes under * in today’s browsers, and the reason says what the standard says', () => {
  const template = restApi([
    get('/pets'),
    options('/pets', { headers: { ...PREFLIGHT, 'Access-Control-Allow-Headers': "'*'" } }),
  ]);
  expect(ask(template, { headers: { Authorization: 'Bearer x' } })).toMatchObject({
    outcome: 'ALLOWED',
    reason: expect.stringMatching(/the Fetch Standard does not/),
  });
});

test('a redirect is not an answer to a preflight', () => {
  expect(ask(restApi([put('/pets'), options('/pets', { status: '301' })]), { method: 'PUT' })).toMatchObject({
    rule: 'preflight-answer',
    preflight: { status: 301 },
  });
});

describe('an origin that no browser sends is refused', () => {
  test.each([
    ['https://App.example.com', 'https://app.example.com'],
    ['https://app.example.com/', 'https://app.example.com'],
    ['https://app.example.com:443', 'https://app.example.com'],
    ['app.example.com', 'https://app.example.com'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://app.example.com/path', 'https://app.example.com'],
  ])('%s: did you mean %s?', (origin, meant) => {
    expect(() => ask(API, { origin })).toThrow(
      `origin: "${origin}" is not an origin that a browser sends. Did you mean "${meant}"?`,
    );
  });

  test.each(['*', '', 'file:///tmp', 'https://', 'https://*.example.com', 'javascript://x', "https://a'b.example"])(
    '%p',
    (origin) => {
      expect(() => ask(API, { origin })).toThrow(/is not an origin that a browser sends/);
    },
  );

  test.each([
    'null',
    'capacitor://localhost',
    'chrome-extension://abcdef',
    'http://localhost:3000',
    'http://[::1]:8080',
    'http://127.0.0.1',
  ])('%p is one', (origin) => {
    expect(() => ask(API, { origin })).not.toThrow();
  });
});

describe('what only JavaScript lets pass', () => {
  test('a header with a number for its value is named', () => {
    expect(() => ask(API, { headers: { 'X-Custom': 1 as any } })).toThrow(
      'headers: the value of X-Custom is 1, no text. Write "1".',
    );
    expect(() => ask(API, { headers: ['authorization'] as any })).toThrow(
      'headers: ["authorization"] has no values by name. Write {',
    );
  });

  test('a path in place of a template is told from its text', () => {
    expect(() => CorsSimulator.fromTemplate('cdk.out/A.template.json')).toThrow(
      "template: fromTemplate takes the text of a file, not its path. Write fromTemplate(readFileSync('cdk.out/A.template.json', 'utf8')).",
    );
  });
});

describe('an assertion', () => {
  const simulator = CorsSimulator.fromTemplate(API);

  test('that holds is silent', () => {
    simulator.assertAllowed({ origin: APP, path: '/pets', method: 'PUT' });
    simulator.assertBlocked({ origin: 'https://evil.example', path: '/pets', method: 'PUT' });
  });

  test('that fails prints the request, the answers, the rule and what to change', () => {
    expect(() =>
      simulator.assertAllowed({
        origin: 'https://evil.example',
        path: '/pets',
        method: 'PUT',
        headers: { Authorization: 'x' },
      }),
    ).toThrow(
      [
        'Expected a browser to find PUT /pets from https://evil.example ALLOWED, but it is BLOCKED (preflight-origin).',
        '',
        '  Access-Control-Allow-Origin of the answer to the preflight is "https://app.example.com", not https://evil.example (OPTIONS /pets at OPTIONSXpets).',
        '',
        'The page asks for:',
        '  PUT /pets from https://evil.example',
        '  Authorization: …',
        '',
        'The preflight is answered with:',
        '  204',
        '  access-control-allow-origin: https://app.example.com',
        '  access-control-allow-methods: GET,PUT,POST,DELETE,PATCH',
        '  access-control-allow-headers: content-type,authorization',
        '',
        'Chromium prints:',
        "  Access to fetch at 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/pets' from origin 'https://evil.example' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: The 'Access-Control-Allow-Origin' header has a value 'https://app.example.com' that is not equal to the supplied origin. Have the server send the header with a valid value.",
        '',
        'What to change:',
        `  Set "method.response.header.Access-Control-Allow-Origin": "'https://evil.example'" in ResponseParameters of the integration response of OPTIONSXpets, ` +
          `declared in its method response; a mapped header holds one origin, so list both in a response template if ${APP} is to stay ($context.responseOverride.header).`,
      ].join('\n'),
    );
  });

  test('that something is blocked fails where it is allowed', () => {
    expect(() => simulator.assertBlocked({ origin: APP, path: '/pets' })).toThrow(/BLOCKED, but it is ALLOWED \(ok\)/);
  });

  test('about a path that no route has is a mistake', () => {
    expect(() => simulator.assertBlocked({ origin: APP, path: '/cats' })).toThrow(
      'path: no route of the API Api matches "/cats". It has /pets.',
    );
  });

  describe('about a method that the path does not have', () => {
    const assertions = (template: object) => CorsSimulator.fromTemplate(template);
    const readableErrors = { Errors: gatewayResponse('DEFAULT_4XX', ALLOW_APP) };
    const onlyPut = assertions(restApi([put('/pets'), options('/pets')], readableErrors));

    test('is a mistake, although the page can read the 403', () => {
      const post = { origin: APP, path: '/pets', method: 'post' };
      expect(onlyPut.request(post).outcome).toBe('BROKEN');
      expect(() => onlyPut.assertAllowed(post)).toThrow(
        'method: no route of the API Api takes POST on "/pets". The path has PUT, OPTIONS.',
      );
      expect(() => onlyPut.assertBlocked(post)).toThrow(/^method: no route/);
    });

    test('says that browsers leave lower case as it is', () => {
      const patch = assertions(restApi([{ ...put('/pets'), verb: 'PATCH' }, options('/pets')]));
      expect(() => patch.assertAllowed({ origin: APP, path: '/pets', method: 'patch' })).toThrow(
        'The path has PATCH, OPTIONS. Browsers send "patch" as it is: write PATCH.',
      );
    });

    test('is none where the request ends in an error anyway', () => {
      onlyPut.assertAllowed({ origin: APP, path: '/pets', method: 'POST', gatewayError: 'THROTTLED' });
    });

    test('is none where ANY, or a greedy path further up, takes the method', () => {
      const any = { ...put('/{proxy+}'), verb: 'ANY' };
      assertions(restApi([get('/pets'), options('/pets'), any])).assertAllowed({
        origin: APP,
        path: '/pets',
        method: 'PUT',
      });
    });

    test('is none where the $default route of an HTTP API takes it', () => {
      const Api = {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: [APP] } },
      };
      const routeFor = (RouteKey: string) => ({
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: { ApiId: { Ref: 'Api' }, RouteKey },
      });
      const post = { origin: APP, path: '/pets', method: 'POST' };
      assertions({ Resources: { Api, Get: routeFor('GET /pets'), Rest: routeFor('$default') } }).assertAllowed(post);
      expect(() => assertions({ Resources: { Api, Get: routeFor('GET /pets') } }).assertAllowed(post)).toThrow(
        /The path has GET\.$/,
      );
    });
  });

  describe("about a response that is the gateway's own error", () => {
    const template = restApi([get('/pets', { integration: { IntegrationResponses: [] } })], {
      Errors: gatewayResponse('DEFAULT_5XX', ALLOW_APP),
    });
    const broken = CorsSimulator.fromTemplate(template);

    test('fails, although the page can read it, and says which error', () => {
      expect(broken.request({ origin: APP, path: '/pets' })).toMatchObject({
        outcome: 'BROKEN',
        rule: 'gateway-error',
      });
      expect(() => broken.assertAllowed({ origin: APP, path: '/pets' })).toThrow(
        /all that the page can read is API Gateway's own error API_CONFIGURATION_ERROR, 500 [\s\S]*no integration responses[\s\S]*gatewayError/,
      );
    });

    test('fails for a content type that the method does not take', () => {
      const integration = { PassthroughBehavior: 'NEVER' };
      const picky = restApi([put('/pets', { integration }), options('/pets')], {
        Errors: gatewayResponse('DEFAULT_4XX', ALLOW_APP),
      });
      const request = { origin: APP, path: '/pets', method: 'PUT' };
      const simulator = CorsSimulator.fromTemplate(picky);
      simulator.assertAllowed({ ...request, headers: { 'Content-Type': 'application/json' } });
      expect(() => simulator.assertAllowed({ ...request, headers: { 'Content-Type': 'text/csv' } })).toThrow(
        /own error UNSUPPORTED_MEDIA_TYPE/,
      );
    });

    test('passes where the error was asked for', () => {
      broken.assertAllowed({ origin: APP, path: '/pets', gatewayError: 'API_CONFIGURATION_ERROR' });
    });
  });
});
