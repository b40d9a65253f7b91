import { spawnSync } from 'node:child_process';
import {
  Aspects,
  Aws,
  CfnCondition,
  CfnMapping,
  CfnParameter,
  CfnResource,
  Fn,
  NestedStack,
  Stack,
  Token,
} from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  HttpLambdaIntegration,
  HttpSqsIntegration,
  HttpUrlIntegration,
} from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { CorsEnabledHttpApi } from '../../src/constructs/cors-enabled-http-api';
import { addCors } from '../../src/enable-cors';
import { CorsRuntime } from '../../src/lambda/cors-runtime';
import { PreflightHandler } from '../../src/options/preflight-handler';
import { APP } from '../support/pages';
import {
  backend,
  countOf,
  infosOf,
  jwt,
  l1Api,
  lambdaBackend,
  resourcesOf,
  routesOf,
  stackWith,
  warningsOf,
} from './apps';

const { GET, POST, ANY } = apigatewayv2.HttpMethod;
const cors = { allowOrigins: [APP], preflightHandler: PreflightHandler.backend() };

/** What every OPTIONS route of ours is. */
const OPEN = { AuthorizationType: 'NONE' };
const CLOSED_PROPERTIES = ['AuthorizerId', 'AuthorizationScopes', 'ApiKeyRequired'];

/** An authorizer object serves one app. */
const secured = () => ({ defaultAuthorizer: jwt(), defaultAuthorizationScopes: ['pets'] });

