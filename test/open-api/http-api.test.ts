import '../verdicts';
import { Aspects, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  HttpEventBridgeIntegration,
  HttpLambdaIntegration,
  HttpUrlIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as events from 'aws-cdk-lib/aws-events';
import { addCors, type BrowserRequest, CorsSimulator, type EnableCorsOptions, PreflightHandler } from '../../src';
import { ASPECT_MODES, appWith, resourcesOf, warningsOf } from '../rest-api/apps';
import { APP } from '../support/pages';
import { functionOf } from './shapes';

const EVIL = 'https://evil.example';
const ONE = { allowOrigins: [APP] };
const INTEGRATION = 'x-amazon-apigateway-integration';

type Security = 'jwt' | 'iam';

/** Routes by key, each with its authorizer; all call one backend, which learns the method. */
type Routes = Record<string, Security | undefined>;

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

function treeOf(routes: Routes): apigatewayv2.HttpApi {
  const api = new apigatewayv2.HttpApi(stack, 'Tree');
  const jwt = new HttpJwtAuthorizer('Jwt', 'https://login.example.com', { jwtAudience: ['pets'] });
  const integration = new HttpUrlIntegration('Pets', 'https://backend.example.com', {
    method: apigatewayv2.HttpMethod.ANY,
  });
  for (const [key, security] of Object.entries(routes)) {
    const authorizer = security && { jwt, iam: new HttpIamAuthorizer() }[security];
    const [verb, path] = key.split(' ');
    const routeKey = path
      ? apigatewayv2.HttpRouteKey.with(path, verb as apigatewayv2.HttpMethod)
      : apigatewayv2.HttpRouteKey.DEFAULT;
    new apigatewayv2.HttpRoute(stack, key, { httpApi: api, routeKey, integration, authorizer });
  }
  return api;
}

function documentOf(routes: Routes): any {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, security] of Object.entries(routes)) {
    const [verb, path = '/$default'] = key === '$default' ? ['ANY'] : key.split(' ');
    paths[path] ??= {};
    paths[path][verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase()] = {
      ...(path === '/$default' && { isDefaultRoute: true }),
      responses: { default: { description: key } },
      ...(security && { security: [{ [security]: [] }] }),
      [INTEGRATION]: {
        type: 'http_proxy',
        httpMethod: 'ANY',
        uri: 'https://backend.example.com',
        payloadFormatVersion: '1.0',
      },
    };
  }
  const jwt = {
    type: 'jwt',
    identitySource: '$request.header.Authorization',
    jwtConfiguration: { audience: ['pets'] },
  };
  const securitySchemes = {
    jwt: { type: 'oauth2', flows: {}, 'x-amazon-apigateway-authorizer': jwt },
    iam: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  };
  return { openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths, components: { securitySchemes } };
}

function cfnApi(body: object, cors?: EnableCorsOptions): apigatewayv2.CfnApi {
  const api = new apigatewayv2.CfnApi(stack, 'Api', { body });
  new apigatewayv2.CfnStage(stack, 'ApiStage', { apiId: api.ref, stageName: '$default', autoDeploy: true });
  addCors(api, cors);
  return api;
}

function bodyOf(): any {
  const apis = Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'));
  return apis.map(({ Properties }) => Properties.Body).find((body) => body !== undefined);
}

const SHAPES: [string, Routes, EnableCorsOptions?][] = [
  ['listed methods', { 'GET /pets': undefined, 'PUT /pets': 'jwt', 'DELETE /pets/{id}': 'iam' }],
  ['an open ANY', { 'ANY /pets': undefined }],
  ['an ANY behind a token', { 'ANY /pets': 'jwt' }],
  ['an ANY behind a signature', { 'ANY /pets/{id}': 'iam', 'GET /': undefined }],
  ['an open $default', { $default: undefined }],
  ['a $default behind a token', { $default: 'jwt', 'GET /pets': undefined }],
  ['a greedy ANY', { 'ANY /{proxy+}': 'jwt' }],
  ['an OPTIONS of its own', { 'ANY /pets': 'jwt', 'OPTIONS /pets': undefined }],
  ['a closed OPTIONS of its own', { 'ANY /pets': 'jwt', 'OPTIONS /pets': 'jwt' }],
  ['everything', { $default: 'jwt', 'ANY /pets': 'iam', 'GET /pets/{id}': undefined, 'ANY /': undefined }],
  ['any origin', { 'ANY /pets': 'jwt', 'PUT /cats': undefined }, { allowOrigins: ['*'] }],
  ['any https origin', { 'PUT /cats': undefined }, { allowOrigins: ['https://*', 'http://localhost:3000'] }],
  ['credentials', { 'PUT /pets': 'jwt' }, { ...ONE, allowCredentials: true }],
  [
    'a handler of ours',
    { $default: 'jwt', 'ANY /pets': undefined },
    { ...ONE, preflightHandler: PreflightHandler.builtIn() },
  ],
];

