import { ADMIN, APP } from '../../support/pages';
import type { Case } from '../trial';

const INTEGRATION = 'x-amazon-apigateway-integration';
const ERRORS = 'x-amazon-apigateway-gateway-responses';
const RESPONSES: Record<string, string> = {
  'Access-Control-Allow-Origin': `'${APP}'`,
  'Access-Control-Allow-Methods': "'PUT'",
};

/** [version, how it declares a header] */
const VERSIONS: [object, object][] = [
  [{ swagger: '2.0' }, { type: 'string' }],
  [{ openapi: '3.0.1' }, { schema: { type: 'string' } }],
];

const request = { origin: APP, path: '/pets', method: 'PUT' };

export const openApi: Case[] = VERSIONS.flatMap(([version, declaration]) => {
  const mock = (values = RESPONSES) => ({
    responses: {
      '200': { description: '', headers: Object.fromEntries(Object.keys(values).map((name) => [name, declaration])) },
    },
    [INTEGRATION]: {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: '200', responseParameters: parameters('method.response', values) } },
    },
  });
  const proxy = {
    responses: {},
    [INTEGRATION]: { type: 'http_proxy', httpMethod: 'GET', uri: 'https://backend.example.com/' },
  };
  const secured = { security: [{ sigv4: [] }] };
  const sigv4 = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
  const schemes =
    'swagger' in version ? { securityDefinitions: { sigv4 } } : { components: { securitySchemes: { sigv4 } } };
  const api = (paths: object, more: object = {}) => ({
    Resources: {
      Api: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: { Body: { ...version, ...schemes, info: { title: 'pets', version: '1' }, paths, ...more } },
      },
    },
  });
  const errors = { [ERRORS]: { DEFAULT_4XX: { responseParameters: parameters('gatewayresponse', RESPONSES) } } };
  return [
    { why: 'an OPTIONS operation', template: api({ '/pets': { put: mock(), options: mock() } }), request, rule: 'ok' },
    {
      why: 'another page',
      template: api({ '/pets': { put: mock(), options: mock() } }),
      request: { ...request, origin: ADMIN },
      rule: 'preflight-origin',
    },
    { why: 'no OPTIONS operation', template: api({ '/pets': { put: mock() } }), request, rule: 'preflight-answer' },
    {
      why: 'an OPTIONS operation without headers',
      template: api({ '/pets': { put: mock(), options: mock({}) } }),
      request,
      rule: 'preflight-origin',
    },
    {
      why: 'a response without headers',
      template: api({ '/pets': { put: mock({}), options: mock() } }),
      request,
      rule: 'response-origin',
    },
    { why: 'a proxy', template: api({ '/pets': { put: proxy, options: mock() } }), request, rule: 'backend' },
    {
      why: 'any method',
      template: api({ '/pets': { 'x-amazon-apigateway-any-method': mock() } }),
      request,
      rule: 'ok',
    },
    { why: 'a variable', template: api({ '/{kind}': { put: mock(), options: mock() } }), request, rule: 'ok' },
    {
      why: 'a greedy OPTIONS',
      template: api({ '/pets': { put: mock() }, '/{proxy+}': { options: mock() } }),
      request,
      rule: 'ok',
    },
    {
      why: 'a signed OPTIONS',
      template: api({ '/pets': { put: mock(), options: { ...mock(), ...secured } } }),
      request,
      rule: 'preflight-answer',
    },
    {
      why: 'everything signed',
      template: api({ '/pets': { put: { ...mock(), ...secured }, options: { ...mock(), ...secured } } }),
      request,
      rule: 'preflight-answer',
    },
    {
      why: 'everything signed but OPTIONS',
      template: api({ '/pets': { put: { ...mock(), ...secured }, options: { ...mock(), security: [] } } }),
      request,
      rule: 'response-origin',
    },
    {
      why: 'a readable error',
      template: api({ '/pets': { get: mock() } }, errors),
      request: { origin: APP, path: '/cats' },
      rule: 'gateway-error',
    },
    {
      why: 'an unreadable error',
      template: api({ '/pets': { get: mock() } }),
      request: { origin: APP, path: '/cats' },
      rule: 'response-origin',
    },
  ];
});

function parameters(place: string, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${place}.header.${name}`, value]));
}