describe('backend()', () => {
  test('costs one resource for each preflight that a route swallows', () => {
    const build = (props: apigatewayv2.HttpApiProps, ours: boolean) => {
      const stack = stackWith();
      const api = ours
        ? new CorsEnabledHttpApi(stack, 'Api', { ...props, cors })
        : new apigatewayv2.HttpApi(stack, 'Api', props);
      api.addRoutes({ path: '/pets', methods: [ANY], integration: lambdaBackend(stack) });
      return countOf(stack);
    };
    const props = () => ({ defaultAuthorizer: jwt(), defaultIntegration: backend('Rest') });
    expect(build(props(), true) - build(props(), false)).toBe(3);
    expect(build({}, true) - build({}, false)).toBe(0);
  });

  test('warns that the integration has to answer, and names it', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', {
      cors,
      defaultAuthorizer: jwt(),
      defaultIntegration: backend('Rest'),
    });
    api.addRoutes({ path: '/pets', methods: [ANY], integration: lambdaBackend(stack, 'Pets') });
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(
        /^Stack\/Api\/DefaultRoute: preflights reach Stack\/Api\/DefaultRoute\/Rest without a token\. .*\[ack: cdk-cors:BackendAnswersPreflight\]$/,
      ),
      expect.stringMatching(
        /^Stack\/Api\/ANY--pets: preflights reach Stack\/Api\/ANY--pets\/Pets without a token\. .*\[ack: cdk-cors:BackendAnswersPreflight\]$/,
      ),
    ]);
  });

  test.each<[string, (stack: Stack) => string]>([
    ['made elsewhere', () => 'integrations/a1b2c3'],
    ['a parameter', (stack) => `integrations/${new CfnParameter(stack, 'Id').valueAsString}`],
    ['imported', () => `integrations/${Fn.importValue('IntegrationId')}`],
    ['a dynamic reference', () => 'integrations/{{resolve:ssm:/pets/integration}}'],
    ['a mapping', (stack) => `integrations/${new CfnMapping(stack, 'Ids').findInMap(Aws.REGION, 'id')}`],
    [
      'seen on one side of a condition only',
      (stack) => {
        new CfnCondition(stack, 'IsTest');
        const own = Fn.ref('Integration');
        return Fn.join('/', ['integrations', Token.asString(Fn.conditionIf('IsTest', own, 'a1b2c3'))]);
      },
    ],
  ])('opens no route to an integration that is %s', (_, target) => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    addCors(api, cors);
    route('Pets', 'ANY /pets', { authorizationType: 'AWS_IAM', target: target(stack) });
    expect(Object.keys(routesOf(stack))).toEqual(['ANY /pets']);
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Pets: .*made elsewhere.*UnsafePreflightBackend\]$/),
    ]);
  });

  test('leaves open routes alone, and says once what their backends have to answer', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors, defaultIntegration: backend('Rest') });
    api.addRoutes({ path: '/pets', methods: [ANY], integration: backend('Pets') });
    expect(Object.keys(routesOf(stack))).toEqual(['$default', 'ANY /pets']);
    expect(warningsOf(stack)).toEqual([]);
    expect(infosOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Api: ANY \/pets, \$default: .*\[ack: cdk-cors:BackendAnswersOpenPreflight\]$/),
    ]);
  });

  test('follows the integration of the route, whoever changes it', () => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    const pets = route('Pets', 'ANY /pets', { authorizationType: 'AWS_IAM' });
    addCors(api, cors);
    new apigatewayv2.CfnIntegration(stack, 'Other', { apiId: api.ref, integrationType: 'AWS_PROXY' });
    pets.addPropertyOverride('Target', { 'Fn::Sub': 'integrations/$' + '{Other}' });
    expect(routesOf(stack)['OPTIONS /pets'].Target).toEqual({ 'Fn::Sub': 'integrations/$' + '{Other}' });
  });

  test('closes the route again where an Aspect makes the integration unsafe after the tree was looked at', () => {
    const stack = stackWith({ '@aws-cdk/core:aspectStabilization': false });
    const { api, integration, route } = l1Api(stack);
    route('Pets', 'ANY /pets', { authorizationType: 'AWS_IAM' });
    addCors(api, cors);
    new CfnResource(stack, 'Last', { type: 'AWS::CloudFormation::WaitConditionHandle' });
    const visit = (node: IConstruct) => {
      if (node.node.id === 'Last') integration.integrationMethod = 'DELETE';
    };
    Aspects.of(stack).add({ visit });
    expect(routesOf(stack)['OPTIONS /pets']?.AuthorizationType ?? 'no route').not.toBe('NONE');
    expect(warningsOf(stack)).toContainEqual(expect.stringMatching(/Stack\/Pets: .*UnsafePreflightBackend/));
  });

  test.each([
    [
      'an AWS service action',
      'SQS-SendMessage',
      (stack: Stack) => new HttpSqsIntegration('Queue', { queue: new sqs.Queue(stack, 'Orders') }),
    ],
    [
      'a request with a method of its own',
      'a POST request',
      () => new HttpUrlIntegration('Queue', 'https://orders.example.com', { method: POST }),
    ],
  ])('opens no route to %s: anyone could do without a token what the authorizer protects', (_, what, integration) => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors, defaultAuthorizer: jwt() });
    api.addRoutes({ path: '/orders', methods: [ANY], integration: integration(stack) });
    expect(Object.keys(routesOf(stack))).toEqual(['ANY /orders']);
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(new RegExp(`turns each request into ${what}, .*cdk-cors:UnsafePreflightBackend`)),
    ]);
  });

  test.each([
    [
      'a request whose method is known only at deployment',
      { integrationType: 'HTTP_PROXY', integrationMethod: Fn.ref('Verb') },
    ],
    [
      'a request whose method is known only at deployment',
      { IntegrationType: 'HTTP_PROXY', IntegrationMethod: { Ref: 'Verb' } },
    ],
    ['an AWS service action', { integrationType: 'AWS_PROXY', integrationSubtype: Fn.ref('Action') }],
    ['an AWS service action', { IntegrationType: 'AWS_PROXY', IntegrationSubtype: { Ref: 'Action' } }],
  ])('says %s where the template does not say which', (what, properties) => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    const typed = 'integrationType' in properties;
    const own = typed
      ? new apigatewayv2.CfnIntegration(stack, 'Own', {
          apiId: api.ref,
          ...(properties as { integrationType: string }),
        })
      : new CfnResource(stack, 'Own', {
          type: 'AWS::ApiGatewayV2::Integration',
          properties: { ApiId: api.ref, ...properties },
        });
    route('Orders', 'ANY /orders', { authorizationType: 'AWS_IAM', target: `integrations/${own.ref}` });
    addCors(api, cors);
    expect(warningsOf(stack)).toEqual([expect.stringContaining(`turns each request into ${what}, and anyone`)]);
  });

  test('passes methods on to an HTTP backend that takes ANY', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors, defaultAuthorizer: jwt() });
    api.addRoutes({
      path: '/orders',
      methods: [ANY],
      integration: new HttpUrlIntegration('Orders', 'https://orders.example.com', { method: ANY }),
    });
    expect(Object.keys(routesOf(stack))).toContain('OPTIONS /orders');
  });
});