test.each(SHAPES)('a document with %s gives the verdicts of constructs', (_, routes, cors = ONE) => {
  const tree = treeOf(routes);
  addCors(tree, cors);
  const api = cfnApi(documentOf(routes), cors);
  const simulator = CorsSimulator.fromStack(stack);
  const verdicts = ({ logicalId }: apigatewayv2.CfnApi) =>
    requests().map((request) => {
      const { outcome, rule, preflight, response } = simulator.request({ ...request, api: stack.resolve(logicalId) });
      return { request, outcome, rule, preflight, response };
    });
  const expected = verdicts(tree.node.defaultChild as apigatewayv2.CfnApi);
  expect(new Set(expected.map(({ outcome }) => outcome)).size).toBeGreaterThan(1);
  expect(verdicts(api)).toEqual(expected);
});

function requests(): BrowserRequest[] {
  const ways = [
    {},
    { method: 'PUT' },
    { method: 'DELETE', credentials: true },
    { headers: { Authorization: 'Bearer t', 'X-Mine': '1' } },
  ];
  return ['/', '/pets', '/pets/7', '/cats', '/no/where'].flatMap((path) =>
    [APP, 'http://localhost:3000', EVIL].flatMap((origin) => ways.map((way) => ({ path, origin, ...way }))),
  );
}

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  beforeEach(() => {
    stack = new Stack(appWith(context), 'Stack');
  });

  test('a document can be used by pages, at no resource', () => {
    const api = cfnApi(documentOf({ 'PUT /pets': 'jwt' }), ONE);
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT', headers: { authorization: 'Bearer t' } });
    expect(api).toBlock({ origin: EVIL, path: '/pets', method: 'PUT' }, 'preflight-origin');
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['Api', 'ApiStage']);
  });

  test('our own handler is one function for all routes', () => {
    cfnApi(documentOf({ $default: 'jwt', 'ANY /pets': 'jwt' }), {
      ...ONE,
      preflightHandler: PreflightHandler.builtIn(),
    });
    const { paths } = bodyOf();
    expect(paths['/pets'].options[INTEGRATION]).toEqual({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: {
        'Fn::Join': ['', expect.arrayContaining([{ 'Fn::GetAtt': [expect.any(String), 'Arn'] }, '/invocations'])],
      },
      payloadFormatVersion: '2.0',
    });
    expect(paths['/{proxy+}'].options[INTEGRATION]).toEqual(paths['/pets'].options[INTEGRATION]);
    expect(typesBesideApi()).toEqual(['AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Lambda::Permission']);
  });

  test('our own handler costs nothing where no route takes preflights', () => {
    cfnApi(documentOf({ 'GET /pets': 'jwt' }), { ...ONE, preflightHandler: PreflightHandler.builtIn() });
    expect(typesBesideApi()).toEqual([]);
  });

  test('an integration of the user’s answers', () => {
    const preflights = new HttpUrlIntegration('Preflights', 'https://preflights.example.com');
    cfnApi(documentOf({ 'ANY /pets': 'jwt' }), { ...ONE, preflightHandler: PreflightHandler.integration(preflights) });
    expect(bodyOf().paths['/pets'].options[INTEGRATION]).toEqual({
      type: 'http_proxy',
      httpMethod: 'ANY',
      uri: 'https://preflights.example.com',
      payloadFormatVersion: '1.0',
    });
    expect(typesBesideApi()).toEqual([]);
  });

  test('a function of the user’s answers, and may be called', () => {
    const preflights = new HttpLambdaIntegration('Preflights', functionOf(stack));
    cfnApi(documentOf({ 'ANY /pets': 'jwt' }), { ...ONE, preflightHandler: PreflightHandler.integration(preflights) });
    expect(bodyOf().paths['/pets'].options[INTEGRATION]).toMatchObject({
      type: 'aws_proxy',
      httpMethod: 'POST',
      payloadFormatVersion: '2.0',
    });
    const [permission, ...others] = Object.values(resourcesOf(stack, 'AWS::Lambda::Permission'));
    expect(others).toEqual([]);
    expect(JSON.stringify(permission.Properties.SourceArn)).toMatch(/\/\*\/\*"\]\]\}$/);
  });

  test('a service of the user’s answers', () => {
    const eventBusRef = new events.EventBus(stack, 'Bus').eventBusRef;
    const preflights = new HttpEventBridgeIntegration('Preflights', { eventBusRef });
    cfnApi(documentOf({ 'ANY /pets': 'jwt' }), { ...ONE, preflightHandler: PreflightHandler.integration(preflights) });
    expect(bodyOf().paths['/pets'].options[INTEGRATION]).toMatchObject({
      type: 'aws_proxy',
      integrationSubtype: 'EventBridge-PutEvents',
      credentials: expect.anything(),
      requestParameters: expect.anything(),
    });
  });

  test('routes that are constructs are covered as well', () => {
    const api = cfnApi(documentOf({ 'GET /pets': undefined }), ONE);
    const integration = new apigatewayv2.CfnIntegration(stack, 'Cats', {
      apiId: api.ref,
      integrationType: 'HTTP_PROXY',
      integrationUri: 'https://backend.example.com',
      integrationMethod: 'ANY',
      payloadFormatVersion: '1.0',
    });
    const target = `integrations/${integration.ref}`;
    new apigatewayv2.CfnRoute(stack, 'CatsRoute', { apiId: api.ref, routeKey: 'DELETE /cats', target });
    new apigatewayv2.CfnRoute(stack, 'DogsRoute', {
      apiId: api.ref,
      routeKey: 'ANY /dogs',
      target,
      authorizationType: 'AWS_IAM',
    });
    expect(bodyOf()['x-amazon-apigateway-cors'].allowMethods).toContain('DELETE');
    const routes = Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.RouteKey,
    );
    expect(routes.sort()).toEqual(['ANY /dogs', 'DELETE /cats', 'OPTIONS /dogs']);
    const [{ Properties }] = Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'));
    expect(Properties).not.toHaveProperty('CorsConfiguration');
  });
});

