import { Aspects, CfnCondition, type CfnResource, Fn, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import {
  addCors,
  CorsEnabledHttpApi,
  CorsRuntime,
  EnableCors,
  type HttpApiCorsOptions,
  OriginMatching,
  PreflightHandler,
} from '../../src';
import '../verdicts';
import { APP } from '../support/pages';
import { ASPECT_MODES, backend, corsOf, jwt, resourcesOf, routesOf, stackWith, warningsOf } from './apps';

const { GET, PUT, ANY, OPTIONS } = apigatewayv2.HttpMethod;
const PREVIEW = 'https://pr-7.example.com';
const cors: HttpApiCorsOptions = {
  allowOrigins: ['https://*.example.com', 'http://localhost:*', 'capacitor://localhost'],
  allowCredentials: true,
  originMatching: OriginMatching.FUNCTIONS,
};

function aFunction(stack: Stack, id = 'Pets'): lambda.Function {
  const code = lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });');
  return new lambda.Function(stack, id, { code, handler: 'index.handler', runtime: lambda.Runtime.NODEJS_LATEST });
}

interface Shop {
  readonly stack?: Stack;
  readonly props?: apigatewayv2.HttpApiProps;
  readonly options?: HttpApiCorsOptions;
}

/** An API whose routes end in one function with a CorsRuntime. */
function shop({ stack = stackWith(), props, options = cors }: Shop, ...keys: [string, apigatewayv2.HttpMethod][]) {
  const api = new CorsEnabledHttpApi(stack, 'Api', { ...props, cors: options });
  const fn = aFunction(stack);
  const runtime = new CorsRuntime(stack, 'Cors', { api });
  runtime.attachTo(fn);
  const integration = () => new HttpLambdaIntegration('Pets', fn);
  for (const [path, method] of keys) api.addRoutes({ path, methods: [method], integration: integration() });
  return { stack, api, fn, runtime, integration };
}

function preflightFunctionOf(stack: Stack): any {
  const found = Object.entries(resourcesOf(stack, 'AWS::Lambda::Function')).filter(([id]) => /Preflight/.test(id));
  expect(found.length).toBeLessThan(2);
  return found[0]?.[1].Properties;
}

