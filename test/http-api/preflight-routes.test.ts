import { Aspects, Aws, CfnCondition, CfnResource, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpSqsIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CorsEnabledHttpApi } from '../../src/constructs/cors-enabled-http-api';
import { addCors } from '../../src/enable-cors';
import { PreflightHandler } from '../../src/options/preflight-handler';
import { APP } from '../support/pages';
import {
  ASPECT_MODES,
  backend,
  infosOf,
  jwt,
  l1Api,
  lambdaBackend,
  resourcesOf,
  routesOf,
  stackWith,
  warningsOf,
} from './apps';

const { GET, POST, ANY, OPTIONS } = apigatewayv2.HttpMethod;
const cors = { allowOrigins: [APP], preflightHandler: PreflightHandler.backend() };

/** What every OPTIONS route of ours is. */
const OPEN = { AuthorizationType: 'NONE' };
const CLOSED_PROPERTIES = ['AuthorizerId', 'AuthorizationScopes', 'ApiKeyRequired'];

/** It learns the method of each request. */
const REST_BACKEND = {
  integrationType: 'HTTP_PROXY',
  integrationUri: 'https://backend.example.com',
  integrationMethod: 'ANY',
};

const AUTHORIZERS: [string, (stack: Stack) => apigatewayv2.IHttpRouteAuthorizer][] = [
  ['a JWT authorizer', () => jwt()],
  ['IAM', () => new HttpIamAuthorizer()],
  [
    'a Lambda authorizer',
    (stack) => {
      const code = lambda.Code.fromInline('exports.handler = async () => ({ isAuthorized: true });');
      return new HttpLambdaAuthorizer(
        'Lambda',
        new lambda.Function(stack, 'Authorizer', {
          code,
          handler: 'index.handler',
          runtime: lambda.Runtime.NODEJS_LATEST,
        }),
      );
    },
  ],
];

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  test.each(AUTHORIZERS)('$default behind %s of the API lets preflights through', (_, authorizer) => {
    const stack = stackWith(context);
    const defaultAuthorizer = authorizer(stack);
    new CorsEnabledHttpApi(stack, 'Api', {
      cors,
      defaultIntegration: backend(),
      defaultAuthorizer,
      defaultAuthorizationScopes: ['pets'],
    });

    const { $default, ...others } = routesOf(stack);
    expect(Object.keys(others).sort()).toEqual(['OPTIONS /', 'OPTIONS /{proxy+}']);
    for (const preflight of Object.values(others)) {
      expect(preflight).toEqual({
        ...OPEN,
        ApiId: $default.ApiId,
        RouteKey: preflight.RouteKey,
        Target: $default.Target,
      });
    }
  });

  test.each(AUTHORIZERS)('an ANY route behind %s of its own lets preflights through', (_, authorizer) => {
    const stack = stackWith(context);
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors });
    api.addRoutes({
      path: '/pets/{id}',
      methods: [ANY],
      integration: backend(),
      authorizer: authorizer(stack),
      authorizationScopes: ['pets'],
    });

    const { 'ANY /pets/{id}': any, ...others } = routesOf(stack);
    expect(others).toEqual({
      'OPTIONS /pets/{id}': { ...OPEN, ApiId: any.ApiId, RouteKey: 'OPTIONS /pets/{id}', Target: any.Target },
    });
  });

  test('nothing else is opened', () => {
    const before = stackWith(context);
    mixed(new apigatewayv2.HttpApi(before, 'Api', secured()), before);
    for (const preflightHandler of [
      PreflightHandler.backend(),
      PreflightHandler.builtIn(),
      PreflightHandler.integration(backend('Own')),
    ]) {
      const after = stackWith(context);
      mixed(new CorsEnabledHttpApi(after, 'Api', { ...secured(), cors: { ...cors, preflightHandler } }), after);
      const { untouched, added } = compare(routesOf(before), routesOf(after));
      expect(untouched).toEqual(routesOf(before));
      expect(Object.keys(added).every((key) => key.startsWith('OPTIONS /'))).toBe(true);
      expect(Object.keys(added).length).toBeGreaterThan(0);
    }
  });

  test('routes that come later, from another stack or as L1s are seen', () => {
    const stack = stackWith(context);
    const api = new apigatewayv2.HttpApi(stack, 'Api');
    addCors(api, cors);
    const other = new Stack(stack.node.scope!, 'Other');
    const routeKey = apigatewayv2.HttpRouteKey.with('/orders', ANY);
    new apigatewayv2.HttpRoute(other, 'Orders', {
      httpApi: api,
      routeKey,
      integration: backend(),
      authorizer: new HttpIamAuthorizer(),
    });
    const nested = new NestedStack(stack, 'Nested');
    const own = new apigatewayv2.CfnIntegration(nested, 'Own', { apiId: api.apiId, ...REST_BACKEND });
    const target = `integrations/${own.ref}`;
    new apigatewayv2.CfnRoute(nested, 'Pets', {
      apiId: api.apiId,
      routeKey: 'ANY /pets',
      target,
      authorizationType: 'AWS_IAM',
    });

    expect(Object.keys(routesOf(other))).toEqual(['ANY /orders', 'OPTIONS /orders']);
    expect(routesOf(nested)['OPTIONS /pets']).toMatchObject({ ...OPEN, Target: nested.resolve(target) });
    expect(resourcesOf(stack, 'AWS::ApiGatewayV2::Route')).toEqual({});
  });
});