test('a path has one OPTIONS route, in the document or as a construct, whatever else has a policy', () => {
  const rest = new apigateway.RestApi(stack, 'Rest');
  rest.root.addMethod('GET', new apigateway.HttpIntegration('https://backend.example.com'));
  addCors(rest, ONE);
  const api = cfnApi(documentOf({ 'ANY /{proxy+}': 'jwt' }), ONE);
  new apigatewayv2.CfnRoute(stack, 'Route', {
    apiId: api.ref,
    routeKey: '$default',
    target: 'integrations/1',
    authorizationType: 'AWS_IAM',
  });
  const template = Template.fromStack(stack); // Once: each synthesis is a further look.
  const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(
    ({ Properties }) => Properties.RouteKey,
  );
  expect(routes.sort()).toEqual(['$default', 'OPTIONS /']);
  const [{ Properties }] = Object.values(template.findResources('AWS::ApiGatewayV2::Api'));
  expect(Object.keys(Properties.Body.paths['/{proxy+}'])).toEqual(['x-amazon-apigateway-any-method', 'options']);
});

test('a path without operations is a fault that is told, beside constructs too', () => {
  const api = new apigatewayv2.CfnApi(stack, 'Api', { body: { openapi: '3.0.1', paths: { '/pets': null } } });
  addCors(api, ONE);
  expect(() => Template.fromStack(stack)).toThrow('#/paths/~1pets');
});

test('an OPTIONS operation of the document answers for a construct route on its path, too', () => {
  const api = cfnApi(documentOf({ 'OPTIONS /pets': undefined }), ONE);
  new apigatewayv2.CfnRoute(stack, 'Route', { apiId: api.ref, routeKey: 'ANY /pets', authorizationType: 'AWS_IAM' });
  const routes = Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Route')).map(
    ({ Properties }) => Properties.RouteKey,
  );
  expect(routes).toEqual(['ANY /pets']);
});

function typesBesideApi(): string[] {
  const resources: Record<string, { Type: string }> = Template.fromStack(stack).toJSON().Resources;
  return Object.values(resources)
    .map(({ Type }) => Type)
    .filter((type) => !type.startsWith('AWS::ApiGatewayV2::'))
    .sort();
}

test('a document in S3 is refused', () => {
  const api = new apigatewayv2.CfnApi(stack, 'Api', { bodyS3Location: { bucket: 'pets', key: 'pets.yaml' } });
  expect(() => addCors(api)).toThrow('apiDefinition: the OpenAPI document of Stack/Api is in S3 or an asset');
});

test('a document whose security the CDK writes as a condition can be used by pages', () => {
  const document = documentOf({ 'ANY /pets': undefined });
  document.security = Fn.conditionIf('InProduction', [{ jwt: [] }], Fn.ref('AWS::NoValue'));
  cfnApi(document, ONE);
  expect(bodyOf().paths['/pets'].options.security).toEqual([]);
});

test('origins that the service does not know are refused', () => {
  expect(() => cfnApi(documentOf({}), { allowOrigins: ['https://*.example.com'] })).toThrow(
    'cors.allowOrigins[0]: API Gateway refuses',
  );
});