describe.each(ASPECT_MODES)('functions that compare origins, Aspects $aspects', ({ context }) => {
  const build = (...keys: [string, apigatewayv2.HttpMethod][]) => shop({ stack: stackWith(context) }, ...keys);

  test('take the place of the CORS configuration', () => {
    const { stack } = build(['/pets', GET], ['/pets/{id}', PUT]);
    expect(corsOf(stack)).toBeUndefined();
    expect(Object.keys(routesOf(stack)).sort()).toEqual([
      'GET /pets',
      'OPTIONS /',
      'OPTIONS /{proxy+}',
      'PUT /pets/{id}',
    ]);
    for (const key of ['OPTIONS /', 'OPTIONS /{proxy+}']) expect(routesOf(stack)[key].AuthorizationType).toBe('NONE');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('get the policy of the API, and one more function answers preflights by it', () => {
    const { stack } = build(['/pets', GET], ['/pets/{id}', PUT]);
    const { Environment, Layers } = preflightFunctionOf(stack);
    expect(Layers).toHaveLength(1);
    expect(JSON.parse(Environment.Variables.CORS_POLICY)).toMatchObject({
      origins: ['capacitor://localhost'],
      patterns: [expect.any(String), expect.any(String)],
      methods: 'GET,PUT',
      credentials: true,
      answersOptions: true,
    });
  });

  test.each([PREVIEW, 'http://localhost:5173', 'http://localhost', 'capacitor://localhost'])(
    'let in a page of %s',
    (origin) => {
      const { stack } = build(['/pets', GET], ['/pets/{id}', PUT]);
      expect(stack).toAllow({ origin, path: '/pets', credentials: true });
      expect(stack).toAllow({
        origin,
        path: '/pets/7',
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        credentials: true,
      });
    },
  );

  test.each(['https://example.com', 'https://evil.example', 'https://x.example.com.evil.example', 'null'])(
    'keep out a page of %s',
    (origin) => {
      const { stack } = build(['/pets', GET], ['/pets/{id}', PUT]);
      expect(stack).toBlock({ origin, path: '/pets' }, 'response-origin');
      expect(stack).toBlock({ origin, path: '/pets/7', method: 'PUT' }, 'preflight-origin');
    },
  );
});

describe('routes that take preflights themselves', () => {
  const request = { origin: PREVIEW, method: 'PUT', headers: { Authorization: 'Bearer x' } };

  test('answer them by their own function where anyone may call: nothing is opened', () => {
    const { stack } = shop({}, ['/', ANY], ['/{proxy+}', ANY]);
    expect(Object.keys(routesOf(stack)).sort()).toEqual(['ANY /', 'ANY /{proxy+}']);
    expect(preflightFunctionOf(stack)).toBeUndefined();
    expect(stack).toAllow({ ...request, path: '/pets/7' });
  });

  test('answer them on a $default route', () => {
    const stack = stackWith();
    const fn = aFunction(stack);
    const api = new CorsEnabledHttpApi(stack, 'Api', {
      cors,
      defaultIntegration: new HttpLambdaIntegration('Pets', fn),
    });
    new CorsRuntime(stack, 'Cors', { api }).attachTo(fn);
    expect(Object.keys(routesOf(stack))).toEqual(['$default']);
    expect(stack).toAllow({ ...request, path: '/any/where' });
  });

  test.each<[string, PreflightHandler | undefined, boolean]>([
    ['their own function', undefined, false],
    ['their own function', PreflightHandler.backend(), false],
    ['the function that compares origins', PreflightHandler.builtIn(), true],
  ])('behind an authorizer, get an open OPTIONS route beside them: %s', (_, preflightHandler, isShared) => {
    const { stack } = shop(
      { props: { defaultAuthorizer: jwt() }, options: { ...cors, preflightHandler } },
      ['/pets', ANY],
      ['/items', GET],
    );
    const routes = routesOf(stack);
    expect(Object.keys(routes).sort()).toEqual([
      'ANY /pets',
      'GET /items',
      'OPTIONS /',
      'OPTIONS /pets',
      'OPTIONS /{proxy+}',
    ]);
    expect(isEqual(routes['OPTIONS /pets'].Target, routes['OPTIONS /'].Target)).toBe(isShared);
    for (const path of ['/pets', '/']) expect(routes[`OPTIONS ${path}`].AuthorizationType).toBe('NONE');
    expect(stack).toAllow({ ...request, path: '/pets' });
    expect(stack).toAllow({ ...request, method: 'GET', path: '/items' });
  });

  test('may be OPTIONS routes of your own', () => {
    const { stack } = shop({}, ['/pets', GET], ['/{proxy+}', OPTIONS], ['/', OPTIONS]);
    expect(preflightFunctionOf(stack)).toBeUndefined();
    expect(stack).toAllow({ origin: PREVIEW, path: '/pets', headers: { 'X-Api-Key': 'a' } });
  });

  test('are made up for where they stand on a condition only', () => {
    const { stack, api, integration } = shop({}, ['/pets', GET]);
    const [route] = api.addRoutes({ path: '/{proxy+}', methods: [ANY], integration: integration() });
    const condition = new CfnCondition(stack, 'IsTest', { expression: Fn.conditionEquals('a', 'b') });
    (route.node.defaultChild as CfnResource).cfnOptions.condition = condition;
    expect(Object.keys(routesOf(stack)).sort()).toEqual([
      'ANY /{proxy+}',
      'GET /pets',
      'OPTIONS /',
      'OPTIONS /{proxy+}',
    ]);
    expect(routesOf(stack)['OPTIONS /{proxy+}'].Target).toEqual(routesOf(stack)['OPTIONS /'].Target);
  });
});

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

describe("an authorizer's 401", () => {
  test('cannot be read by a page: API Gateway adds no headers', () => {
    const { stack } = shop({ props: { defaultAuthorizer: jwt() } }, ['/pets', GET]);
    const request = { origin: PREVIEW, path: '/pets' };
    expect(stack).toBlock(request, 'response-origin');
    expect(stack).toBlock(
      { ...request, headers: { Authorization: 'Bearer x' }, gatewayError: 'UNAUTHORIZED' },
      'response-origin',
    );
    expect(stack).toAllow({ ...request, headers: { Authorization: 'Bearer x' } });
  });
});

describe('a route that does not end in a function with a CorsRuntime keeps the app from synthesis', () => {
  const UNMATCHED = (route: string) =>
    `cors.originMatching: ${route} does not end in a function with a CorsRuntime, so nobody would send the CORS headers of its responses. Attach a CorsRuntime to its function, or leave originMatching out.`;

  test.each<[string, (api: CorsEnabledHttpApi, fn: lambda.Function) => unknown]>([
    ['a URL', (api) => api.addRoutes({ path: '/other', methods: [GET], integration: backend() })],
    [
      'a function without it',
      (api) =>
        api.addRoutes({
          path: '/other',
          methods: [GET],
          integration: new HttpLambdaIntegration('Other', aFunction(Stack.of(api), 'Other')),
        }),
    ],
    [
      'the URL of a function that has it',
      (api, fn) =>
        api.addRoutes({
          path: '/other',
          methods: [GET],
          integration: new HttpUrlIntegration('Other', fn.addFunctionUrl().url),
        }),
    ],
    [
      'an imported function',
      (api) => {
        const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:Other';
        const fn = lambda.Function.fromFunctionArn(api, 'Other', arn);
        api.addRoutes({ path: '/other', methods: [GET], integration: new HttpLambdaIntegration('Other', fn) });
      },
    ],
  ])('%s', (_, add) => {
    const { stack, api, fn } = shop({}, ['/pets', GET]);
    add(api, fn);
    expect(() => Template.fromStack(stack)).toThrow(UNMATCHED('GET /other (Stack/Api/GET--other)'));
  });

  test('an OPTIONS route of your own', () => {
    const { stack, api } = shop({}, ['/pets', GET]);
    api.addRoutes({ path: '/pets', methods: [OPTIONS], integration: backend() });
    expect(() => Template.fromStack(stack)).toThrow(UNMATCHED('OPTIONS /pets (Stack/Api/OPTIONS--pets)'));
  });

  test('one whose key is known only at deployment', () => {
    const { stack, api } = shop({}, ['/pets', GET]);
    const target = 'integrations/a1b2c3';
    new apigatewayv2.CfnRoute(stack, 'Route', { apiId: api.apiId, routeKey: Token.asString({ Ref: 'Key' }), target });
    expect(() => Template.fromStack(stack)).toThrow(
      UNMATCHED('a route whose key is known only at deployment (Stack/Route)'),
    );
  });

  test('each of them is named, and an alias or a version of a function is that function', () => {
    const { stack, api, fn } = shop({}, ['/pets', GET]);
    const alias = new lambda.Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
    api.addRoutes({ path: '/live', methods: [GET], integration: new HttpLambdaIntegration('Live', alias) });
    for (const path of ['/a', '/b']) api.addRoutes({ path, methods: [GET], integration: backend() });
    const attempt = () => Template.fromStack(stack);
    expect(attempt).toThrow('GET /a (');
    expect(attempt).toThrow('GET /b (');
    expect(attempt).not.toThrow('/live');
  });

  test('but not one in a nested stack, of an L1 API, that does', () => {
    const stack = stackWith();
    const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'Pets', protocolType: 'HTTP' });
    addCors(api, cors);
    const nested = new NestedStack(stack, 'Nested');
    const fn = aFunction(nested);
    new CorsRuntime(nested, 'Cors', { api }).attachTo(fn);
    const { partition, region } = nested;
    const uri = `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`;
    const integration = new apigatewayv2.CfnIntegration(nested, 'Integration', {
      apiId: api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: uri,
    });
    const target = `integrations/${integration.ref}`;
    new apigatewayv2.CfnRoute(nested, 'Route', { apiId: api.ref, routeKey: 'GET /pets', target });
    expect(Object.keys(routesOf(stack)).sort()).toEqual(['OPTIONS /', 'OPTIONS /{proxy+}']);
  });

  test('a CorsRuntime that an Aspect attaches late counts', () => {
    const stack = stackWith({ '@aws-cdk/core:aspectStabilization': true });
    const { runtime, api } = shop({ stack }, ['/pets', GET]);
    const late = aFunction(stack, 'Late');
    api.addRoutes({ path: '/late', methods: [GET], integration: new HttpLambdaIntegration('Late', late) });
    const visit = (node: IConstruct) => {
      if (node === late) runtime.attachTo(late);
    };
    Aspects.of(stack).add({ visit });
    expect(stack).toAllow({ origin: PREVIEW, path: '/late' });
  });
});