/** An authorizer object serves one app. */
const secured = () => ({ defaultAuthorizer: jwt(), defaultAuthorizationScopes: ['pets'] });

/** Routes of every kind, closed by the API's default unless they say otherwise. */
function mixed(api: apigatewayv2.HttpApi, stack: Stack): void {
  const authorizer = new apigatewayv2.HttpNoneAuthorizer();
  api.addRoutes({ path: '/pets', methods: [GET, POST], integration: backend('Pets') });
  api.addRoutes({ path: '/orders', methods: [ANY], integration: lambdaBackend(stack, 'Orders') });
  api.addRoutes({
    path: '/orders/{id}',
    methods: [ANY],
    integration: backend('Order'),
    authorizer: new HttpIamAuthorizer(),
  });
  api.addRoutes({
    path: '/public',
    methods: [ANY],
    integration: backend('Public'),
    authorizer,
    authorizationScopes: [],
  });
  api.addRoutes({ path: '/own', methods: [ANY, OPTIONS], integration: backend('Own') });
  api.addRoutes({ path: '/files/{key+}', methods: [ANY], integration: backend('Files') });
  new apigatewayv2.HttpRoute(stack, 'Default', {
    httpApi: api,
    routeKey: apigatewayv2.HttpRouteKey.DEFAULT,
    integration: backend('Rest'),
  });
  new apigatewayv2.CfnRoute(stack, 'Raw', {
    apiId: api.apiId,
    routeKey: 'ANY /raw',
    authorizationType: 'CUSTOM',
    authorizerId: 'a1b2c3',
  });
}

function compare(before: Record<string, any>, after: Record<string, any>) {
  const isOld = ([key]: [string, any]) => key in before;
  const added = Object.entries(after).filter((entry) => !isOld(entry));
  for (const [, properties] of added) {
    expect(properties.AuthorizationType).toBe('NONE');
    for (const name of CLOSED_PROPERTIES) expect(properties).not.toHaveProperty(name);
  }
  return { untouched: Object.fromEntries(Object.entries(after).filter(isOld)), added: Object.fromEntries(added) };
}

describe('where API Gateway answers on its own', () => {
  test('nothing is added', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors, defaultAuthorizer: jwt() });
    api.addRoutes({ path: '/pets', methods: [GET, POST], integration: backend() });
    expect(Object.keys(routesOf(stack))).toEqual(['GET /pets', 'POST /pets']);
    expect([...warningsOf(stack), ...infosOf(stack)]).toEqual([]);
  });
});

test('who answers can change in place: an API has a route key only once, and CloudFormation creates before it deletes', () => {
  const handlers = [
    PreflightHandler.backend(),
    PreflightHandler.builtIn(),
    PreflightHandler.integration(backend('Own')),
  ];
  const [first, ...others] = handlers.map((preflightHandler) => {
    const stack = stackWith();
    new CorsEnabledHttpApi(stack, 'Api', {
      cors: { ...cors, preflightHandler },
      defaultIntegration: backend(),
      defaultAuthorizer: jwt(),
    });
    return Object.keys(resourcesOf(stack, 'AWS::ApiGatewayV2::Route')).sort();
  });
  for (const ids of others) expect(ids).toEqual(first);
});

