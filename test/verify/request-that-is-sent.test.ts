import { CorsSimulator } from '../../src/verify/simulator';
import { CORS, httpApi, JWT } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { ask, gatewayResponse, get, options, PREFLIGHT, put, restApi } from '../support/templates';

const ANYONE = { 'Access-Control-Allow-Origin': "'*'" };
const READABLE = { Errors: gatewayResponse('DEFAULT_4XX', ANYONE) };
const authorizer = (properties: object) => ({
  Guard: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: { RestApiId: { Ref: 'Api' }, Name: 'guard', ...properties },
  },
});
const guarded = (AuthorizationType: string) => ({ AuthorizationType, AuthorizerId: { Ref: 'Guard' } });
const PAGE = {
  ...PREFLIGHT,
  'Access-Control-Allow-Headers': "'content-type,authorization,x-api-key,x-shop,x-tenant'",
};
const pets = (properties: object, others: Record<string, object> = {}, api: object = {}) =>
  restApi([get('/pets', { properties }), options('/pets', { headers: PAGE })], others, api);

const validator = {
  Check: {
    Type: 'AWS::ApiGateway::RequestValidator',
    Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestParameters: true },
  },
};
const wants = (name: string) => ({
  RequestValidatorId: { Ref: 'Check' },
  RequestParameters: { [`method.request.${name}`]: true },
});

describe('a request without what its route asks for gets the refusal of the gateway', () => {
  test.each<[string, any, number, string]>([
    ['a token', pets(guarded('CUSTOM'), authorizer({ Type: 'TOKEN' })), 401, 'authorization'],
    ['a token of a user pool', pets(guarded('COGNITO_USER_POOLS'), authorizer({})), 401, 'authorization'],
    ['a signature', pets({ AuthorizationType: 'AWS_IAM' }), 403, 'authorization'],
    ['an API key', pets({ ApiKeyRequired: true }), 403, 'x-api-key'],
    ['a header of a validator', pets(wants('header.X-Tenant'), validator), 400, 'x-tenant'],
    [
      'one of two headers of an authorizer',
      pets(guarded('CUSTOM'), authorizer({ Type: 'REQUEST', IdentitySource: 'method.request.header.X-Shop' })),
      401,
      'x-shop',
    ],
  ])('%s', (_, template, status, header) => {
    const closed = ask(template);
    expect(closed).toMatchObject({ outcome: 'BLOCKED', rule: 'response-origin', response: { status } });
    expect(closed.fix).toContain(`'${header}': '…'`);
    expect(closed.explanation).toContain(`headers: { '${header}': '…' }`);
    expect(ask(template, { headers: { [header]: 'some' } }).outcome).toBe('ALLOWED');
  });

  test('a query parameter', () => {
    const template = pets(wants('querystring.page'), validator);
    expect(ask(template)).toMatchObject({ outcome: 'BLOCKED', fix: expect.stringContaining('?page=…') });
    expect(ask(template, { path: '/pets?page=1' }).outcome).toBe('ALLOWED');
  });

  test('the token of an HTTP API, whose 401 its CORS configuration lets pages read', () => {
    const template = httpApi(CORS, { 'GET /pets': JWT });
    expect(ask(template)).toMatchObject({
      outcome: 'BROKEN',
      rule: 'gateway-error',
      reason: expect.stringContaining('401'),
      fix: expect.stringContaining("'authorization': '…'"),
    });
    expect(ask(template, { headers: { authorization: 'Bearer t' } }).outcome).toBe('ALLOWED');
  });

  test('is BROKEN where the page can read it, and what is asked for with gatewayError is not', () => {
    const template = pets(guarded('COGNITO_USER_POOLS'), { ...authorizer({}), ...READABLE });
    expect(ask(template)).toMatchObject({ outcome: 'BROKEN', rule: 'gateway-error' });
    expect(ask(template, { gatewayError: 'UNAUTHORIZED' })).toMatchObject({ outcome: 'ALLOWED', rule: 'ok' });
    const simulator = CorsSimulator.fromTemplate(template);
    expect(() => simulator.assertAllowed({ origin: APP, path: '/pets' })).toThrow(
      /UNAUTHORIZED, 401[\s\S]*authorization/,
    );
    expect(() => simulator.assertBlocked({ origin: APP, path: '/pets' })).toThrow(/BROKEN/);
  });

  test('but for a key that the authorizer gives', () => {
    const template = pets({ ...guarded('CUSTOM'), ApiKeyRequired: true }, authorizer({ Type: 'TOKEN' }), {
      ApiKeySourceType: 'AUTHORIZER',
    });
    expect(ask(template, { headers: { authorization: 'Bearer t' } }).outcome).toBe('ALLOWED');
  });

  test('but for a signature in its URL', () => {
    expect(ask(pets({ AuthorizationType: 'AWS_IAM' }), { path: '/pets?X-Amz-Signature=abc' }).outcome).toBe('ALLOWED');
  });

  test('but for a cookie, which comes along with credentials', () => {
    const cookie = authorizer({ Type: 'REQUEST', IdentitySource: 'method.request.header.Cookie' });
    const headers = {
      ...ANYONE,
      'Access-Control-Allow-Origin': `'${APP}'`,
      'Access-Control-Allow-Credentials': "'true'",
    };
    const template = restApi([get('/pets', { properties: guarded('CUSTOM'), headers })], cookie);
    expect(ask(template).outcome).toBe('BLOCKED');
    expect(ask(template, { credentials: true }).outcome).toBe('ALLOWED');
  });

  test('and is unknown where the template does not show what the authorizer reads', () => {
    const template = pets({ AuthorizationType: 'CUSTOM', AuthorizerId: 'made-elsewhere' });
    expect(ask(template).outcome).toBe('UNKNOWN');
    expect(ask(template, { headers: { authorization: 'Bearer t' } }).outcome).toBe('ALLOWED');
  });
});