describe('an API from a document', () => {
  /** Each path of the document has GET, or ANY behind an authorizer, onto what is given for it. */
  const described = (
    uris: (stack: Stack, fn: lambda.Function) => Record<string, unknown>,
    { options = cors, more = {}, verb = 'get' }: { options?: HttpApiCorsOptions; more?: object; verb?: string } = {},
  ) => {
    const stack = stackWith();
    const fn = aFunction(stack);
    const paths = Object.fromEntries(
      Object.entries(uris(stack, fn)).map(([path, uri]) => [
        path,
        {
          [verb]: {
            'x-amazon-apigateway-integration': {
              type: 'aws_proxy',
              httpMethod: 'POST',
              payloadFormatVersion: '2.0',
              uri,
            },
            ...(verb !== 'get' && { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }),
          },
        },
      ]),
    );
    const api = new apigatewayv2.CfnApi(stack, 'Api', { body: { openapi: '3.0.1', info: {}, paths, ...more } });
    addCors(api, options);
    new CorsRuntime(stack, 'Cors', { api }).attachTo(fn);
    return { stack, api, fn };
  };
  const body = (stack: Stack) => Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'))[0].Properties.Body;
  const uriOf = (fn: lambda.IFunction) =>
    `arn:aws:apigateway:${Stack.of(fn).region}:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`;

  test('gets the OPTIONS operations, and no CORS configuration', () => {
    const { stack } = described((_, fn) => ({ '/pets': uriOf(fn) }));
    const { paths, ...rest } = body(stack);
    expect(rest['x-amazon-apigateway-cors']).toBeUndefined();
    expect(Object.keys(paths).sort()).toEqual(['/', '/pets', '/{proxy+}']);
    expect(JSON.parse(preflightFunctionOf(stack).Environment.Variables.CORS_POLICY).methods).toBe('GET');
    expect(stack).toAllow({ origin: PREVIEW, path: '/pets', headers: { 'X-Api-Key': 'a' }, credentials: true });
    expect(stack).toBlock({ origin: 'https://evil.example', path: '/pets' }, 'response-origin');
  });

  test.each<[string, PreflightHandler | undefined]>([
    ['their own function', undefined],
    ['the function that compares origins', PreflightHandler.builtIn()],
  ])('has preflights of closed routes answered by %s', (_, preflightHandler) => {
    const { stack } = described((_stack, fn) => ({ '/$default': uriOf(fn) }), {
      options: { ...cors, preflightHandler },
      verb: 'x-amazon-apigateway-any-method',
    });
    expect(Object.keys(body(stack).paths).sort()).toEqual(['/', '/$default', '/{proxy+}']);
    expect(preflightFunctionOf(stack) !== undefined).toBe(preflightHandler !== undefined);
    const headers = { Authorization: 'AWS4-HMAC-SHA256 x' };
    expect(stack).toAllow({ origin: PREVIEW, path: '/any/where', method: 'PUT', headers });
  });

  test('may have routes beside it: constructs, which go by the same', () => {
    const { stack, api, fn } = described((_, orders) => ({ '/pets': uriOf(orders) }));
    const add = (id: string, integrationUri: string) => {
      const integration = new apigatewayv2.CfnIntegration(stack, `${id}Integration`, {
        apiId: api.ref,
        integrationType: 'AWS_PROXY',
        integrationUri,
      });
      const target = `integrations/${integration.ref}`;
      new apigatewayv2.CfnRoute(stack, id, { apiId: api.ref, routeKey: `PUT /${id}`, target });
    };
    add('good', fn.functionArn);
    expect(JSON.parse(preflightFunctionOf(stack).Environment.Variables.CORS_POLICY).methods).toBe('GET,PUT');
    const { stack: other, api: otherApi } = described((_, orders) => ({ '/pets': uriOf(orders) }));
    const url = new apigatewayv2.CfnIntegration(other, 'Url', { apiId: otherApi.ref, integrationType: 'HTTP_PROXY' });
    const target = `integrations/${url.ref}`;
    new apigatewayv2.CfnRoute(other, 'Bad', { apiId: otherApi.ref, routeKey: 'PUT /bad', target });
    expect(() => Template.fromStack(other)).toThrow('cors.originMatching: PUT /bad (Stack/Bad) does not end in');
  });

  test.each<[string, (stack: Stack, fn: lambda.Function) => unknown]>([
    ['a function without a CorsRuntime', (stack) => uriOf(aFunction(stack, 'Other'))],
    ['a function that is made elsewhere', () => 'arn:aws:lambda:eu-west-1:111122223333:function:Other'],
  ])('is refused where an operation ends in %s', (_, uri) => {
    const { stack } = described((scope, fn) => ({ '/pets': uriOf(fn), '/other': uri(scope, fn) }));
    expect(() => Template.fromStack(stack)).toThrow(
      'cors.originMatching: GET /other (Stack/Api) does not end in a function with a CorsRuntime',
    );
  });

  test('is refused where it brings a CORS configuration', () => {
    const more = { 'x-amazon-apigateway-cors': { allowOrigins: [APP] } };
    const { stack } = described((_, fn) => ({ '/pets': uriOf(fn) }), { more });
    expect(() => Template.fromStack(stack)).toThrow(
      'cors.originMatching: Stack/Api has a CORS configuration of its own',
    );
  });
});

