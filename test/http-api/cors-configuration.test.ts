import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Aspects, CfnParameter, CfnResource, Duration, Fn, NestedStack, Resource, Stack } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { CorsEnabledHttpApi } from '../../src/constructs/cors-enabled-http-api';
import { addCors, EnableCors } from '../../src/enable-cors';
import { APP } from '../support/pages';
import { ASPECT_MODES, backend, corsOf, countOf, l1Api, stackWith, warningsOf } from './apps';

const { GET, PUT, DELETE, ANY, OPTIONS } = apigatewayv2.HttpMethod;
const ALL = ['OPTIONS', 'GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'];

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  test('every option reaches the CORS configuration', () => {
    const stack = stackWith(context);
    new CorsEnabledHttpApi(stack, 'Api', {
      cors: {
        allowOrigins: [APP, 'http://localhost:3000'],
        allowMethods: ['PUT', 'GET'],
        allowHeaders: ['Content-Type', 'X-Trace'],
        exposeHeaders: ['ETag'],
        allowCredentials: true,
        maxAge: Duration.hours(1),
      },
    });
    expect(corsOf(stack)).toEqual({
      AllowOrigins: [APP, 'http://localhost:3000'],
      AllowMethods: ['GET', 'PUT'],
      AllowHeaders: ['content-type', 'x-trace'],
      ExposeHeaders: ['etag'],
      AllowCredentials: true,
      MaxAge: 3600,
    });
  });

  test('methods are those of the routes, whoever adds them and whenever', () => {
    const stack = stackWith(context);
    const api = new apigatewayv2.HttpApi(stack, 'Api');
    api.addRoutes({ path: '/pets', methods: [PUT], integration: backend() });
    addCors(api, { allowOrigins: [APP] });
    api.addRoutes({ path: '/pets', methods: [GET], integration: backend() });
    const other = new Stack(stack.node.scope!, 'Other');
    new apigatewayv2.HttpRoute(other, 'Route', {
      httpApi: api,
      routeKey: apigatewayv2.HttpRouteKey.with('/orders', DELETE),
      integration: backend(),
    });
    new apigatewayv2.CfnRoute(stack, 'Patch', { apiId: api.apiId, routeKey: 'PATCH /pets' });
    const nested = new NestedStack(stack, 'Nested');
    new apigatewayv2.CfnRoute(nested, 'Head', { apiId: api.apiId, routeKey: 'HEAD /pets' });

    expect(corsOf(stack).AllowMethods).toEqual(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD']);
  });
});

test.each([
  [
    'an ANY route',
    (api: apigatewayv2.HttpApi) => api.addRoutes({ path: '/pets', methods: [ANY], integration: backend() }),
  ],
  [
    '$default',
    (api: apigatewayv2.HttpApi) =>
      new apigatewayv2.HttpRoute(api, 'Rest', {
        httpApi: api,
        routeKey: apigatewayv2.HttpRouteKey.DEFAULT,
        integration: backend(),
      }),
  ],
])('%s stands for all seven methods by name, as with credentials * would count for nothing', (_, add) => {
  const stack = stackWith();
  const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP], allowCredentials: true } });
  add(api);
  expect(corsOf(stack).AllowMethods).toEqual(ALL);
});

test("a user's own OPTIONS route is not announced: no page asks for it", () => {
  const stack = stackWith();
  const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
  api.addRoutes({ path: '/pets', methods: [GET, OPTIONS], integration: backend() });
  expect(corsOf(stack).AllowMethods).toEqual(['GET']);
});

test('an API without routes here announces all seven methods, and warns', () => {
  const stack = stackWith();
  new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
  expect(corsOf(stack).AllowMethods).toEqual(ALL);
  expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Api: .*\[ack: cdk-cors:UnseenRoutes\]$/)]);
});

test('so does one whose only routes here are for OPTIONS: no page asks for it, so others must be made elsewhere', () => {
  const stack = stackWith();
  const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
  api.addRoutes({ path: '/pets', methods: [OPTIONS], integration: backend() });
  expect(corsOf(stack).AllowMethods).toEqual(ALL);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:UnseenRoutes')]);
});

test('so does one with a route whose key is known only at deployment', () => {
  const stack = stackWith();
  const { api, route } = l1Api(stack);
  route('Get', 'GET /pets');
  route('Any', new CfnParameter(stack, 'Key').valueAsString);
  addCors(api, { allowOrigins: [APP] });
  expect(corsOf(stack).AllowMethods).toEqual(ALL);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:UnseenRoutes')]);
});

