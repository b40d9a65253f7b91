import { gatewayFor } from '../../src/verify/gateway/gateway-for';
import { readApis } from '../../src/verify/model/read-apis';
import { CorsSimulator } from '../../src/verify/simulator';
import { readTemplate } from '../../src/verify/template/cloudformation-template';
import { TemplateScope } from '../../src/verify/template/scope';
import { CORS, httpApi, JWT } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { ask } from '../support/templates';

const putRequest = { method: 'PUT', headers: { Authorization: 'Bearer x' } };

describe('where no route takes OPTIONS, API Gateway answers the preflight on its own', () => {
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

  test('with no CORS header at all where the method is not listed, though browsers would not look for it', () => {
    const onlyPut = { AllowOrigins: [APP], AllowMethods: ['PUT'], AllowHeaders: ['authorization'] };
    const verdict = ask(httpApi(onlyPut, { 'GET /pets': {} }), { headers: { Authorization: 'Bearer x' } });
    expect(verdict).toMatchObject({ rule: 'preflight-method', preflight: { status: 204, headers: {} } });
    expect(verdict.reason).toMatch(/AllowMethods has PUT, but not GET, and it then sends no CORS headers at all/);
  });

  test('without lists, as SAM writes `CorsConfiguration: true`, no preflight passes, and simple requests do', () => {
    const template = httpApi({ AllowOrigins: ['*'] }, { 'GET /pets': {}, 'POST /pets': {} });
    expect(ask(template).outcome).toBe('ALLOWED');
    const json = ask(template, { method: 'POST', headers: { 'Content-Type': 'application/json' } });
    expect(json).toMatchObject({ outcome: 'BLOCKED', preflight: { status: 204, headers: {} } });
  });

  test('with no header where one that is asked for is not listed; case does not matter', () => {
    const template = httpApi({ ...CORS, AllowHeaders: ['Authorization'] }, { 'PUT /pets': {} });
    expect(ask(template, putRequest).outcome).toBe('ALLOWED');
    const tenant = ask(template, { method: 'PUT', headers: { 'X-Tenant': '1' } });
    expect(tenant).toMatchObject({ rule: 'preflight-header', preflight: { status: 204, headers: {} } });
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

test('OPTIONS without an origin gets a bare 204', () => {
  const [api] = readApis([new TemplateScope(readTemplate(httpApi(CORS, { 'PUT /pets': {} })))]);
  const answer = gatewayFor(api).answer({ method: 'OPTIONS', path: '/pets', headers: {} });
  expect(answer).toMatchObject({ status: 204, headers: {}, unknown: undefined });
});

test('a full match goes before a greedy route with more literal parts', () => {
  const template = httpApi(CORS, { 'GET /a/{x}/{y}': {}, 'GET /a/b/{rest+}': JWT });
  expect(ask(template, { path: '/a/b/c' }).outcome).toBe('ALLOWED');
});

describe('headers that parameter mappings may not touch', () => {
  const mapped = (properties: object) => ask(httpApi(CORS, { 'GET /pets': {} }, {}, {}, properties));

  test.each([
    ['Access-Control-Allow-Origin', { ResponseParameters: mappingOf('overwrite:header.Access-Control-Allow-Origin') }],
    ['origin', { RequestParameters: { 'remove:header.origin': "''" } }],
    ['apigw-requestid', { ResponseParameters: mappingOf('append:header.apigw-requestid') }],
  ])('%s: the service refuses the integration', (name, properties) => {
    expect(mapped(properties)).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'deployment',
      reason: expect.stringContaining(`maps the header ${name}, which HTTP APIs reserve`),
    });
  });

  test('others, and values that come from them, are fine', () => {
    expect(mapped({ ResponseParameters: mappingOf('overwrite:header.X-Shop') }).outcome).toBe('ALLOWED');
    expect(mapped({ RequestParameters: { 'append:header.X-From': '$request.header.origin' } }).outcome).toBe('ALLOWED');
  });
});

function mappingOf(Destination: string): object {
  return { 200: { ResponseParameters: [{ Destination, Source: 'x' }] } };
}

test.each([
  [{ ...CORS, AllowMethods: 'PUT' }, 'AllowMethods in CorsConfiguration of Api is a text'],
  [true, 'CorsConfiguration of Api is true'],
])('a configuration of another shape cannot be deployed', (cors: any, reason) => {
  const verdict = ask(httpApi(cors, { 'PUT /pets': {} }), putRequest);
  expect(verdict).toMatchObject({ rule: 'deployment', reason: expect.stringContaining(reason) });
});

test('the property BasePath moves the paths of a document', () => {
  const integration = {
    type: 'http_proxy',
    httpMethod: 'GET',
    uri: 'https://backend.example.com',
    payloadFormatVersion: '1.0',
  };
  const paths = { '/pets': { get: { 'x-amazon-apigateway-integration': integration } } };
  const servers = [{ url: 'https://api.example.com/v1' }];
  const Body = { openapi: '3.0.1', servers, paths, 'x-amazon-apigateway-cors': { allowOrigins: [APP] } };
  const template = {
    Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body, BasePath: 'prepend' } } },
  };
  expect(ask(template, { path: '/v1/pets' }).outcome).toBe('ALLOWED');
  expect(ask(template, { path: '/pets' }).response?.status).toBe(404);
});

test('in a document a text in place of a list leaves the answers open', () => {
  const integration = {
    type: 'http_proxy',
    httpMethod: 'PUT',
    uri: 'https://backend.example.com',
    payloadFormatVersion: '1.0',
  };
  const paths = { '/pets': { put: { 'x-amazon-apigateway-integration': integration } } };
  const cors = { allowOrigins: [APP], allowMethods: 'PUT', allowHeaders: ['authorization'] };
  const Body = { openapi: '3.0.1', paths, 'x-amazon-apigateway-cors': cors };
  const template = { Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body } } } };
  expect(ask(template, putRequest)).toMatchObject({
    outcome: 'UNKNOWN',
    reason: expect.stringContaining('allowMethods of x-amazon-apigateway-cors is a text where a list belongs'),
  });
});

describe('a route that takes OPTIONS takes the preflight', () => {
  test('and whether the lists are compared there is not known', () => {
    const reading = { headers: { Authorization: 'Bearer x' } };
    const integration = { IntegrationUri: { 'Fn::GetAtt': ['Answers', 'Arn'] } };
    const template = httpApi({ ...CORS, AllowMethods: ['PUT'] }, { 'ANY /pets': {} }, {}, {}, integration);
    const ZipFile = 'exports.handler = async () => ({ statusCode: 204 });';
    template.Resources.Answers = { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile } } };
    expect(ask(template, reading)).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('AllowMethods and AllowHeaders where a route takes OPTIONS'),
    });
  });

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

describe('actual responses', () => {
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
    'Add "https://elsewhere.example" to AllowOrigins in CorsConfiguration of Api.',
  ],
  ['credentials', httpApi(CORS, { 'GET /pets': {} }), { credentials: true }, 'Set AllowCredentials: true'],
  [
    'a method',
    httpApi({ ...CORS, AllowMethods: ['GET'] }, { 'PUT /pets': {} }),
    { method: 'PUT' },
    'Add "PUT" to AllowMethods in CorsConfiguration of Api.',
  ],
  [
    'a header',
    httpApi(CORS, { 'GET /pets': {} }),
    { headers: { 'x-tenant': 'a' } },
    'Add "x-tenant" to AllowHeaders in CorsConfiguration of Api.',
  ],
  ['an authorizer', httpApi(CORS, { 'ANY /pets': JWT }), putRequest, 'or add a route OPTIONS without an authorizer'],
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
