import { CorsSimulator } from '../../src/verify/simulator';
import { APP, ask } from './gateway';
import { CORS, httpApi, JWT } from './http-apis';

const putRequest = { method: 'PUT', headers: { Authorization: 'Bearer x' } };

describe('where no route takes OPTIONS, API Gateway answers the preflight by itself', () => {
  test('with 204, for an allowed origin', () => {
    expect(ask(httpApi(CORS, { 'PUT /pets': JWT }), putRequest)).toMatchObject({
      outcome: 'ALLOWED',
      preflight: {
        status: 204,
        headers: {
          'access-control-allow-origin': APP,
          'access-control-allow-methods': 'GET,PUT',
          'access-control-max-age': '600',
        },
      },
      response: { headers: { 'access-control-allow-origin': APP } },
    });
  });

  test('without a word for any other origin', () => {
    const result = ask(httpApi(CORS, { 'PUT /pets': JWT }), { ...putRequest, origin: 'https://other.example.com' });
    expect(result).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'preflight-origin',
      preflight: { status: 204, headers: {} },
    });
  });

  test('and lists what it allows', () => {
    const template = httpApi(CORS, { 'DELETE /pets': {}, 'PUT /pets': {} });
    expect(ask(template, { method: 'DELETE' }).rule).toBe('preflight-method');
    expect(ask(template, { method: 'PUT', headers: { 'X-Tenant': '1' } }).rule).toBe('preflight-header');
  });

  test('also for https://*, with the origin itself', () => {
    const template = httpApi({ ...CORS, AllowOrigins: ['https://*'] }, { 'PUT /pets': {} });
    expect(ask(template, putRequest).preflight?.headers['access-control-allow-origin']).toBe(APP);
    expect(ask(template, { ...putRequest, origin: 'http://localhost:3000' }).rule).toBe('preflight-origin');
  });

  test('but not without a CORS configuration', () => {
    expect(ask(httpApi(undefined, { 'PUT /pets': {} }), putRequest)).toMatchObject({
      rule: 'preflight-answer',
      preflight: { status: 404 },
    });
  });
});

describe('a route that takes OPTIONS takes the preflight', () => {
  test.each(['$default', 'ANY /pets', 'OPTIONS /pets', 'OPTIONS /{proxy+}', 'ANY /{any}'])(
    '%s: the status is its backend’s',
    (key) => {
      expect(ask(httpApi(CORS, { 'PUT /pets': JWT, [key]: {} }), putRequest)).toMatchObject({
        outcome: 'DEPENDS_ON_BACKEND',
        rule: 'backend',
      });
    },
  );

  test('but its headers are the gateway’s, so an origin that is not allowed is blocked whatever the backend does', () => {
    const template = httpApi(CORS, { 'ANY /pets': {} });
    expect(ask(template, { ...putRequest, origin: 'https://other.example.com' })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'preflight-origin',
    });
  });

  test.each(['$default', 'ANY /pets'])('%s behind an authorizer: the preflight gets 401', (key) => {
    const result = ask(httpApi(CORS, { [key]: JWT }), putRequest);
    expect(result).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'preflight-answer',
      preflight: { status: 401, headers: { 'access-control-allow-origin': APP } },
    });
    expect(result.reason).toMatch(/Jwt/);
  });

  test('an open OPTIONS /{proxy+} relieves $default, though not at the root', () => {
    const template = httpApi(CORS, { $default: JWT, 'OPTIONS /{proxy+}': {} });
    expect(ask(template, putRequest).outcome).toBe('DEPENDS_ON_BACKEND');
    expect(ask(template, { ...putRequest, path: '/' })).toMatchObject({
      rule: 'preflight-answer',
      preflight: { status: 401 },
    });
  });

  test('ANY on a path comes before a greedy OPTIONS', () => {
    expect(ask(httpApi(CORS, { 'ANY /pets': JWT, 'OPTIONS /{proxy+}': {} }), putRequest).preflight?.status).toBe(401);
  });

  test('an IAM authorizer answers 403', () => {
    expect(ask(httpApi(CORS, { $default: { AuthorizationType: 'AWS_IAM' } }), putRequest).preflight?.status).toBe(403);
  });
});

