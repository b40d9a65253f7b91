import { CorsOutcome } from '../../../src/verify/verdict';
import { APP } from '../../support/pages';
import { ask, get, options, put, restApi } from '../../support/templates';

/** Why a preflight gets no 2xx, or a page nothing but an error: each has its own advice. */

const PUT = { method: 'PUT', headers: { 'content-type': 'application/json' } };

function preflight(integration: object, more: object = {}) {
  return restApi([options('/pets', { integration, ...more }), put('/pets')]);
}

const EVERYBODY = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
const NO_OPTIONS = { ...EVERYBODY, Effect: 'Deny', Resource: 'execute-api:/*/OPTIONS/*' };
const POLICY = { Policy: { Version: '2012-10-17', Statement: [EVERYBODY, NO_OPTIONS] } };

test.each<[string, any, RegExp]>([
  [
    'a mock that names no status',
    preflight({ RequestTemplates: { 'application/json': '{}' } }),
    /^Repair the integration of OPTIONSXpets: its mock integration names no statusCode/,
  ],
  [
    'a mock without a template for its type',
    preflight({ RequestTemplates: { 'text/plain': '{"statusCode": 200}' }, PassthroughBehavior: 'NEVER' }),
    /^Let the OPTIONS method take a request without a Content-Type/,
  ],
  [
    'a redirect',
    preflight({ IntegrationResponses: [{ StatusCode: '301' }] }, { status: '301', headers: {} }),
    /instead of the redirect 301/,
  ],
  [
    'another status',
    preflight({}, { status: '404' }),
    /^Answer OPTIONS with 204 \(or another status from 200 to 299\) instead of 404/,
  ],
  [
    'a resource policy',
    restApi([options('/pets'), put('/pets')], {}, POLICY),
    /^Let the resource policy of the API allow execute-api:Invoke for OPTIONS/,
  ],
  [
    'a validator',
    preflight(
      {},
      {
        properties: {
          RequestParameters: { 'method.request.header.X-Tenant': true },
          RequestValidatorId: { Ref: 'Validator' },
        },
      },
    ),
    /take the validator and its required parameters off it/,
  ],
])('of the preflight: %s', (_, template, says) => {
  const Validator = {
    Type: 'AWS::ApiGateway::RequestValidator',
    Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestParameters: true },
  };
  const { rule, fix } = ask({ Resources: { ...template.Resources, Validator } }, PUT);
  expect(rule).toBe('preflight-answer');
  expect(fix).toMatch(says);
});

test('a path that nothing takes is the fault of the page, or of the API', () => {
  const { fix } = ask(restApi([get('/pets')]), { path: '/cats' });
  expect(fix).toBe('Correct the path or the method in the page, or add the route: nothing in the API takes GET /cats.');
});

test('an error of the gateway comes before the headers that it lacks', () => {
  const broken = restApi([get('/pets', { integration: { RequestTemplates: { 'application/json': '{}' } } })]);
  const { outcome, rule, fix } = ask(broken);
  expect([outcome, rule]).toEqual([CorsOutcome.BLOCKED, 'response-origin']);
  expect(fix).toMatch(/^Repair the integration of GETXpets/);
});

test('what the backend sends is changed at the backend', () => {
  const template = restApi([get('/pets', { integration: { Type: 'HTTP_PROXY', Uri: 'https://pets.example.com' } })]);
  const { fix } = ask(template, { backendHeaders: { 'Access-Control-Allow-Origin': 'https://other.example' } });
  expect(fix).toBe(`Let the backend of GETXpets send Access-Control-Allow-Origin: ${APP}.`);
});

test('a header that arrives twice is taken out of one place', () => {
  const template = restApi([get('/pets', { integration: { Type: 'HTTP_PROXY', Uri: 'https://pets.example.com' } })]);
  const { fix } = ask(template, { backendHeaders: { 'Access-Control-Allow-Origin': `${APP}, ${APP}` } });
  expect(fix).toMatch(/^Send Access-Control-Allow-Origin once/);
});

test('in SAM, the answer to preflights is the Cors property', () => {
  const signed = { SamResourceId: 'Api' };
  const template = restApi([options('/pets', { headers: {} }), put('/pets')]);
  template.Resources.Api.Metadata = signed;
  expect(ask(template, PUT).fix).toBe(
    `Set AllowOrigin: "'${APP}'" in the Cors property of the AWS::Serverless::Api (Api).`,
  );
});

test.each([
  ['*', `a static value stands in single quotes, "'*'".`],
  ['"*"', `a static value stands in single quotes, "'*'", in place of the other quotes.`],
])('a value in the wrong quotes is written as it has to be: %s', (value, remedy) => {
  const { rule, fix } = ask(restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': value } })]));
  expect(rule).toBe('deployment');
  expect(fix).toBe(`Repair the template, which CloudFormation cannot deploy: ${remedy}`);
});

test('a text where a list belongs is written as a list', () => {
  const Api = {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: 'api', ProtocolType: 'HTTP', CorsConfiguration: { AllowOrigins: APP } },
  };
  const Route = { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /pets' } };
  expect(ask({ Resources: { Api, Route } }).fix).toMatch(/: write \["https:\/\/app\.example\.com"\]\.$/);
});
