import { App, Aws, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  Alias,
  Code,
  type Function as LambdaFunction,
  Function as NewFunction,
  Runtime,
  Version,
} from 'aws-cdk-lib/aws-lambda';
import {
  CorsEnabledHttpApi,
  CorsEnabledRestApi,
  type CorsPolicyOptions,
  CorsRuntime,
  CorsSimulator,
  PreflightHandler,
} from '../../src';
import { functionAnswer } from '../../src/verify/gateway/function-answer';
import { readFunctionPolicy } from '../../src/verify/model/function-policy';
import { policyVariable } from '../lambda/functions';
import { APP } from '../support/pages';
import { ask } from '../support/templates';
import vectors from '../vectors/origins.json';

const EVIL = 'https://evil.example';
const cors: CorsPolicyOptions = { allowOrigins: [APP, 'https://*.example.org'], allowCredentials: true };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

/** A function, with a policy of its own unless told otherwise. */
function orders({
  scope = stack,
  policy = cors as CorsPolicyOptions | null,
  code = 'exports.handler = handler;',
} = {}): LambdaFunction {
  const fn = new NewFunction(scope, 'Orders', {
    runtime: Runtime.NODEJS_LATEST,
    handler: 'index.handler',
    code: Code.fromInline(code),
  });
  if (policy) new CorsRuntime(scope, 'Cors', { cors: policy }).attachPolicyTo(fn);
  return fn;
}

/**
 * Asks as the app's page for /pets, of a REST API with one function for everything, unless told
 * otherwise.
 */
const asked = (request = {}) => CorsSimulator.fromStack(stack).request({ origin: APP, path: '/pets', ...request });
const put = { method: 'PUT', headers: { Authorization: 'x' } };

describe('a REST API whose function has a policy', () => {
  test('lets in whom the policy lets in, preflights included', () => {
    new apigateway.LambdaRestApi(stack, 'Api', { handler: orders() });
    expect(asked({ credentials: true })).toMatchObject({
      outcome: 'ALLOWED',
      response: { status: 0, headers: { vary: 'Origin' } },
    });
    expect(asked({ ...put, origin: 'https://a.example.org' })).toMatchObject({
      outcome: 'ALLOWED',
      preflight: {
        status: 204,
        headers: {
          'access-control-allow-origin': 'https://a.example.org',
          'access-control-allow-methods': 'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD',
          'access-control-max-age': '600',
        },
      },
    });
  });

  test('lets them in where it streams, too', () => {
    const responseTransferMode = apigateway.ResponseTransferMode.STREAM;
    const integration = new apigateway.LambdaIntegration(orders(), { responseTransferMode });
    new apigateway.RestApi(stack, 'Api').root.addResource('pets').addMethod('ANY', integration);
    expect(asked({ ...put, credentials: true }).outcome).toBe('ALLOWED');
    expect(asked({ origin: EVIL })).toMatchObject({ outcome: 'BLOCKED', rule: 'response-origin' });
  });

  test('keeps out everybody else', () => {
    new apigateway.LambdaRestApi(stack, 'Api', { handler: orders() });
    expect(asked({ origin: EVIL })).toMatchObject({ outcome: 'BLOCKED', rule: 'response-origin' });
    expect(asked({ ...put, origin: EVIL })).toMatchObject({
      rule: 'preflight-origin',
      preflight: { headers: { vary: 'Origin' } },
    });
    expect(asked({ ...put, headers: { 'X-Other': '1' } }).rule).toBe('preflight-header');
  });

  test('says on what it rests', () => {
    new apigateway.LambdaRestApi(stack, 'Api', { handler: orders() });
    expect(asked().reason).toMatch(/provided that the handler of Stack\/Orders is wrapped in withCors or with_cors$/);
    expect(asked({ origin: EVIL }).reason).toMatch(/its function Stack\/Orders answers by CORS_POLICY/);
  });

  test.each([
    [
      "const { withCors } = require('cdk-cors/lambda');\nexports.handler = withCors(async () => ({ statusCode: 200 }));",
    ],
    ['from cdk_cors_lambda import with_cors\n@with_cors\ndef handler(event, context):\n    return {}'],
  ])('rests on nothing where inline code wraps its handler', (code) => {
    new apigateway.LambdaRestApi(stack, 'Api', { handler: orders({ code }) });
    expect(asked().outcome).toBe('ALLOWED');
    expect(asked().reason).not.toContain('provided');
  });

  test('may have one origin only, told to everybody', () => {
    new apigateway.LambdaRestApi(stack, 'Api', { handler: orders({ policy: { allowOrigins: [APP] } }) });
    expect(asked({ origin: EVIL }).response?.headers).toEqual({ 'access-control-allow-origin': APP });
  });

  test('leaves preflights to the gateway where the API has CORS', () => {
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    api.root.addResource('pets').addMethod('PUT', new apigateway.LambdaIntegration(orders()));
    expect(asked({ method: 'PUT' })).toMatchObject({
      outcome: 'ALLOWED',
      preflight: { headers: { 'access-control-allow-methods': 'PUT' } },
    });
  });

  test('depends on the backend where the function has none', () => {
    const fn = new NewFunction(stack, 'Orders', {
      runtime: Runtime.NODEJS_LATEST,
      handler: 'i.h',
      code: Code.fromInline('…'),
    });
    new apigateway.LambdaRestApi(stack, 'Api', { handler: fn });
    expect(asked().outcome).toBe('DEPENDS_ON_BACKEND');
  });

  test('depends on the backend where the integration is not a proxy: its events are others', () => {
    const integration = new apigateway.LambdaIntegration(orders(), {
      proxy: false,
      integrationResponses: [{ statusCode: '200' }],
    });
    new apigateway.RestApi(stack, 'Api').root
      .addResource('pets')
      .addMethod('GET', integration, { methodResponses: [{ statusCode: '200' }] });
    expect(asked().rule).toBe('response-origin');
  });
});