test('left out, the policy lets every origin in, without credentials', () => {
  const stack = stackWith();
  const api = new CorsEnabledHttpApi(stack, 'Api');
  api.addRoutes({ path: '/pets', methods: [GET], integration: backend() });
  expect(corsOf(stack)).toEqual({
    AllowOrigins: ['*'],
    AllowCredentials: false,
    AllowMethods: ['GET'],
    AllowHeaders: [
      'content-type',
      'x-amz-date',
      'authorization',
      'x-api-key',
      'x-amz-security-token',
      'x-amz-user-agent',
    ],
    MaxAge: 600,
  });
});

test('deploy-time values are taken as they are: single ones and whole lists', () => {
  const stack = stackWith();
  const origins = new CfnParameter(stack, 'Origins', { type: 'CommaDelimitedList' });
  const headers = new CfnParameter(stack, 'Headers', { type: 'CommaDelimitedList' });
  const header = new CfnParameter(stack, 'Header');
  new CorsEnabledHttpApi(stack, 'Api', {
    cors: {
      allowOrigins: origins.valueAsList,
      allowMethods: Fn.split(';', Fn.importValue('Methods')),
      allowHeaders: headers.valueAsList,
      exposeHeaders: ['ETag', header.valueAsString],
      maxAge: Duration.seconds(new CfnParameter(stack, 'MaxAge', { type: 'Number' }).valueAsNumber),
    },
  });
  expect(corsOf(stack)).toMatchObject({
    AllowOrigins: { Ref: 'Origins' },
    AllowMethods: { 'Fn::Split': [';', { 'Fn::ImportValue': 'Methods' }] },
    AllowHeaders: { Ref: 'Headers' },
    ExposeHeaders: ['etag', { Ref: 'Header' }],
    MaxAge: { Ref: 'MaxAge' },
  });
});

test('* among the methods is the whole list', () => {
  const stack = stackWith();
  new CorsEnabledHttpApi(stack, 'Api', {
    cors: { allowOrigins: ['https://*'], allowMethods: ['GET', '*'], allowHeaders: ['*'] },
  });
  expect(corsOf(stack)).toMatchObject({ AllowOrigins: ['https://*'], AllowMethods: ['*'], AllowHeaders: ['*'] });
});

describe('who moves over from corsPreflight', () => {
  const cors = { allowOrigins: [APP], allowHeaders: ['authorization'], maxAge: Duration.minutes(10) };
  const build = (stack: Stack, ours: boolean) => {
    const api = ours
      ? new CorsEnabledHttpApi(stack, 'Api', { cors })
      : new apigatewayv2.HttpApi(stack, 'Api', {
          corsPreflight: { ...cors, allowMethods: [apigatewayv2.CorsHttpMethod.GET] },
        });
    api.addRoutes({ path: '/pets', methods: [GET], integration: backend() });
    return stack;
  };

  test('keeps every logical id, and gets no further resource', () => {
    const [theirs, ours] = [build(stackWith(), false), build(stackWith(), true)];
    const ids = (stack: Stack) =>
      Object.keys((stack.node.root as App).synth().getStackByName('Stack').template.Resources);
    expect(ids(ours)).toEqual(ids(theirs));
    expect(countOf(ours)).toBe(countOf(theirs));
  });

  test('keeps the configuration', () => {
    expect(corsOf(build(stackWith(), true))).toEqual({ ...corsOf(build(stackWith(), false)), AllowCredentials: false });
  });
});

describe('an API made of L1s', () => {
  test('is covered like any other', () => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    addCors(api, { allowOrigins: [APP] });
    route('Get', 'GET /pets');
    expect(corsOf(stack)).toMatchObject({ AllowOrigins: [APP], AllowMethods: ['GET'] });
  });

  test('even of raw ones', () => {
    const stack = stackWith();
    const api = new CfnResource(stack, 'Api', {
      type: 'AWS::ApiGatewayV2::Api',
      properties: { Name: 'Pets', ProtocolType: 'HTTP' },
    });
    new CfnResource(stack, 'Get', {
      type: 'AWS::ApiGatewayV2::Route',
      properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /pets' },
    });
    addCors(api, { allowOrigins: [APP], exposeHeaders: ['ETag'] });
    expect(corsOf(stack)).toMatchObject({
      AllowOrigins: [APP],
      AllowMethods: ['GET'],
      ExposeHeaders: ['etag'],
      MaxAge: 600,
    });
  });

  test("or inside another library's construct", () => {
    const stack = stackWith();
    const theirs = new (class extends Resource {})(stack, 'Theirs');
    const api = new apigatewayv2.CfnApi(theirs, 'Resource', { name: 'Pets', protocolType: 'HTTP' });
    new apigatewayv2.CfnRoute(theirs, 'Get', { apiId: api.ref, routeKey: 'GET /pets' });
    addCors(api, { allowOrigins: [APP] });
    expect(corsOf(stack)).toMatchObject({ AllowOrigins: [APP], AllowMethods: ['GET'] });
  });

  test('or of a plain template', () => {
    const stack = stackWith();
    const templateFile = join(mkdtempSync(join(tmpdir(), 'http-api-')), 'template.json');
    writeFileSync(templateFile, JSON.stringify(TEMPLATE));
    const included = new CfnInclude(stack, 'Template', { templateFile });
    addCors(included.getResource('PetsApi'), { allowOrigins: [APP] });
    expect(corsOf(stack)).toMatchObject({ AllowOrigins: [APP], AllowMethods: ['GET'] });
  });

  test('made together with its only route, it announces that', () => {
    const stack = stackWith();
    const target = 'arn:aws:lambda:eu-west-1:123456789012:function:pets';
    const api = new apigatewayv2.CfnApi(stack, 'Api', {
      name: 'Pets',
      protocolType: 'HTTP',
      routeKey: 'GET /pets',
      target,
    });
    addCors(api, { allowOrigins: [APP] });
    expect(corsOf(stack).AllowMethods).toEqual(['GET']);
  });
});