describe('builtIn()', () => {
  const builtIn = { ...cors, preflightHandler: PreflightHandler.builtIn() };

  test('answers for routes with and without an authorizer, and no backend sees a preflight', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors: builtIn, defaultIntegration: backend('Rest') });
    api.addRoutes({ path: '/pets', methods: [ANY], integration: backend('Pets'), authorizer: jwt() });
    api.addRoutes({ path: '/orders', methods: [GET], integration: backend('Orders') });
    const routes = routesOf(stack);
    const [target, ...others] = new Set(
      ['OPTIONS /', 'OPTIONS /{proxy+}', 'OPTIONS /pets'].map((key) => JSON.stringify(routes[key].Target)),
    );
    expect(others).toEqual([]);
    expect(target).toContain('PreflightFunctionIntegration');
    expect(Object.keys(routes)).toHaveLength(6);
    expect([...warningsOf(stack), ...infosOf(stack)]).toEqual([]);
  });

  test('costs four resources for the API beside its routes, and none where nothing is swallowed', () => {
    const build = (methods: apigatewayv2.HttpMethod[], ours: boolean, context = {}) => {
      const stack = stackWith(context);
      const api = ours
        ? new CorsEnabledHttpApi(stack, 'Api', { cors: builtIn })
        : new apigatewayv2.HttpApi(stack, 'Api');
      for (const path of ['/pets', '/orders']) api.addRoutes({ path, methods, integration: backend(path) });
      return countOf(stack);
    };
    const logGroups = { '@aws-cdk/aws-lambda:useCdkManagedLogGroup': true };
    expect(build([ANY], true, logGroups) - build([ANY], false, logGroups)).toBe(2 + 4);
    expect(build([GET], true) - build([GET], false)).toBe(0);
  });

  test('may do nothing, and only its API may call it', () => {
    const stack = stackWith();
    new CorsEnabledHttpApi(stack, 'Api', { cors: builtIn, defaultIntegration: backend() });
    const [role] = Object.values(resourcesOf(stack, 'AWS::IAM::Role'));
    expect(Object.keys(role.Properties)).toEqual(['AssumeRolePolicyDocument']);
    expect(resourcesOf(stack, 'AWS::IAM::Policy')).toEqual({});
    const [permission] = Object.values(resourcesOf(stack, 'AWS::Lambda::Permission'));
    const [apiId] = Object.keys(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'));
    expect(JSON.stringify(permission.Properties.SourceArn)).toContain(JSON.stringify({ Ref: apiId }));
    expect(permission.Properties).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    });
  });

  test('answers 204 and nothing else, run for real', () => {
    const stack = stackWith();
    new CorsEnabledHttpApi(stack, 'Api', { cors: builtIn, defaultIntegration: backend() });
    const [{ Properties }] = Object.values(resourcesOf(stack, 'AWS::Lambda::Function'));
    const newestNodejs = Object.keys(lambda.Runtime)
      .filter((name) => /^NODEJS_\d+_X$/.test(name))
      .map((name) => `nodejs${Number(name.replace(/\D/g, ''))}.x`)
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .pop()!;
    expect(Properties).toMatchObject({ Handler: 'index.handler', Runtime: newestNodejs });
    expect(Number(newestNodejs.replace(/\D/g, ''))).toBeGreaterThanOrEqual(24);
    const event = {
      version: '2.0',
      requestContext: { http: { method: 'OPTIONS', path: '/pets' } },
      headers: { origin: APP },
    };
    const script = `${Properties.Code.ZipFile}\nexports.handler(${JSON.stringify(event)}).then((answer) => process.stdout.write(JSON.stringify(answer)));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=commonjs', '--eval', script], {
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: '{"statusCode":204}', stderr: '' });
  });

  test('serves each of several APIs by a function of its own', () => {
    const stack = stackWith();
    for (const id of ['One', 'Two'])
      new CorsEnabledHttpApi(stack, id, { cors: builtIn, defaultIntegration: backend() });
    expect(Object.keys(resourcesOf(stack, 'AWS::Lambda::Function'))).toHaveLength(2);
  });

  test('works for an API that was made together with its only route', () => {
    const stack = stackWith();
    const target = 'arn:aws:lambda:eu-west-1:123456789012:function:pets';
    addCors(new apigatewayv2.CfnApi(stack, 'Api', { name: 'Pets', protocolType: 'HTTP', target }), builtIn);
    expect(Object.keys(routesOf(stack)).sort()).toEqual(['OPTIONS /', 'OPTIONS /{proxy+}']);
  });

  test('works for the routes of an imported API', () => {
    const stack = stackWith();
    const api = apigatewayv2.HttpApi.fromHttpApiAttributes(stack, 'Api', { httpApiId: 'a1b2c3' });
    addCors(api, builtIn);
    new apigatewayv2.HttpRoute(stack, 'Pets', {
      httpApi: api,
      routeKey: apigatewayv2.HttpRouteKey.with('/pets', ANY),
      integration: backend(),
      authorizer: new HttpIamAuthorizer(),
    });
    expect(routesOf(stack)['OPTIONS /pets']).toMatchObject({ ...OPEN, ApiId: 'a1b2c3' });
  });
});

describe('integration()', () => {
  test.each([
    ['an HttpApi', (stack: Stack) => new apigatewayv2.HttpApi(stack, 'Api', secured())],
    ['a CfnApi', (stack: Stack) => new apigatewayv2.CfnApi(stack, 'Api', { name: 'Pets', protocolType: 'HTTP' })],
  ])("sends the preflights of %s to the user's own integration", (_, make) => {
    const stack = stackWith();
    const api = make(stack);
    const apiId = api instanceof apigatewayv2.HttpApi ? api.apiId : api.ref;
    addCors(api, { ...cors, preflightHandler: PreflightHandler.integration(lambdaBackend(stack, 'Own')) });
    for (const path of ['/pets', '/orders'])
      new apigatewayv2.CfnRoute(stack, path, { apiId, routeKey: `ANY ${path}`, authorizationType: 'AWS_IAM' });
    const { 'OPTIONS /pets': pets, 'OPTIONS /orders': orders } = routesOf(stack);
    for (const preflight of [pets, orders]) {
      expect(preflight).toMatchObject(OPEN);
      for (const name of CLOSED_PROPERTIES) expect(preflight).not.toHaveProperty(name);
    }
    expect(pets.Target).toEqual(orders.Target);
    expect(Object.keys(resourcesOf(stack, 'AWS::ApiGatewayV2::Integration'))).toHaveLength(1);
    expect(Object.keys(resourcesOf(stack, 'AWS::Lambda::Permission'))).toHaveLength(2);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('may bring along an Aspect that changes routes', () => {
    const stack = stackWith();
    const api = new apigatewayv2.HttpApi(stack, 'Api');
    const [route] = api.addRoutes({ path: '/pets', methods: [ANY], integration: backend(), authorizer: jwt() });
    class Moving extends HttpUrlIntegration {
      public override bind(
        options: apigatewayv2.HttpRouteIntegrationBindOptions,
      ): apigatewayv2.HttpRouteIntegrationConfig {
        const visit = () => {
          (route.node.defaultChild as apigatewayv2.CfnRoute).routeKey = 'ANY /cats';
        };
        Aspects.of(options.scope).add({ visit });
        return super.bind(options);
      }
    }
    addCors(api, {
      ...cors,
      preflightHandler: PreflightHandler.integration(new Moving('Own', 'https://preflights.example.com')),
    });
    expect(Object.keys(routesOf(stack))).toContain('OPTIONS /cats');
  });
});

describe.each([
  ['builtIn()', () => PreflightHandler.builtIn()],
  ['integration()', () => PreflightHandler.integration(backend('Own'))],
])('%s', (_, handler) => {
  test('serves routes in other stacks too, from the stack of the API', () => {
    const stack = stackWith();
    const other = new Stack(stack.node.scope!, 'Another');
    const api = new apigatewayv2.HttpApi(stack, 'Api');
    addCors(api, { ...cors, preflightHandler: handler() });
    const nested = new NestedStack(stack, 'Nested');
    for (const scope of [nested, other]) {
      const routeKey = apigatewayv2.HttpRouteKey.with(`/${scope.node.id}`, ANY);
      new apigatewayv2.HttpRoute(scope, 'Route', { httpApi: api, routeKey, integration: backend() });
    }
    api.addRoutes({ path: '/pets', methods: [ANY], integration: backend() });

    const target = JSON.stringify(routesOf(stack)['OPTIONS /pets'].Target);
    expect(target).toMatch(/"Ref":"\w+Integration|"Ref":"\w+Own/);
    expect(Object.keys(routesOf(other))).toContain('OPTIONS /Another');
    expect(Object.keys(routesOf(nested))).toContain('OPTIONS /Nested');
    expect(other.dependencies).toEqual([stack]);
    expect(stack.dependencies).toEqual([]);
  });
});

describe('left out', () => {
  const leftOut = { allowOrigins: [APP] };
  const wrapped = (stack: Stack, id = 'Orders') => {
    const fn = new lambda.Function(stack, id, {
      code: lambda.Code.fromInline('…'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_LATEST,
    });
    new CorsRuntime(stack, `${id}Cors`, { cors: leftOut }).attachPolicyTo(fn);
    return fn;
  };
  const policyOf = (stack: Stack) =>
    Object.values(resourcesOf(stack, 'AWS::Lambda::Function')).flatMap(
      ({ Properties }) => Properties.Environment?.Variables.CORS_POLICY ?? [],
    );

  test('opens routes onto the built-in function only, for what has an authorizer', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors: leftOut });
    api.addRoutes({ path: '/pets', methods: [ANY], integration: lambdaBackend(stack), authorizer: jwt() });
    api.addRoutes({ path: '/open', methods: [ANY], integration: backend('Open') });
    const routes = routesOf(stack);
    expect(Object.keys(routes).sort()).toEqual(['ANY /open', 'ANY /pets', 'OPTIONS /pets']);
    expect(routes['OPTIONS /pets']).toMatchObject(OPEN);
    expect(JSON.stringify(routes['OPTIONS /pets'].Target)).toContain('PreflightFunction');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('leads to the route’s own function where that answers every OPTIONS on its own, and tells it so', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors: leftOut });
    const integration = new HttpLambdaIntegration('Orders', wrapped(stack));
    api.addRoutes({ path: '/orders', methods: [ANY], integration, authorizer: jwt() });
    const routes = routesOf(stack);
    expect(routes['OPTIONS /orders']).toMatchObject({ ...OPEN, Target: routes['ANY /orders'].Target });
    expect(policyOf(stack)).toEqual([expect.stringContaining('"answersOptions":true')]);
  });

  test('does not tell a function that no OPTIONS route was opened onto', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors: leftOut });
    const integration = new HttpLambdaIntegration('Orders', wrapped(stack));
    api.addRoutes({ path: '/orders', methods: [ANY], integration });
    expect(Object.keys(routesOf(stack))).toEqual(['ANY /orders']);
    expect(policyOf(stack)).toEqual([expect.not.stringContaining('answersOptions')]);
  });

  test('says to cdk-nag why the route is open and which runtime the function has', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors: leftOut });
    api.addRoutes({ path: '/pets', methods: [ANY], integration: backend(), authorizer: jwt() });
    const metadata = ['AWS::ApiGatewayV2::Route', 'AWS::Lambda::Function'].flatMap((type) =>
      Object.values(resourcesOf(stack, type)).flatMap(({ Metadata }) => Metadata?.cdk_nag?.rules_to_suppress ?? []),
    );
    expect(metadata.map(({ id }) => id).sort()).toEqual(['AwsSolutions-APIG4', 'AwsSolutions-L1']);
    for (const { reason } of metadata) expect(reason.length).toBeGreaterThan(20);
  });
});