describe('the function is found', () => {
  test.each<[string, (fn: LambdaFunction) => any]>([
    ['as its newest version', (fn) => fn.latestVersion],
    ['as a version', (fn) => fn.currentVersion],
    ['as an alias', (fn) => fn.addAlias('live')],
  ])('%s', (_, variant) => {
    new apigateway.LambdaRestApi(stack, 'Api', { handler: variant(orders()) });
    expect(asked().outcome).toBe('ALLOWED');
  });

  test('but not as a version that was published some time ago', () => {
    const version = Version.fromVersionAttributes(stack, 'Old', { lambda: orders(), version: '7' });
    new apigateway.LambdaRestApi(stack, 'Api', { handler: new Alias(stack, 'Alias', { aliasName: 'live', version }) });
    expect(asked().outcome).toBe('DEPENDS_ON_BACKEND');
  });

  test('in another stack', () => {
    new apigateway.LambdaRestApi(stack, 'Api', {
      handler: orders({ scope: new Stack(stack.node.root as App, 'Other') }),
    });
    expect(asked().outcome).toBe('ALLOWED');
  });

  test('in a nested stack', () => {
    new apigateway.LambdaRestApi(stack, 'Api', { handler: orders({ scope: new NestedStack(stack, 'Below') }) });
    expect(asked().outcome).toBe('ALLOWED');
  });

  test.each([
    ['arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations'],
    [
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:${Orders}/invocations',
    ],
  ])('in a template by hand: %s', (uri) => {
    expect(ask(byHand(JSON.stringify({ origins: [APP] }), { 'Fn::Sub': uri })).outcome).toBe('ALLOWED');
  });

  test('from an OpenAPI document', () => {
    const uri = `arn:aws:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${orders().functionArn}/invocations`;
    const get = { 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri }, responses: {} };
    const definition = { openapi: '3.0.1', info: { title: 'pets', version: '1' }, paths: { '/pets': { get } } };
    new apigateway.SpecRestApi(stack, 'Api', { apiDefinition: apigateway.ApiDefinition.fromInline(definition) });
    expect(asked().outcome).toBe('ALLOWED');
  });
});

describe('a policy with parts that only the deployment knows', () => {
  test('is judged as far as it is known', () => {
    const domain = new CfnParameter(stack, 'Domain').valueAsString;
    const policy = { allowOrigins: [`https://${domain}`, 'http://localhost:3000'] };
    new apigateway.LambdaRestApi(stack, 'Api', { handler: orders({ policy }) });
    expect(asked({ ...put, origin: 'http://localhost:3000' }).outcome).toBe('ALLOWED');
    expect(asked()).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('https://${Stack/Domain}') });
    expect(asked({ origin: 'http://app.example.com' }).rule).toBe('response-origin');
  });

  test.each([
    ['all of it', { Ref: 'Policy' }],
    ['what is not text', { 'Fn::Sub': '{"origins": ["https://app.example.com"], "maxAge": ${Seconds}}' }],
    ['a pattern', { 'Fn::Sub': '{"patterns": ["https://.*[.]${Domain}"]}' }],
  ])('is a question where it is %s', (_, policy) => {
    expect(ask(byHand(policy))).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('CORS_POLICY') });
  });
});

test.each([
  ['is not JSON', 'https://app.example.com'],
  ['is not an object', '["https://app.example.com"]'],
  ['names nobody', '{"origins": []}'],
  ['has a field that nobody knows', '{"origin": "https://app.example.com"}'],
  ['has a field of another kind', '{"origins": ["https://app.example.com"], "maxAge": "600"}'],
  ['has a pattern that is none', '{"patterns": ["https://("]}'],
])('a function whose policy %s does not start: an error of the gateway', (_, policy) => {
  expect(ask(byHand(policy))).toMatchObject({
    rule: 'response-origin',
    reason: expect.stringMatching(/Orders does not start: CORS_POLICY/),
  });
  expect(ask(byHand(policy), { method: 'PUT' }).rule).toBe('preflight-answer');
});