describe('what a backend sends', () => {
  const proxy = (verb: 'GET' | 'ANY') =>
    restApi([{ verb, path: '/pets', properties: { Integration: { Type: 'AWS_PROXY' }, MethodResponses: [] } }]);
  const LETS_IN = { 'Access-Control-Allow-Origin': APP, 'Access-Control-Allow-Methods': 'PUT' };

  test('decides once it is told', () => {
    expect(ask(proxy('GET')).outcome).toBe('DEPENDS_ON_BACKEND');
    expect(ask(proxy('GET'), { backendHeaders: LETS_IN })).toMatchObject({
      outcome: 'ALLOWED',
      response: { status: 200 },
    });
    expect(ask(proxy('GET'), { backendHeaders: {} })).toMatchObject({ outcome: 'BLOCKED', rule: 'response-origin' });
    expect(ask(proxy('GET'), { backendHeaders: LETS_IN, backendStatus: 404 }).response?.status).toBe(404);
  });

  test('is what preflights get, too, where they reach it', () => {
    expect(ask(proxy('ANY'), { method: 'PUT', backendHeaders: LETS_IN }).outcome).toBe('ALLOWED');
    expect(ask(proxy('ANY'), { method: 'PATCH', backendHeaders: LETS_IN }).rule).toBe('preflight-method');
  });

  test('of CORS is replaced where an HTTP API has a configuration', () => {
    const template = httpApi(CORS, { 'GET /pets': {} });
    const stranger = { 'Access-Control-Allow-Origin': 'https://elsewhere.example', 'Content-Type': 'text/csv' };
    const verdict = ask(template, { backendHeaders: stranger });
    expect(verdict).toMatchObject({ outcome: 'ALLOWED', readableHeaders: expect.arrayContaining(['content-type']) });
    expect(ask(httpApi(undefined, { 'GET /pets': {} }), { backendHeaders: stranger }).rule).toBe('response-origin');
  });

  test('is what a mapping of a non-proxy integration takes over', () => {
    const mapped = { 'Access-Control-Allow-Origin': 'integration.response.header.access-control-allow-origin' };
    const template = restApi([get('/pets', { headers: mapped, integration: { Type: 'HTTP' } })]);
    expect(ask(template).outcome).toBe('DEPENDS_ON_BACKEND');
    expect(ask(template, { backendHeaders: LETS_IN }).outcome).toBe('ALLOWED');
  });
});

describe('the headers that a script can read', () => {
  const headers = (expose: string, more = {}) => ({
    ...ANYONE,
    'Access-Control-Expose-Headers': `'${expose}'`,
    ...more,
  });

  test('are those that are exposed, and the safelisted ones that are there', () => {
    const template = restApi([
      get('/pets', { headers: headers('X-Total', { 'Cache-Control': "'no-store'", 'X-Own': "'1'" }) }),
    ]);
    expect(ask(template).readableHeaders).toEqual(['cache-control', 'x-total']);
  });

  test('are all that are there for *, but not with credentials', () => {
    const open = { ...headers('*', { 'X-Own': "'1'" }), 'Access-Control-Allow-Origin': `'${APP}'` };
    const template = restApi([get('/pets', { headers: { ...open, 'Access-Control-Allow-Credentials': "'true'" } })]);
    expect(ask(template).readableHeaders).toContain('x-own');
    expect(ask(template, { credentials: true }).readableHeaders).not.toContain('x-own');
  });

  test('are never those that set cookies, and none where the response is blocked', () => {
    const template = restApi([get('/pets', { headers: headers('Set-Cookie') })]);
    expect(ask(template).readableHeaders).toEqual([]);
    expect(ask(restApi([put('/pets')]), { method: 'PUT' }).readableHeaders).toBeUndefined();
  });
});