test('and so can the route that swallows the preflight', () => {
  const [first, second] = [undefined, '/{proxy+}'].map((path) => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors, defaultIntegration: backend(), defaultAuthorizer: jwt() });
    if (path) api.addRoutes({ path, integration: backend('Any') });
    return Object.entries(resourcesOf(stack, 'AWS::ApiGatewayV2::Route')).find(
      ([, { Properties }]) => Properties.RouteKey === 'OPTIONS /{proxy+}',
    )![0];
  });
  expect(second).toBe(first);
});

describe("a user's own OPTIONS route", () => {
  test('stays as it is', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', {
      cors: { ...cors, preflightHandler: PreflightHandler.builtIn() },
    });
    api.addRoutes({ path: '/pets/{id}', methods: [ANY], integration: backend(), authorizer: jwt() });
    api.addRoutes({ path: '/pets/{petId}', methods: [OPTIONS], integration: backend('Own') });
    expect(Object.keys(routesOf(stack))).toEqual(['ANY /pets/{id}', 'OPTIONS /pets/{petId}']);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('gets a warning if it has an authorizer', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors, defaultAuthorizer: jwt() });
    api.addRoutes({ path: '/pets', methods: [GET, OPTIONS], integration: backend() });
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Api\/OPTIONS--pets: .*\[ack: cdk-cors:ClosedPreflight\]$/),
    ]);
    expect(routesOf(stack)['OPTIONS /pets'].AuthorizationType).toBe('JWT');
  });
});

describe('an Aspect of the app that secures routes', () => {
  const build = (context: Record<string, unknown>, except: string, handler: PreflightHandler) => {
    const stack = stackWith(context);
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { ...cors, preflightHandler: handler } });
    api.addRoutes({ path: '/pets', methods: [ANY], integration: backend() });
    const visit = (node: unknown) => {
      if (node instanceof apigatewayv2.CfnRoute && !node.routeKey.startsWith(except))
        node.authorizationType = 'AWS_IAM';
    };
    Aspects.of(stack).add({ visit });
    return stack;
  };
  const stabilized = ASPECT_MODES[1].context;

  test('is seen where Aspects are stabilized', () => {
    const stack = build(stabilized, 'OPTIONS', PreflightHandler.backend());
    expect(routesOf(stack)['OPTIONS /pets']).toMatchObject(OPEN);
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:BackendAnswersPreflight')]);
  });

  test('closes our OPTIONS routes too if it spares none, and a warning says so', () => {
    const stack = build(stabilized, 'nothing', PreflightHandler.builtIn());
    expect(routesOf(stack)['OPTIONS /pets'].AuthorizationType).toBe('AWS_IAM');
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Api\/.*OPTIONS--pets.*cdk-cors:ClosedPreflight/),
    ]);
  });

  test('does not matter to builtIn(), which answers for every such route, however Aspects are invoked', () => {
    for (const { context } of ASPECT_MODES) {
      expect(routesOf(build(context, 'OPTIONS', PreflightHandler.builtIn()))['OPTIONS /pets']).toMatchObject(OPEN);
    }
  });
});