const TEMPLATE = {
  Resources: {
    PetsApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Pets', ProtocolType: 'HTTP' } },
    GetPets: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'PetsApi' }, RouteKey: 'GET /pets' } },
  },
};

describe('what the app sets itself wins over the policy, and a warning says so', () => {
  test('an override of a part', () => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP], allowMethods: ['GET'] } });
    (api.node.defaultChild as CfnResource).addPropertyOverride('CorsConfiguration.AllowHeaders', ['x-own']);
    expect(corsOf(stack)).toMatchObject({ AllowOrigins: [APP], AllowHeaders: ['x-own'] });
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Api: .*\[ack: cdk-cors:OwnCorsConfiguration\]$/),
    ]);
  });

  test.each(ASPECT_MODES)('an assignment by an Aspect, with Aspects $aspects', ({ context }) => {
    const stack = stackWith(context);
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP], allowMethods: ['GET'] } });
    const own = { allowOrigins: ['https://own.example.com'] };
    Aspects.of(api).add({
      visit: (node) => {
        if (node instanceof apigatewayv2.CfnApi) node.corsConfiguration = own;
      },
    });
    expect(corsOf(stack)).toEqual({ AllowOrigins: ['https://own.example.com'] });
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:OwnCorsConfiguration')]);
  });
});

describe('an imported API', () => {
  test('of another app gets a warning: its configuration is made there', () => {
    const stack = stackWith();
    const api = apigatewayv2.HttpApi.fromHttpApiAttributes(stack, 'Api', { httpApiId: 'a1b2c3' });
    addCors(api, { allowOrigins: [APP] });
    expect(warningsOf(stack)).toEqual([expect.stringMatching(/^Stack\/Api: .*\[ack: cdk-cors:ImportedHttpApi\]$/)]);
  });

  test('of this app is the same API', () => {
    const stack = stackWith();
    const api = new apigatewayv2.HttpApi(stack, 'Api');
    const other = new Stack(stack.node.scope!, 'Other');
    const imported = apigatewayv2.HttpApi.fromHttpApiAttributes(other, 'Api', { httpApiId: api.apiId });
    addCors(imported, { allowOrigins: [APP], allowMethods: ['GET'] });
    expect(corsOf(stack).AllowOrigins).toEqual([APP]);
    expect(warningsOf(other)).toEqual([]);
  });

  test('cannot follow another policy than the API', () => {
    const stack = stackWith();
    const api = new apigatewayv2.HttpApi(stack, 'Api');
    const imported = apigatewayv2.HttpApi.fromHttpApiAttributes(stack, 'Import', { httpApiId: api.apiId });
    addCors(api, { allowOrigins: [APP] });
    addCors(imported, { allowOrigins: ['*'] });
    expect(() => corsOf(stack)).toThrow(
      'Stack/Import: addCors puts a second CORS policy here; the first came by addCors on Stack/Api.',
    );
  });
});

test('one mixin covers the HTTP APIs of a stack', () => {
  const stack = stackWith();
  new apigatewayv2.HttpApi(stack, 'Api').addRoutes({ path: '/pets', methods: [GET], integration: backend() });
  stack.with(new EnableCors({ allowOrigins: [APP] }));
  expect(corsOf(stack)).toMatchObject({ AllowOrigins: [APP], AllowMethods: ['GET'] });
});

test('a second policy on an API is refused', () => {
  const api = new CorsEnabledHttpApi(stackWith(), 'Api', { cors: { allowOrigins: [APP] } });
  expect(() => addCors(api.node.defaultChild!)).toThrow(
    'Stack/Api/Resource: addCors puts a second CORS policy here; the first came by cors of CorsEnabledHttpApi on Stack/Api.',
  );
});
