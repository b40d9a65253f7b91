import './verdicts';
import { App, AspectPriority, Aspects, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import type { Construct, IConstruct } from 'constructs';
import {
  addCors,
  CorsDefaults,
  CorsRuntime,
  CorsSimulator,
  EnableCors,
  ErrorOrigin,
  OriginMatching,
  PreflightHandler,
  PreflightPlacement,
} from '../src';
import { mock } from './rest-api/apps';
import { ASPECT_MODES, infosOf, resourcesOf, warningsOf } from './support/apps';
import { APP } from './support/pages';

const OTHER = 'https://other.example.com';
const CORS = { allowOrigins: [APP] };
const PUT = { path: '/pets', method: 'PUT' };

function restApi(scope: Construct, id = 'Rest', props?: apigateway.RestApiProps): apigateway.RestApi {
  const api = new apigateway.RestApi(scope, id, props);
  api.root.addResource('pets').addMethod('PUT', mock());
  return api;
}

function httpApi(scope: Construct, id = 'Http', props?: apigatewayv2.HttpApiProps): apigatewayv2.HttpApi {
  const api = new apigatewayv2.HttpApi(scope, id, props);
  const integration = new HttpUrlIntegration('Backend', 'https://backend.example.com');
  api.addRoutes({ path: '/pets', methods: [apigatewayv2.HttpMethod.PUT], integration });
  return api;
}

describe.each(ASPECT_MODES)('the defaults of a scope, where Aspects are $aspects,', ({ context }) => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App({ context, analyticsReporting: false });
    stack = new Stack(app, 'Stack');
  });

  /** APIs that are made when the defaults are set already. */
  const LATER: [string, () => IConstruct][] = [
    ['a REST API', () => restApi(stack)],
    ['an HTTP API', () => httpApi(stack)],
    [
      'an L1 REST API',
      () => {
        const api = new apigateway.CfnRestApi(stack, 'L1', { name: 'Pets' });
        const part = { restApiId: api.ref, parentId: api.attrRootResourceId, pathPart: 'pets' };
        const resource = new apigateway.CfnResource(stack, 'Pets', part);
        new apigateway.CfnMethod(stack, 'Put', {
          restApiId: api.ref,
          resourceId: resource.ref,
          httpMethod: 'PUT',
          authorizationType: 'NONE',
          integration: {
            type: 'MOCK',
            requestTemplates: { 'application/json': '{"statusCode": 200}' },
            integrationResponses: [{ statusCode: '200' }],
          },
          methodResponses: [{ statusCode: '200' }],
        });
        return api;
      },
    ],
    [
      'a REST API from a document',
      () =>
        new apigateway.SpecRestApi(stack, 'Spec', {
          apiDefinition: apigateway.ApiDefinition.fromInline({
            openapi: '3.0.1',
            info: { title: 'Pets', version: '1' },
            paths: {
              '/pets': {
                put: {
                  responses: { 200: { description: 'ok' } },
                  'x-amazon-apigateway-integration': {
                    type: 'mock',
                    requestTemplates: { 'application/json': '{"statusCode": 200}' },
                    responses: { default: { statusCode: '200' } },
                  },
                },
              },
            },
          }),
        }),
    ],
    [
      'an API of an included template',
      () => {
        const templateFile = `${__dirname}/rest-api/included.template.json`;
        return new CfnInclude(stack, 'Included', { templateFile }).getResource('Api');
      },
    ],
  ];

  test.each(LATER)('reach %s that is added later', (name, make) => {
    CorsDefaults.of(app).set(CORS);
    const api = make();
    expect(api).toAllow({ origin: APP, ...(name.includes('included') ? { path: '/pets' } : PUT) });
    expect(api).toBlock(
      { origin: OTHER, ...(name.includes('included') ? { path: '/pets' } : PUT) },
      name.includes('included') ? 'response-origin' : 'preflight-origin',
    );
  });

  test('are what advice about a template names', () => {
    CorsDefaults.of(app).set(CORS);
    restApi(stack);
    const { fix } = CorsSimulator.fromStack(stack).request({ origin: OTHER, ...PUT });
    expect(fix).toMatch(/^Add "https:\/\/other.example.com" to allowOrigins of CorsDefaults on the App/);
  });

  test('reach what was there before', () => {
    const api = restApi(stack);
    CorsDefaults.of(stack).set(CORS);
    expect(api).toAllow({ origin: APP, ...PUT });
  });

  test.each([
    ['on the App', () => app as IConstruct],
    ['on a Stage', (stage: Stage) => stage],
  ])('reach APIs in Stages inside of Stages, which are added later: %s', (_, scopeOf) => {
    const outer = new Stage(app, 'Outer');
    CorsDefaults.of(scopeOf(outer)).set(CORS);
    const inner = new Stage(outer, 'Inner');
    const api = restApi(new Stack(inner, 'Stack'));
    expect(api).toAllow({ origin: APP, ...PUT });
    app.synth();
    expect(outer.synth().getNestedAssembly(inner.artifactId).stacks).toHaveLength(1);
  });

  test('come to the whole app by one synth', () => {
    CorsDefaults.of(app).set(CORS);
    restApi(stack);
    httpApi(new Stack(new Stage(app, 'Prod'), 'Stack'));
    const assembly = app.synth();
    const [{ Properties }] = Object.values<any>(
      assembly.getNestedAssembly('assembly-Prod').stacks[0].template.Resources,
    ).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Api');
    expect(Properties.CorsConfiguration.AllowOrigins).toEqual([APP]);
    const methods = Object.values<any>(assembly.getStackByName('Stack').template.Resources).filter(
      ({ Properties }) => Properties?.HttpMethod === 'OPTIONS',
    );
    expect(methods).toHaveLength(1);
    expect(app.synth()).toBe(assembly);
  });

  test('reach an API that an Aspect adds', () => {
    CorsDefaults.of(app).set(CORS);
    const last = new Stack(app, 'Last');
    const visit = (node: IConstruct) => {
      if (node === last && !last.node.tryFindChild('Rest')) restApi(last);
    };
    Aspects.of(app).add({ visit });
    restApi(stack);
    Template.fromStack(last);
    expect(last.node.findChild('Rest')).toAllow({ origin: APP, ...PUT });
  });

  test('see an Aspect that closes what they opened', () => {
    CorsDefaults.of(app).set(CORS);
    const visit = (node: IConstruct) => {
      if (node instanceof apigateway.CfnMethod) node.authorizationType = 'AWS_IAM';
    };
    Aspects.of(app).add({ visit }, { priority: AspectPriority.READONLY });
    restApi(stack);
    const seen = warningsOf(stack).filter((text) => text.includes('cdk-cors:ClosedPreflight'));
    expect(seen).toHaveLength(context['@aws-cdk/core:aspectStabilization'] ? 1 : 0);
  });

  describe('give way', () => {
    test('to a policy of the API itself, before or after', () => {
      const before = restApi(stack, 'Before');
      addCors(before, { allowOrigins: [OTHER] });
      CorsDefaults.of(app).set(CORS);
      const after = httpApi(stack, 'After');
      EnableCors.on(after, { allowOrigins: [OTHER] });
      for (const api of [before, after]) {
        expect(api).toAllow({ origin: OTHER, ...PUT });
        expect(api).toBlock({ origin: APP, ...PUT }, 'preflight-origin');
      }
    });

    test('to a mixin that was applied further up', () => {
      const api = restApi(stack);
      CorsDefaults.of(stack).set(CORS);
      app.with(new EnableCors({ allowOrigins: [OTHER] }));
      expect(api).toAllow({ origin: OTHER, ...PUT });
    });

    test('to a policy of one resource, there alone', () => {
      CorsDefaults.of(app).set(CORS);
      const api = restApi(stack);
      const toys = api.root.addResource('toys');
      toys.addMethod('PUT', mock());
      addCors(toys, { allowOrigins: [OTHER] });
      expect(api).toAllow({ origin: OTHER, path: '/toys', method: 'PUT' });
      expect(api).toBlock({ origin: APP, path: '/toys', method: 'PUT' }, 'preflight-origin');
      expect(api).toAllow({ origin: APP, ...PUT });
    });

    test('to the defaults of a scope further down, across a Stage', () => {
      CorsDefaults.of(app).set(CORS);
      const stage = new Stage(app, 'Prod');
      const nearer = new Stack(stage, 'Nearer');
      CorsDefaults.of(nearer).set({ allowOrigins: [OTHER] });
      const [near, far] = [restApi(nearer), restApi(new Stack(stage, 'Far'))];
      expect(near).toAllow({ origin: OTHER, ...PUT });
      expect(near).toBlock({ origin: APP, ...PUT }, 'preflight-origin');
      expect(far).toAllow({ origin: APP, ...PUT });
    });

    test('to none()', () => {
      CorsDefaults.of(app).set(CORS);
      const [internal, open] = [restApi(stack, 'Internal'), restApi(stack, 'Open')];
      CorsDefaults.of(internal).none();
      expect(internal).toBlock({ origin: APP, ...PUT }, 'preflight-answer');
      expect(open).toAllow({ origin: APP, ...PUT });
    });

    test('to none() on an API, not to its own policy', () => {
      const api = restApi(stack);
      CorsDefaults.of(api).none();
      addCors(api, CORS);
      expect(api).toAllow({ origin: APP, ...PUT });
    });
  });

  test("leave an API with aws-cdk-lib's own CORS as it is, and say so", () => {
    CorsDefaults.of(app).set(CORS);
    const rest = restApi(stack, 'Rest', { defaultCorsPreflightOptions: { allowOrigins: [OTHER] } });
    const http = httpApi(stack, 'Http', {
      corsPreflight: { allowOrigins: [OTHER], allowMethods: [apigatewayv2.CorsHttpMethod.ANY] },
    });
    expect(infosOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Rest: this API has defaultCorsPreflightOptions, .*cdk-cors:KeepsOwnCors/),
      expect.stringMatching(/^Stack\/Http: this API has corsPreflight, .*cdk-cors:KeepsOwnCors/),
    ]);
    expect(warningsOf(stack)).toEqual([]);
    expect(resourcesOf(stack, 'AWS::ApiGateway::GatewayResponse')).toEqual({});
    expect(rest).toBlock({ origin: APP, ...PUT }, 'preflight-origin');
    expect(http).toBlock({ origin: APP, ...PUT }, 'preflight-origin');
  });

  test.each([undefined, OriginMatching.FUNCTIONS])(
    'leave a document with a CORS configuration: %s',
    (originMatching) => {
      CorsDefaults.of(app).set({ ...CORS, originMatching });
      const integration = { type: 'http_proxy', uri: 'https://backend.example.com', httpMethod: 'ANY' };
      const operation = { 'x-amazon-apigateway-integration': { ...integration, payloadFormatVersion: '1.0' } };
      const document = {
        openapi: '3.0.1',
        info: { title: 'Pets', version: '1' },
        'x-amazon-apigateway-cors': { allowOrigins: [OTHER] },
        paths: { '/pets': { 'x-amazon-apigateway-any-method': operation } },
      };
      new apigatewayv2.CfnApi(stack, 'Api', { body: document });
      const [{ Properties }] = Object.values<any>(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'));
      expect(Properties.Body).toEqual(document);
      expect(infosOf(stack)).toEqual([
        expect.stringMatching(/^Stack\/Api: this API has x-amazon-apigateway-cors, .*cdk-cors:KeepsOwnCors/),
      ]);
      expect(warningsOf(stack)).toEqual([]);
    },
  );

  test.each<[string, () => IConstruct]>([
    ['a route that no CorsRuntime is behind', () => httpApi(stack, 'Api')],
    [
      'an import',
      () => {
        const api = apigatewayv2.HttpApi.fromHttpApiAttributes(stack, 'Api', { httpApiId: 'abc' });
        new apigatewayv2.CfnRoute(stack, 'Route', { apiId: 'abc', routeKey: 'PUT /pets', target: 'integrations/1' });
        return api as unknown as IConstruct;
      },
    ],
    [
      'a document',
      () => {
        const integration = { type: 'http_proxy', uri: 'https://backend.example.com', httpMethod: 'PUT' };
        const put = { 'x-amazon-apigateway-integration': { ...integration, payloadFormatVersion: '1.0' } };
        const body = { openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths: { '/pets': { put } } };
        return new apigatewayv2.CfnApi(stack, 'Api', { body });
      },
    ],
  ])('name the ways out where functions are to match origins, and cannot: %s', (_, make) => {
    CorsDefaults.of(app).set({ ...CORS, originMatching: OriginMatching.FUNCTIONS });
    make();
    expect(() => app.synth()).toThrow(
      /cors.originMatching: [^\n]* The policy comes from CorsDefaults of the App: give Stack\/Api one of its own, or/,
    );
  });

  test('leave an OPTIONS method of the user, cover the rest, and say so', () => {
    CorsDefaults.of(app).set(CORS);
    const api = restApi(stack);
    const own = api.root.addResource('own');
    own.addMethod('GET', mock());
    own.addMethod('OPTIONS', mock());
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Rest\/Default\/own: .*OwnOptions/)]);
    expect(api).toAllow({ origin: APP, ...PUT });
  });

  test('pass over WebSocket APIs and those of SAM, and say why', () => {
    CorsDefaults.of(app).set(CORS);
    new apigatewayv2.WebSocketApi(stack, 'Chat');
    new CfnResource(stack, 'Sam', { type: 'AWS::Serverless::Api', properties: { StageName: 'prod' } });
    new CfnResource(stack, 'SamHttp', { type: 'AWS::Serverless::HttpApi' });
    new CfnResource(stack, 'Configured', {
      type: 'AWS::Serverless::HttpApi',
      properties: { CorsConfiguration: { AllowOrigins: [APP] } },
    });
    expect(infosOf(stack)).toEqual([expect.stringMatching(/^Stack\/Chat: browsers open WebSockets .*WebSocketApi/)]);
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Sam: the routes of an AWS::Serverless::Api appear only .*its own Cors property/),
      expect.stringMatching(/^Stack\/SamHttp: .* Use its own CorsConfiguration property/),
    ]);
  });

  test('say nothing of WebSocket APIs where there is no default, or none()', () => {
    CorsDefaults.of(app).none();
    new apigatewayv2.WebSocketApi(stack, 'Chat');
    restApi(stack, 'Rest', { defaultCorsPreflightOptions: { allowOrigins: [OTHER] } });
    expect(infosOf(stack)).toEqual([]);
  });

  describe('and imported APIs:', () => {
    const imported = (id = 'Imported') =>
      apigateway.RestApi.fromRestApiAttributes(stack, id, { restApiId: 'abc', rootResourceId: 'root' });

    test('those that the app adds methods to are covered', () => {
      CorsDefaults.of(app).set(CORS);
      imported().root.addResource('pets').addMethod('PUT', mock());
      const verbs = Object.values<any>(resourcesOf(stack, 'AWS::ApiGateway::Method')).map(
        ({ Properties }) => Properties.HttpMethod,
      );
      expect(verbs.sort()).toEqual(['OPTIONS', 'PUT']);
      expect(warningsOf(stack)).toEqual([
        expect.stringContaining('cdk-cors:ErrorsElsewhere'),
        expect.stringContaining('cdk-cors:NotRedeployed'),
      ]);
    });

    test('those that are only mentioned are not', () => {
      CorsDefaults.of(app).set(CORS);
      imported();
      apigatewayv2.HttpApi.fromHttpApiAttributes(stack, 'Http', { httpApiId: 'abc' });
      expect(warningsOf(stack)).toEqual([]);
      expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
    });

    test('one of an API that is made here follows that one', () => {
      CorsDefaults.of(app).set(CORS);
      const api = restApi(stack);
      const other = new Stack(app, 'Other');
      CorsDefaults.of(other).set({ allowOrigins: [OTHER] });
      const { restApiId, restApiRootResourceId: rootResourceId } = api;
      const ofOther = apigateway.RestApi.fromRestApiAttributes(other, 'Api', { restApiId, rootResourceId });
      ofOther.root.addResource('toys').addMethod('PUT', mock());
      expect(api).toAllow({ origin: APP, ...PUT });
      const [options] = Object.values<any>(resourcesOf(other, 'AWS::ApiGateway::Method'))
        .map(({ Properties }) => Properties)
        .filter(({ HttpMethod }) => HttpMethod === 'OPTIONS');
      const [{ ResponseParameters }] = options.Integration.IntegrationResponses;
      expect(ResponseParameters['method.response.header.Access-Control-Allow-Origin']).toBe(`'${APP}'`);
    });

    test('an API that has a policy by an import keeps it', () => {
      CorsDefaults.of(app).set(CORS);
      const api = httpApi(stack);
      const other = new Stack(app, 'Other');
      addCors(apigatewayv2.HttpApi.fromHttpApiAttributes(other, 'Api', { httpApiId: api.apiId }), {
        allowOrigins: [OTHER],
      });
      expect(api).toAllow({ origin: OTHER, ...PUT });
    });
  });

  test('bring each kind of API the options that are for it', () => {
    CorsDefaults.of(app).set({
      allowOrigins: [APP, OTHER],
      statusCode: 200,
      errorOrigin: ErrorOrigin.none(),
      preflight: PreflightPlacement.SHARED,
      preflightHandler: PreflightHandler.builtIn(),
    });
    const rest = restApi(stack);
    const http = httpApi(stack);
    const spec = LATER[3][1]();
    for (const api of [rest, http, spec]) expect(api).toAllow({ origin: OTHER, ...PUT });
    expect(resourcesOf(stack, 'AWS::ApiGateway::GatewayResponse')).toEqual({});
  });

  test('name each API that cannot follow them, all at once, and the ways out', () => {
    CorsDefaults.of(app).set({ allowOrigins: ['https://*.example.com'] });
    restApi(stack);
    httpApi(stack);
    new apigateway.SpecRestApi(stack, 'Spec', {
      apiDefinition: apigateway.ApiDefinition.fromBucket(
        s3.Bucket.fromBucketName(stack, 'Documents', 'documents'),
        'api.json',
      ),
    });
    expect(() => app.synth()).toThrow(
      new RegExp(
        [
          '^Stack/Http: cors.allowOrigins\\[0\\]: API Gateway refuses "https://\\*.example.com" at deployment[^\\n]*',
          'The policy comes from CorsDefaults of the App: give Stack/Http one of its own, or write CorsDefaults.of\\(api\\).none\\(\\) for it.\\n',
          'apiDefinition: the OpenAPI document of Stack/Spec is in S3 or an asset[^\\n]*none\\(\\) for it.$',
        ].join(''),
      ),
    );
  });

  test('are what a CorsRuntime takes over from an API', () => {
    CorsDefaults.of(app).set({ ...CORS, exposeHeaders: ['X-Total'] });
    const api = new apigateway.RestApi(stack, 'Rest');
    const fn = new lambda.Function(stack, 'Handler', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    });
    new CorsRuntime(stack, 'Cors', { api }).attachTo(fn);
    api.root.addProxy({ defaultIntegration: new apigateway.LambdaIntegration(fn) });
    const [{ Properties }] = Object.values<any>(resourcesOf(stack, 'AWS::Lambda::Function'));
    expect(JSON.parse(Properties.Environment.Variables.CORS_POLICY)).toMatchObject({
      origins: [APP],
      expose: 'X-Total',
    });
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
  });

  test('let a CorsRuntime say where an API has none of it', () => {
    CorsDefaults.of(app).set(CORS);
    const api = httpApi(stack);
    CorsDefaults.of(api).none();
    const fn = new lambda.Function(stack, 'Handler', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    });
    new CorsRuntime(stack, 'Cors', { api }).attachTo(fn);
    expect(() => app.synth()).toThrow('Stack/Handler: Stack/Http has no CORS policy for CorsRuntime to take over');
  });
});