describe('an HTTP API whose function has a policy', () => {
  const routes = (api: HttpApi, fn: LambdaFunction) =>
    api.addRoutes({ path: '/pets', methods: [HttpMethod.ANY], integration: new HttpLambdaIntegration('Orders', fn) });

  test('gets the status of preflights from the function, and sets the headers itself', () => {
    routes(
      new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP] } }),
      orders({ policy: { allowOrigins: [EVIL] } }),
    );
    expect(asked(put)).toMatchObject({
      outcome: 'ALLOWED',
      preflight: { status: 204, headers: { 'access-control-allow-origin': APP } },
    });
    expect(asked({ ...put, origin: EVIL }).rule).toBe('preflight-origin');
  });

  test('needs no CORS configuration', () => {
    routes(new HttpApi(stack, 'Api'), orders());
    expect(asked({ ...put, credentials: true }).outcome).toBe('ALLOWED');
    expect(asked({ origin: EVIL }).rule).toBe('response-origin');
  });

  test('is no more use than any other where the function does not start', () => {
    const fn = orders({ policy: null });
    fn.addEnvironment('CORS_POLICY', 'https://app.example.com');
    routes(new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP] } }), fn);
    expect(asked(put)).toMatchObject({ rule: 'preflight-answer', preflight: { status: 502 } });
  });

  test('may be one that answers everything with one status, as the built-in one does', () => {
    const api = new CorsEnabledHttpApi(stack, 'Api', {
      cors: { allowOrigins: [APP], preflightHandler: PreflightHandler.builtIn() },
    });
    routes(api, orders({ policy: null }));
    expect(asked(put)).toMatchObject({ outcome: 'ALLOWED', preflight: { status: 204 } });
  });

  test('may be one that answers everything with an error', () => {
    const code = 'exports.handler = async () => ({ statusCode: 405 });';
    routes(new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP] } }), orders({ policy: null, code }));
    expect(asked(put)).toMatchObject({ rule: 'preflight-answer', preflight: { status: 405 } });
    expect(asked().outcome).toBe('ALLOWED');
  });

  test('is an API like any other when it comes from quick create or a document', () => {
    const variables = { CORS_POLICY: JSON.stringify({ origins: [APP] }) };
    const Orders = { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: variables } } };
    const api = (properties: object) => ({
      Resources: {
        Orders,
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', ...properties } },
      },
    });
    const uri = { 'Fn::GetAtt': ['Orders', 'Arn'] };
    const any = { 'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': { type: 'AWS_PROXY', uri } } };
    expect(ask(api({ Target: uri }), put).rule).toBe('preflight-method'); // the policy has no methods
    expect(ask(api({ Target: uri })).outcome).toBe('ALLOWED');
    expect(ask(api({ Body: { openapi: '3.0.1', paths: { '/pets': any } } })).outcome).toBe('ALLOWED');
  });
});

test('the simulator decides as the functions do, in each shared vector', () => {
  const policies = new Map<string, string>();
  const variable = (policy: object) => {
    const key = JSON.stringify(policy);
    if (!policies.has(key)) policies.set(key, policyVariable(JSON.parse(key)));
    return policies.get(key)!;
  };
  const wrong = vectors.filter(({ policy, origin, allowed }) => {
    const read: any = readFunctionPolicy(variable(policy), 'Orders');
    const headers: Record<string, string> = origin === null ? {} : { origin };
    const { 'access-control-allow-origin': sent } = functionAnswer(
      'Orders',
      read.policy,
      { method: 'GET', path: '/', headers },
      [],
    ).headers;
    return (sent === '*' || (sent !== undefined && sent === origin)) !== allowed;
  });
  expect(wrong).toEqual([]);
});

/** A REST API with one function for /pets, as people write it. */
function byHand(
  policy: any,
  uri: object = {
    'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations',
  },
) {
  const RestApiId = { Ref: 'Api' };
  const ParentId = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
  return {
    Parameters: { Policy: { Type: 'String' }, Seconds: { Type: 'Number' }, Domain: { Type: 'String' } },
    Resources: {
      Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'pets' } },
      Pets: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId, ParentId, PathPart: 'pets' } },
      Orders: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { CORS_POLICY: policy } } } },
      Any: {
        Type: 'AWS::ApiGateway::Method',
        Properties: {
          RestApiId,
          ResourceId: { Ref: 'Pets' },
          HttpMethod: 'ANY',
          Integration: { Type: 'AWS_PROXY', Uri: uri },
        },
      },
    },
  };
}

test('a function for fewer pages than its API is named as what to change', () => {
  const fn = orders({ policy: { allowOrigins: [APP] } });
  const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP, 'https://admin.example.com'] } });
  api.root.addResource('orders').addMethod('PUT', new apigateway.LambdaIntegration(fn));
  const verdict = CorsSimulator.fromStack(stack).request({
    origin: 'https://admin.example.com',
    path: '/orders',
    method: 'PUT',
  });
  expect(verdict).toMatchObject({ outcome: 'BLOCKED', rule: 'response-origin' });
  expect(verdict.fix).toContain('new CorsRuntime(…, { api })');
});