describe('real responses', () => {
  test('carry the gateway’s headers, whatever the backend sends', () => {
    expect(ask(httpApi(CORS, { 'GET /pets': {} })).outcome).toBe('ALLOWED');
    expect(ask(httpApi(CORS, { 'GET /pets': {} }), { origin: 'https://other.example.com' }).rule).toBe(
      'response-origin',
    );
  });

  test('are the backend’s alone without a CORS configuration', () => {
    expect(ask(httpApi(undefined, { 'GET /pets': {} })).outcome).toBe('DEPENDS_ON_BACKEND');
  });

  test('with credentials need AllowCredentials', () => {
    const template = (AllowCredentials: boolean) => httpApi({ ...CORS, AllowCredentials }, { 'GET /pets': {} });
    expect(ask(template(false), { credentials: true }).rule).toBe('response-credentials');
    expect(ask(template(true), { credentials: true }).outcome).toBe('ALLOWED');
  });

  test('of the gateway’s own 401 and 403 are readable for an allowed origin', () => {
    expect(ask(httpApi(CORS, { 'GET /pets': JWT }), { gatewayError: 'UNAUTHORIZED' })).toMatchObject({
      outcome: 'ALLOWED',
      response: { status: 401 },
    });
  });

  test('of its 429 nobody knows', () => {
    expect(ask(httpApi(CORS, { 'GET /pets': {} }), { gatewayError: 'THROTTLED' }).outcome).toBe('UNKNOWN');
    expect(ask(httpApi(undefined, { 'GET /pets': {} }), { gatewayError: 'THROTTLED' }).rule).toBe('response-origin');
  });

  test.each(['GET', 'OPTIONS'])('of its 404 to %s nobody knows either', (method) => {
    const cors = { ...CORS, AllowMethods: ['GET', 'OPTIONS'] };
    expect(ask(httpApi(cors, { 'GET /pets': {} }), { path: '/cats', method })).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringMatching(`no route matches ${method} /cats`),
    });
    expect(ask(httpApi(undefined, { 'GET /pets': {} }), { path: '/cats', method }).outcome).toBe('BLOCKED');
  });

  test.each(['constructor', 'toString', '__proto__', 'NONSENSE'])('of an error %s there are none', (gatewayError) => {
    expect(() => ask(httpApi(CORS, { 'GET /pets': {} }), { gatewayError })).toThrow(
      `HTTP APIs have no gateway error ${gatewayError}`,
    );
  });
});

describe('a * among methods or headers', () => {
  const wild = { ...CORS, AllowMethods: ['*'], AllowHeaders: ['*'] };

  test('covers a request without credentials, sent as it is or expanded', () => {
    expect(ask(httpApi(wild, { 'PUT /pets': {} }), putRequest).outcome).toBe('ALLOWED');
  });

  test('is a question with credentials', () => {
    const template = httpApi({ ...wild, AllowCredentials: true }, { 'PUT /pets': {} });
    expect(ask(template, { ...putRequest, credentials: true }).outcome).toBe('UNKNOWN');
  });
});