describe('defaults are refused at once', () => {
  const stack = () => new Stack(new App(), 'Stack');

  test('where the policy has faults, all of them, with the scope', () => {
    expect(() => CorsDefaults.of(stack()).set({ allowOrigins: ['app.example.com'], statusCode: 404 })).toThrow(
      /^Stack: cors.allowOrigins\[0\].*\ncors.statusCode/,
    );
  });

  test('where a scope has one already', () => {
    const scope = stack();
    CorsDefaults.of(scope).set(CORS);
    expect(() => CorsDefaults.of(scope).none()).toThrow('Stack: CorsDefaults: this scope has a default already');
  });

  test('with includeChildren, which is for a resource', () => {
    expect(() => CorsDefaults.of(stack()).set({ ...CORS, includeChildren: true })).toThrow(
      'Stack: cors.includeChildren: a default is for whole APIs',
    );
  });

  test.each<[string, (scope: Stack) => IConstruct]>([
    ['a resource', (scope) => restApi(scope).root.getResource('pets')!],
    ['the L1 of a resource', (scope) => restApi(scope).root.getResource('pets')!.node.defaultChild!],
    ['a method', (scope) => restApi(scope).methods[0]],
    ['a stage', (scope) => restApi(scope).deploymentStage],
    ['an L1 method beside its API', (scope) => new CfnResource(scope, 'L1', { type: 'AWS::ApiGateway::Method' })],
    [
      'a route',
      (scope) =>
        httpApi(scope)
          .node.findAll()
          .find((each) => each instanceof apigatewayv2.HttpRoute)!,
    ],
    [
      'an imported resource',
      (scope) =>
        apigateway.Resource.fromResourceAttributes(scope, 'Imported', {
          restApi: restApi(scope),
          resourceId: 'abc',
          path: '/abc',
        }),
    ],
  ])('on %s, which would be left out of them', (_, of) => {
    const part = of(stack());
    expect(() => CorsDefaults.of(part)).toThrow(
      `CorsDefaults.of: ${part.node.path} is a part of an API, and a default is for whole APIs.`,
    );
  });

  test('not on the L1 of an API, which means the API', () => {
    const scope = stack();
    CorsDefaults.of(scope).set(CORS);
    const [rest, http] = [restApi(scope), httpApi(scope)];
    for (const { node } of [rest, http]) CorsDefaults.of(node.defaultChild!).none();
    expect(rest).toBlock({ origin: APP, ...PUT }, 'preflight-answer');
    expect(http).toBlock({ origin: APP, ...PUT }, 'preflight-answer');
    expect(() => CorsDefaults.of(rest).none()).toThrow('has a default already');
  });

  test.each([undefined, null, 'app', {}])('on %p, which is not a construct', (scope: any) => {
    expect(() => CorsDefaults.of(scope)).toThrow('is not a construct');
  });
});
