import { APP } from '../support/pages';
import { ask, gatewayResponse } from '../support/templates';

/** What an import into a REST API makes of its document, and what nobody has established about it. */

const MOCK = {
  type: 'mock',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: {
    default: {
      statusCode: '200',
      responseParameters: { 'method.response.header.Access-Control-Allow-Origin': `'${APP}'` },
    },
  },
};
const ALLOWED = { description: 'ok', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } };

function documentOf(operation: object, root: object = {}, properties: object = {}, others: object = {}): any {
  const get = { responses: { 200: ALLOWED }, 'x-amazon-apigateway-integration': MOCK, ...operation };
  const body = { openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths: { '/pets': { get } }, ...root };
  return {
    Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: body, ...properties } }, ...others },
  };
}

test('a response that is a reference may lose its headers', () => {
  const components = { responses: { Pets: ALLOWED } };
  const template = documentOf({ responses: { 200: { $ref: '#/components/responses/Pets' } } }, { components });
  expect(ask(template)).toMatchObject({
    outcome: 'UNKNOWN',
    reason: expect.stringContaining('the response 200 is a $ref'),
  });
});

test('a referenced response of another status, or behind a proxy, does not matter', () => {
  const components = { responses: { Gone: { description: 'gone' }, Pets: ALLOWED } };
  const other = { responses: { 200: ALLOWED, 410: { $ref: '#/components/responses/Gone' } } };
  expect(ask(documentOf(other, { components })).outcome).toBe('ALLOWED');
  const proxy = {
    responses: { 200: { $ref: '#/components/responses/Pets' } },
    'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'GET', uri: 'https://backend.example.com' },
  };
  expect(ask(documentOf(proxy, { components })).outcome).toBe('DEPENDS_ON_BACKEND');
});

test('an integration that is a reference is for HTTP APIs only', () => {
  const components = { 'x-amazon-apigateway-integrations': { Shared: MOCK } };
  const template = documentOf(
    { 'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/Shared' } },
    { components },
  );
  expect(ask(template)).toMatchObject({
    outcome: 'UNKNOWN',
    reason: expect.stringContaining('the integration is a $ref'),
  });
});

const KEYS = { Key: { type: 'apiKey', name: 'x-api-key', in: 'header' } };
const TOKENS = {
  Tokens: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: 'arn' },
  },
};

describe.each([
  ['an authorizer', 'Tokens', TOKENS],
  ['a key', 'Key', KEYS],
])('%s at the root of the document', (_, name, securitySchemes) => {
  const options = { responses: { 200: ALLOWED }, 'x-amazon-apigateway-integration': MOCK };
  const rooted = (operation: object): any =>
    documentOf(
      {},
      {
        components: { securitySchemes },
        security: [{ [name]: [] }],
        paths: { '/pets': { put: options, options: operation } },
      },
    );

  test('may or may not close the preflight', () => {
    expect(ask(rooted(options), { method: 'PUT' })).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('security at the root of a document'),
    });
  });

  test('does not where the operation says otherwise', () => {
    const verdict = ask(rooted({ ...options, security: [] }), { method: 'PUT' });
    expect(verdict).toMatchObject({ outcome: 'BLOCKED', rule: 'preflight-method' }); // no Allow-Methods, but an answer
  });
});

test.each([
  ['prepend', { servers: [{ url: 'https://api.example.com/v1/shop/' }] }, '/v1/shop/pets'],
  ['split', { servers: [{ url: 'https://api.example.com/v1/shop/' }] }, '/shop/pets'],
  ['ignore', { servers: [{ url: 'https://api.example.com/v1/shop/' }] }, '/pets'],
  [
    'prepend',
    { servers: [{ url: 'https://api.example.com/{base}', variables: { base: { default: '/v1' } } }] },
    '/v1/pets',
  ],
  ['prepend', { openapi: undefined, swagger: '2.0', basePath: '/v1' }, '/v1/pets'],
])('the parameter basepath %s moves the paths to %j', (basepath, root, path) => {
  const template = documentOf({}, root, { Parameters: { basepath } });
  expect(ask(template, { path }).outcome).toBe('ALLOWED');
  expect(ask(template, { path: '/elsewhere/pets' }).outcome).toBe('BLOCKED');
});

test('gateway responses beside a document are lost at its next import', () => {
  const headers = { 'Access-Control-Allow-Origin': "'*'" };
  const beside = documentOf({}, {}, {}, { Refusals: gatewayResponse('UNAUTHORIZED', headers) });
  const verdict = ask(beside, { gatewayError: 'UNAUTHORIZED' });
  expect(verdict).toMatchObject({
    outcome: 'UNKNOWN',
    reason: expect.stringContaining('the next import of a changed Body'),
  });
  const responseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" };
  const inside = documentOf({}, { 'x-amazon-apigateway-gateway-responses': { UNAUTHORIZED: { responseParameters } } });
  expect(ask(inside, { gatewayError: 'UNAUTHORIZED' }).outcome).toBe('ALLOWED');
});

test('the switches of a validator may be texts', () => {
  const parameters = [{ name: 'x-tenant', in: 'header', required: true }];
  const validatedBy = (on: unknown) =>
    documentOf(
      { parameters, 'x-amazon-apigateway-request-validator': 'check' },
      { 'x-amazon-apigateway-request-validators': { check: { validateRequestParameters: on } } },
    );
  expect(ask(validatedBy('false')).outcome).toBe('ALLOWED');
  expect(ask(validatedBy('true')).response?.status).toBe(400);
});