test.each<[string, any, object, string]>([
  [
    'an origin',
    httpApi(CORS, { 'GET /pets': {} }),
    { origin: 'https://elsewhere.example' },
    'List the origin in AllowOrigins',
  ],
  ['credentials', httpApi(CORS, { 'GET /pets': {} }), { credentials: true }, 'Set AllowCredentials: true'],
  [
    'a method',
    httpApi({ ...CORS, AllowMethods: ['GET'] }, { 'PUT /pets': {} }),
    { method: 'PUT' },
    'List the method in AllowMethods',
  ],
  ['a header', httpApi(CORS, { 'GET /pets': {} }), { headers: { 'x-tenant': 'a' } }, 'List the header in AllowHeaders'],
  [
    'an authorizer',
    httpApi(CORS, { 'ANY /pets': JWT }),
    putRequest,
    'Or put an OPTIONS route without an authorizer beside them',
  ],
  ['a backend', httpApi(CORS, { 'ANY /pets': {} }), putRequest, 'Or let API Gateway answer'],
])('what to change is said in the terms of HTTP APIs: %s', (_, template, request, change) => {
  const assert = () => CorsSimulator.fromTemplate(template).assertAllowed({ origin: APP, path: '/pets', ...request });
  expect(assert).toThrow(change);
});

describe('what the service refuses', () => {
  test.each([
    ['a subdomain wildcard', { AllowOrigins: ['https://*.example.com'] }, /exact http\(s\) origins/],
    ['another scheme', { AllowOrigins: ['capacitor://localhost'] }, /exact http\(s\) origins/],
    ['credentials for every origin', { AllowOrigins: ['*'], AllowCredentials: true }, /AllowCredentials together/],
    ['a MaxAge beyond a day', { AllowOrigins: [APP], MaxAge: 86_401 }, /MaxAge 86401/],
  ])('%s', (_, cors, reason) => {
    expect(ask(httpApi(cors, { 'GET /pets': {} }))).toMatchObject({
      rule: 'deployment',
      reason: expect.stringMatching(reason),
    });
  });

  test('scopes without an authorizer', () => {
    expect(ask(httpApi(CORS, { 'GET /pets': { AuthorizationScopes: ['read'] } })).rule).toBe('deployment');
  });

  test('a route without a key', () => {
    expect(ask(httpApi(CORS, { 'GET /pets': {}, keyless: { RouteKey: undefined } }))).toMatchObject({
      rule: 'deployment',
      reason: expect.stringMatching(/Route1 has no RouteKey/),
    });
  });

  test('CorsConfiguration beside a Body', () => {
    expect(ask(httpApi(CORS, {}, { Body: { openapi: '3.0.1', paths: {} } })).rule).toBe('deployment');
  });

  test('one route key twice', () => {
    const template = httpApi(CORS, { 'GET /pets': {} });
    template.Resources.Twin = template.Resources.Route0;
    expect(ask(template)).toMatchObject({ rule: 'deployment', reason: expect.stringMatching(/Route0 and by Twin/) });
  });
});

test('an OpenAPI document brings routes, authorizers and CORS', () => {
  const body = {
    openapi: '3.0.1',
    'x-amazon-apigateway-cors': { allowOrigins: [APP], allowMethods: ['PUT'], allowHeaders: ['authorization'] },
    components: {
      securitySchemes: {
        jwt: {
          type: 'oauth2',
          'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: '$request.header.Authorization' },
        },
      },
    },
    paths: {
      '/pets': { put: { security: [{ jwt: [] }], 'x-amazon-apigateway-integration': { type: 'aws_proxy' } } },
      '/cats': {
        'x-amazon-apigateway-any-method': {
          security: [{ jwt: [] }],
          'x-amazon-apigateway-integration': { type: 'aws_proxy' },
        },
      },
      '/$default': { 'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': { type: 'aws_proxy' } } },
    },
  };
  const template = httpApi(undefined, {}, { Body: body });
  expect(ask(template, putRequest).outcome).toBe('DEPENDS_ON_BACKEND');
  expect(ask(template, { ...putRequest, path: '/cats' })).toMatchObject({
    rule: 'preflight-answer',
    preflight: { status: 401 },
  });
  delete (body.paths as any)['/$default'];
  expect(ask(template, putRequest).outcome).toBe('ALLOWED');
});

test('a WebSocket API is none that a page makes CORS requests to', () => {
  const template = {
    Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'WEBSOCKET' } } },
  };
  expect(() => CorsSimulator.fromTemplate(template)).toThrow(/no REST or HTTP API/);
});