describe('a route that is made on a condition', () => {
  const openRoutes = (stack: Stack) => Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Route')).filter(isOpen);
  const isOpen = ({ Properties }: any) => Properties.RouteKey.startsWith('OPTIONS ');

  test('has its OPTIONS route on the same one', () => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    route('Pets', 'ANY /pets', { authorizationType: 'AWS_IAM' }).cfnOptions.condition = conditionOf(stack, 'IsTest');
    addCors(api, cors);
    expect(openRoutes(stack)).toEqual([expect.objectContaining({ Condition: 'IsTest' })]);
  });

  test('leaves what other OPTIONS routes share to the API', () => {
    const stack = stackWith();
    const { api, integration, route } = l1Api(stack);
    integration.cfnOptions.condition = conditionOf(stack, 'HasApi');
    api.cfnOptions.condition = integration.cfnOptions.condition;
    route('Pets', 'ANY /pets').cfnOptions.condition = conditionOf(stack, 'IsTest');
    route('Orders', 'ANY /orders').cfnOptions.condition = api.cfnOptions.condition;
    const queue = new HttpSqsIntegration('Own', {
      queue: sqs.Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:eu-west-1:123456789012:own'),
    });
    addCors(api, { ...cors, preflightHandler: PreflightHandler.integration(queue) });

    expect(openRoutes(stack).map(({ Condition }) => Condition)).toEqual(['IsTest', 'HasApi']);
    const shared = ['AWS::ApiGatewayV2::Integration', 'AWS::IAM::Role', 'AWS::IAM::Policy'].flatMap((type) =>
      Object.values(resourcesOf(stack, type)),
    );
    expect(shared.map(({ Condition }) => Condition)).toEqual(['HasApi', 'HasApi', 'HasApi', 'HasApi']);
  });

  test.each([
    ['backend()', () => PreflightHandler.backend()],
    ['builtIn()', () => PreflightHandler.builtIn()],
    ['integration()', () => PreflightHandler.integration(backend('Own'))],
  ])('and another of the same path on the opposite one have an OPTIONS route each, with %s', (_, handler) => {
    for (const [key, paths] of [
      ['ANY /pets', ['/pets']],
      ['$default', ['/{proxy+}', '/']],
    ] as const) {
      const stack = stackWith();
      const { api, route } = l1Api(stack);
      for (const name of ['IsTest', 'IsLive']) {
        const target = `integrations/${new apigatewayv2.CfnIntegration(stack, `${name}Own`, { apiId: api.ref, ...REST_BACKEND }).ref}`;
        route(`${name}Route`, key, { authorizationType: 'AWS_IAM', target }).cfnOptions.condition = conditionOf(
          stack,
          name,
        );
      }
      addCors(api, { ...cors, preflightHandler: handler() });
      expect(openRoutes(stack).map(({ Condition, Properties }) => `${Properties.RouteKey} ${Condition}`)).toEqual(
        expect.arrayContaining(paths.flatMap((path) => [`OPTIONS ${path} IsTest`, `OPTIONS ${path} IsLive`])),
      );
      expect(openRoutes(stack)).toHaveLength(paths.length * 2);
    }
  });

  test('keeps calling its own backend there', () => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    for (const name of ['IsTest', 'IsLive']) {
      const target = `integrations/${new apigatewayv2.CfnIntegration(stack, `${name}Own`, { apiId: api.ref, ...REST_BACKEND }).ref}`;
      route(`${name}Route`, 'ANY /pets', { authorizationType: 'AWS_IAM', target }).cfnOptions.condition = conditionOf(
        stack,
        name,
      );
    }
    addCors(api, cors);
    expect(openRoutes(stack).map(({ Condition, Properties }) => [Condition, Properties.Target])).toEqual([
      ['IsTest', { 'Fn::Join': ['', ['integrations/', { Ref: 'IsTestOwn' }]] }],
      ['IsLive', { 'Fn::Join': ['', ['integrations/', { Ref: 'IsLiveOwn' }]] }],
    ]);
  });
});

function conditionOf(stack: Stack, name: string): CfnCondition {
  return new CfnCondition(stack, name, { expression: Fn.conditionEquals(Aws.REGION, name) });
}

describe('a stage without autoDeploy', () => {
  test.each([
    ['gets a warning', false, 1],
    ['gets none if it deploys on its own', true, 0],
  ])('%s', (_, autoDeploy, count) => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors, createDefaultStage: false });
    api.addRoutes({ path: '/pets', methods: [GET], integration: backend() });
    api.addStage('Prod', { autoDeploy });
    expect(
      warningsOf(stack).filter((warning) => /^Stack\/Api\/Prod: .*cdk-cors:ManualDeployment/.test(warning)),
    ).toHaveLength(count);
  });
});

test('an authorizer that reads Authorization is not served by * in allowHeaders', () => {
  const stack = stackWith();
  const api = new CorsEnabledHttpApi(stack, 'Api', {
    cors: { ...cors, allowHeaders: ['*'] },
    defaultAuthorizer: jwt(),
  });
  api.addRoutes({ path: '/pets', methods: [GET], integration: backend() });
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:WildcardMissesAuthorization')]);
});

test('synthesis can be repeated', () => {
  const stack = stackWith();
  const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { ...cors, preflightHandler: PreflightHandler.builtIn() } });
  api.addRoutes({ path: '/pets', methods: [ANY], integration: backend() });
  const first = routesOf(stack);
  expect(routesOf(stack)).toEqual(first);
  expect(CfnResource.isCfnResource(api.node.defaultChild!)).toBe(true);
});