test.each<[string, object, string]>([
  [
    'x-amazon-apigateway-cors of the document',
    { ...documentOf({}), 'x-amazon-apigateway-cors': { allowOrigins: ['*'] } },
    'OwnCorsConfiguration',
  ],
  ['a closed OPTIONS', documentOf({ 'OPTIONS /pets': 'jwt' }), 'ClosedPreflight'],
  ['a backend that gets preflights', documentOf({ 'ANY /pets': 'jwt' }), 'BackendAnswersPreflight'],
])('%s is warned about', (_, body, id) => {
  cfnApi(body, { ...ONE, preflightHandler: PreflightHandler.backend() });
  expect(warningsOf(stack)).toEqual([expect.stringMatching(new RegExp(`^Stack/Api: .*cdk-cors:${id}\\]$`))]);
});

describe('a parameter mapping of a CORS header, which API Gateway reserves, is refused', () => {
  const mapped = (mapping: object) => {
    const document = documentOf({ 'GET /pets': undefined });
    Object.assign(document.paths['/pets'].get[INTEGRATION], mapping);
    return document;
  };
  const OWN = { 'overwrite:header.access-control-allow-origin': '*' };

  test.each<[string, object]>([
    ['on a response', { responseParameters: { 200: OWN } }],
    ['on one side of a condition', { responseParameters: { 200: { 'Fn::If': ['C', OWN, { Ref: 'AWS::NoValue' }] } } }],
    ['on a request', { requestParameters: { 'append:header.Access-Control-Allow-Origin': 'x' } }],
  ])('%s', (_, mapping) => {
    cfnApi(mapped(mapping), ONE);
    expect(() => bodyOf()).toThrow(
      /^Stack\/Api: GET \/pets: a parameter mapping touches access-control-allow-origin, which API Gateway reserves/i,
    );
  });

  test('behind a $ref', () => {
    const document = documentOf({ 'GET /pets': undefined });
    const shared = { ...document.paths['/pets'].get[INTEGRATION], responseParameters: { 200: OWN } };
    document.components['x-amazon-apigateway-integrations'] = { shared };
    document.paths['/pets'].get[INTEGRATION] = { $ref: '#/components/x-amazon-apigateway-integrations/shared' };
    cfnApi(document, ONE);
    expect(() => bodyOf()).toThrow('access-control-allow-origin, which API Gateway reserves');
  });

  test('but not one of another header', () => {
    const api = cfnApi(mapped({ responseParameters: { 200: { 'overwrite:header.x-total': '1' } } }), ONE);
    expect(api).toAllow({ origin: APP, path: '/pets' });
  });
});

test('a list of methods that lacks GET, which API Gateway compares, is warned about', () => {
  cfnApi(documentOf({ 'GET /pets': undefined, 'PUT /pets': undefined }), { ...ONE, allowMethods: ['PUT'] });
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/routes here take GET, .*cdk-cors:UnlistedMethod/)]);
});

test('an Aspect of the app that changes the document below the API is seen', () => {
  const api = cfnApi(documentOf({}), ONE);
  Aspects.of(api).add({
    visit: (node) => {
      if (node === api) api.body = documentOf({ 'PUT /cats': undefined });
    },
  });
  expect(api).toAllow({ origin: APP, path: '/cats', method: 'PUT' });
});

test('left out, a closed route of a document gets the built-in function, and nothing that may act', () => {
  cfnApi(documentOf({ 'ANY /pets': 'jwt', 'ANY /open': undefined }), ONE);
  const { paths } = bodyOf();
  expect(JSON.stringify(paths['/pets'].options)).toContain('PreflightFunction');
  expect(paths['/open'].options).toBeUndefined();
  expect(warningsOf(stack)).toEqual([]);
});

test.each([
  [
    'a transform',
    { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://pets/integration.yaml' } } },
  ],
  ['one branch of a condition', { 'Fn::If': ['IsTest', { type: 'http_proxy', httpMethod: 'ANY' }, { Ref: 'Other' }] }],
  ['a parameter', { type: 'http_proxy', httpMethod: { Ref: 'Method' } }],
])('backend() opens nothing onto an integration that is not seen whole: %s', (_, integration) => {
  const document = documentOf({ 'ANY /pets': 'jwt' });
  document.paths['/pets']['x-amazon-apigateway-any-method']['x-amazon-apigateway-integration'] = integration;
  cfnApi(document, { ...ONE, preflightHandler: PreflightHandler.backend() });
  expect(bodyOf().paths['/pets'].options).toBeUndefined();
  expect(warningsOf(stack)).toContainEqual(expect.stringContaining('UnsafePreflightBackend'));
});
