import { CORS, httpApi, JWT } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { ask, get, options, PREFLIGHT, prefixed, put, restApi } from '../support/templates';

/** An import turns a document into resources, so the same API has the same answers whichever way it is written. */

const HEADERS = Object.fromEntries(Object.keys(PREFLIGHT).map((name) => [name, { schema: { type: 'string' } }]));
const MOCK = {
  type: 'mock',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: { default: { statusCode: '200', responseParameters: prefixed('method.response.header.', PREFLIGHT) } },
};
const OPEN = { responses: { 200: { headers: HEADERS } }, 'x-amazon-apigateway-integration': MOCK };

function restDocument(item: object, root: object = {}, others: Record<string, object> = {}): any {
  return restApi([], others, { Body: { openapi: '3.0.1', paths: { '/pets': item }, ...root } });
}

function httpDocument(item: object, root: object = {}): any {
  const Body = { openapi: '3.0.1', paths: { '/pets': item }, ...root };
  return { Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body } } } };
}

function schemes(guard: object): object {
  return { components: { securitySchemes: { guard } } };
}

describe('a JWT authorizer that names no source reads Authorization', () => {
  const scheme = { type: 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt' } };
  const integration = { type: 'aws_proxy', uri: 'arn' };
  const cors = { allowOrigins: [APP], allowHeaders: ['authorization'], allowMethods: ['GET'] };
  test.each([
    ['resources', httpApi(CORS, { 'GET /pets': JWT }, {}, { IdentitySource: undefined })],
    [
      'a document',
      httpDocument(
        { get: { security: [{ guard: [] }], 'x-amazon-apigateway-integration': integration } },
        { ...schemes(scheme), 'x-amazon-apigateway-cors': cors },
      ),
    ],
  ])('in %s', (_, template) => {
    expect(ask(template)).toMatchObject({ rule: 'gateway-error', response: { status: 401 } });
    expect(ask(template, { headers: { authorization: 'Bearer x' } }).outcome).toBe('ALLOWED');
  });
});

describe('signatures stand in Authorization, whatever the document calls it', () => {
  const scheme = { type: 'apiKey', in: 'header', name: 'X-Sig', 'x-amazon-apigateway-authtype': 'awsSigv4' };
  test.each([
    ['resources', restApi([get('/pets', { properties: { AuthorizationType: 'AWS_IAM' } }), options('/pets')])],
    ['a document', restDocument({ get: { ...OPEN, security: [{ guard: [] }] }, options: OPEN }, schemes(scheme))],
  ])('in %s', (_, template) => {
    expect(ask(template, { headers: { authorization: 'AWS4-HMAC-SHA256 x' } }).outcome).toBe('ALLOWED');
  });
});

describe('an authorizer of a type that API Gateway does not have may do anything', () => {
  const scheme = { type: 'apiKey', in: 'header', name: 'Authorization', 'x-amazon-apigateway-authorizer': {} };
  const guarded = { properties: { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' } } };
  const guard = { Guard: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: { Ref: 'Api' } } } };
  test.each([
    ['resources', restApi([put('/pets', guarded), options('/pets', guarded)], guard)],
    [
      'a document',
      restDocument({ put: OPEN, options: { ...OPEN, security: [{ guard: [] }] } }, schemes({ ...scheme, type: 'odd' })),
    ],
  ])('in %s', (_, template) => {
    expect(ask(template, { method: 'PUT' }).outcome).toBe('UNKNOWN');
  });
});

test('a way of asking for signatures that is not one of AWS’s may be anything', () => {
  const odd = { ...OPEN, 'x-amazon-apigateway-auth': { type: 'CUSTOM' } };
  expect(ask(restDocument({ put: OPEN, options: odd }), { method: 'PUT' }).outcome).toBe('UNKNOWN');
  const open = { ...OPEN, 'x-amazon-apigateway-auth': { type: 'none' } };
  expect(ask(restDocument({ put: OPEN, options: open }), { method: 'PUT' }).outcome).toBe('ALLOWED');
});

test('a parameter of an operation stands in for that of its path', () => {
  const tenant = (required: boolean) => [{ in: 'header', name: 'X-Tenant', required }];
  const checked = (ofPath: boolean, ofOperation: boolean) =>
    restDocument(
      { parameters: tenant(ofPath), get: { ...OPEN, parameters: tenant(ofOperation) } },
      {
        'x-amazon-apigateway-request-validator': 'all',
        'x-amazon-apigateway-request-validators': { all: { validateRequestParameters: true } },
      },
    );
  expect(ask(checked(true, false)).outcome).toBe('ALLOWED');
  expect(ask(checked(false, true)).response?.status).toBe(400);
});

test('where API keys come from holds for the methods beside the document, too', () => {
  const beside = restApi([get('/birds', { properties: { ApiKeyRequired: true } })]).Resources;
  const { Api: _, ...others } = beside;
  const root = { 'x-amazon-apigateway-api-key-source': 'AUTHORIZER' };
  expect(ask(restDocument({ get: OPEN }, root, others), { path: '/birds' }).outcome).toBe('UNKNOWN');
  expect(ask(restDocument({ get: OPEN }, {}, others), { path: '/birds' }).response?.status).toBe(403);
});

describe('a response that only the deployment brings', () => {
  const SSM = '{{resolve:ssm:/response}}';
  const integration = { ...MOCK, responses: { default: SSM } };
  test.each([
    ['of resources', restApi([get('/pets', { integration: { IntegrationResponses: [SSM] } })])],
    ['of a method', restApi([get('/pets', { properties: { MethodResponses: [SSM] } })])],
    ['of a document', restDocument({ get: { ...OPEN, 'x-amazon-apigateway-integration': integration } })],
    ['of an operation', restDocument({ get: { ...OPEN, responses: { 200: SSM } } })],
  ])('makes the answer open: %s', (_, template) => {
    expect(ask(template).outcome).toBe('UNKNOWN');
  });
});

test('what a macro may still mend is not a fault', () => {
  const undeclared = restApi([get('/pets', { properties: { MethodResponses: [] } })]);
  expect(ask(undeclared)).toMatchObject({ outcome: 'BLOCKED', rule: 'deployment' });
  expect(ask({ ...undeclared, Transform: 'House' })).toMatchObject({
    outcome: 'UNKNOWN',
    reason: expect.stringContaining('House'),
  });
});

test('the names of a document’s CORS settings are not those of CloudFormation', () => {
  const settings = { allowOrigins: [APP], allowMethods: ['GET'] };
  expect(ask(httpApi(settings, { 'GET /pets': {} }))).toMatchObject({
    rule: 'deployment',
    reason: expect.stringContaining('write AllowOrigins'),
  });
});