describe('what cannot be is told', () => {
  const faultOf = (call: () => unknown) => {
    try {
      call();
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };

  test('an imported API', () => {
    const stack = stackWith();
    addCors(apigatewayv2.HttpApi.fromHttpApiAttributes(stack, 'Api', { httpApiId: 'a1b2c3' }), cors);
    expect(faultOf(() => Template.fromStack(stack))).toContain(
      'cors.originMatching: Stack/Api is imported, so its CORS configuration and its other routes cannot be seen.',
    );
  });

  test.each<[string, (stack: Stack) => void]>([
    [
      'that a mixin comes to',
      (stack) => {
        new apigatewayv2.HttpApi(stack, 'Api', { corsPreflight: { allowOrigins: [APP] } });
        stack.with(new EnableCors(cors));
      },
    ],
    [
      'by an override',
      (stack) => {
        const api = new CorsEnabledHttpApi(stack, 'Api', { cors });
        (api.node.defaultChild as CfnResource).addPropertyOverride('CorsConfiguration.AllowOrigins', [APP]);
      },
    ],
  ])('a CORS configuration of your own, %s', (_, build) => {
    const stack = stackWith();
    build(stack);
    expect(faultOf(() => Template.fromStack(stack))).toContain(
      'cors.originMatching: Stack/Api has a CORS configuration of its own, and API Gateway would replace',
    );
  });

  test.each<[string, Partial<HttpApiCorsOptions>, string]>([
    [
      'another value',
      { originMatching: 'x' as OriginMatching },
      'cors.originMatching: "x" is not an OriginMatching. Write OriginMatching.SERVICE or OriginMatching.FUNCTIONS',
    ],
    [
      'an integration that answers preflights',
      { preflightHandler: PreflightHandler.integration(backend()) },
      'cors.preflightHandler: with OriginMatching.FUNCTIONS, API Gateway adds no headers',
    ],
    ['a list that is a token', { allowOrigins: Token.asList({ Ref: 'List' }) }, 'cors.allowOrigins: the whole list'],
    [
      'more than a function takes',
      { allowOrigins: Array.from({ length: 200 }, (_, index) => `https://shop-${index}.example.com`) },
      'cors.allowOrigins: the policy takes ',
    ],
  ])('%s', (_, options, message) => {
    const call = () => new CorsEnabledHttpApi(stackWith(), 'Api', { cors: { ...cors, ...options } });
    expect(faultOf(call)).toContain(message);
  });

  test.each<[string, (stack: Stack) => IConstruct]>([
    ['a REST API', (stack) => new RestApi(stack, 'Api')],
    ['a function URL', (stack) => aFunction(stack).addFunctionUrl()],
  ])('%s has no use for it', (_, build) => {
    const target = build(stackWith());
    const call = () => addCors(target, { allowOrigins: [APP], originMatching: OriginMatching.FUNCTIONS });
    expect(faultOf(call)).toMatch(/cors\.originMatching: .*this is for HTTP APIs/);
  });
});

test('SERVICE is the default: nothing changes', () => {
  const build = (options: HttpApiCorsOptions) => {
    const stack = stackWith();
    new CorsEnabledHttpApi(stack, 'Api', { cors: options, defaultAuthorizer: new HttpIamAuthorizer() });
    return Template.fromStack(stack).toJSON();
  };
  const plain = { allowOrigins: [APP] };
  expect(build({ ...plain, originMatching: OriginMatching.SERVICE })).toEqual(build(plain));
});
