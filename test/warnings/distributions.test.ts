import { App, Annotations as CdkAnnotations, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { addCors, type EnableCorsOptions } from '../../src';
import { APP } from '../support/pages';

const TWO = { allowOrigins: [APP, 'https://admin.example.com'] };

const RIGHT = {
  allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
  cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
  originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
};

function restApi(stack: Stack, cors: EnableCorsOptions): apigateway.RestApi {
  const api = new apigateway.RestApi(stack, 'Api', { cloudWatchRole: false });
  api.root.addMethod('GET');
  addCors(api, cors);
  return api;
}

/** The ids of the warnings at the distribution, for a REST API or an HTTP API behind a behavior. */
function warnings(behavior: object, cors: EnableCorsOptions = TWO, kind: 'REST' | 'HTTP' = 'REST'): string[] {
  const stack = new Stack(new App(), 'Shop');
  if (kind === 'REST') {
    const origin = new origins.RestApiOrigin(restApi(stack, cors));
    new cloudfront.Distribution(stack, 'Edge', { defaultBehavior: { origin, ...behavior } });
  } else {
    const api = new apigatewayv2.HttpApi(stack, 'Api');
    addCors(api, cors);
    const origin = new origins.HttpOrigin(`${api.apiId}.execute-api.${stack.region}.amazonaws.com`);
    new cloudfront.Distribution(stack, 'Edge', { defaultBehavior: { origin, ...behavior } });
  }
  return idsIn(stack);
}

function idsIn(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('cdk-cors:Distribution'))
    .map(({ entry }) => /cdk-cors:(\w+)/.exec(String(entry.data))![1])
    .sort();
}

describe('a distribution in front of an API with a policy', () => {
  test.each([
    ['that is right', RIGHT, TWO, []],
    ['without settings', {}, TWO, ['DistributionDropsPreflight', 'DistributionHidesOrigin']],
    [
      'without settings, and one page that the API names to everybody',
      {},
      { allowOrigins: [APP] },
      ['DistributionDropsPreflight'],
    ],
    [
      'that forwards every header',
      { ...RIGHT, originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER },
      TWO,
      ['DistributionForwardsHost'],
    ],
    [
      'that has Host in its key',
      { ...RIGHT, cachePolicy: cloudfront.CachePolicy.USE_ORIGIN_CACHE_CONTROL_HEADERS },
      TWO,
      ['DistributionForwardsHost'],
    ],
    [
      'that only names Origin',
      { ...RIGHT, originRequestPolicy: cloudfront.OriginRequestPolicy.CORS_CUSTOM_ORIGIN },
      TWO,
      [],
    ],
    ['for pages that read', { ...RIGHT, allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS }, TWO, []],
    [
      'with a managed response headers policy',
      { ...RIGHT, responseHeadersPolicy: cloudfront.ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS },
      TWO,
      [],
    ],
  ])('%s', (_, behavior, cors, expected) => {
    expect(warnings(behavior, cors)).toEqual(expected);
  });

  test('an HTTP API looks at what a preflight asks for, too', () => {
    const behavior = { ...RIGHT, originRequestPolicy: cloudfront.OriginRequestPolicy.CORS_CUSTOM_ORIGIN };
    expect(warnings(behavior, TWO, 'HTTP')).toEqual(['DistributionHidesOrigin']);
    expect(warnings(RIGHT, TWO, 'HTTP')).toEqual([]);
  });

  test('a function URL looks at what a preflight asks for, and is found by Host', () => {
    const behindUrl = (behavior: object): string[] => {
      const stack = new Stack(new App(), 'Shop');
      const fn = new lambda.Function(stack, 'Fn', {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('exports.handler = async () => ({})'),
      });
      const url = fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
      addCors(url, TWO);
      const origin = new origins.FunctionUrlOrigin(url);
      new cloudfront.Distribution(stack, 'Edge', { defaultBehavior: { origin, ...behavior } });
      return idsIn(stack);
    };
    expect(behindUrl(RIGHT)).toEqual([]);
    expect(behindUrl({})).toEqual(['DistributionDropsPreflight', 'DistributionHidesOrigin']);
    expect(behindUrl({ ...RIGHT, originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER })).toEqual([
      'DistributionForwardsHost',
    ]);
  });

  test('code at the edge may do anything', () => {
    const stack = new Stack(new App(), 'Shop');
    const origin = new origins.RestApiOrigin(restApi(stack, TWO));
    const code = new cloudfront.Function(stack, 'Code', {
      code: cloudfront.FunctionCode.fromInline('function handler(e) {}'),
    });
    const functionAssociations = [{ function: code, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }];
    new cloudfront.Distribution(stack, 'Edge', { defaultBehavior: { origin, functionAssociations } });
    expect(idsIn(stack)).toEqual([]);
  });
});

describe('methods that pass no behavior, although their preflights do', () => {
  const THREE = { ...RIGHT, allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS };

  /** The text of the warning for an API with these methods behind a distribution, if it comes. */
  function told(methods: string[], behaviors: Record<string, object>, cors: EnableCorsOptions = TWO): string {
    const stack = new Stack(new App(), 'Shop');
    const api = new apigateway.RestApi(stack, 'Api', { cloudWatchRole: false });
    for (const method of methods) api.root.addMethod(method);
    addCors(api, cors);
    const origin = new origins.RestApiOrigin(api);
    const [first, ...others] = Object.entries(behaviors).map(([path, each]) => [path, { origin, ...each }] as const);
    new cloudfront.Distribution(stack, 'Edge', {
      defaultBehavior: first[1],
      additionalBehaviors: Object.fromEntries(others),
    });
    const warning = Match.stringLikeRegexp('cdk-cors:DistributionDropsPreflight');
    return Annotations.fromStack(stack)
      .findWarning('*', warning)
      .map(({ entry }) => String(entry.data))
      .join();
  }

  test('PUT and DELETE of the API', () => {
    expect(told(['GET', 'PUT', 'DELETE'], { '*': THREE })).toContain(
      '* in front of Shop/Api: OPTIONS is allowed, but not PUT, DELETE, so the preflight passes, and CloudFront',
    );
  });

  test.each([
    ['where the API is only read', ['GET', 'HEAD'], { '*': THREE }, TWO],
    ['where another behavior of the distribution takes them', ['GET', 'PUT'], { '*': THREE, '/w/*': RIGHT }, TWO],
    ['where ANY does not say what pages call', ['ANY'], { '*': THREE }, TWO],
    ['where the policy lets no page write', ['GET', 'PUT'], { '*': THREE }, { ...TWO, allowMethods: ['GET'] }],
  ])('but not %s', (_, methods, behaviors, cors) => {
    expect(told(methods, behaviors, cors)).toBe('');
  });

  test('and a policy that lists them says what ANY does not', () => {
    expect(told(['ANY'], { '*': THREE }, { ...TWO, allowMethods: ['GET', 'PATCH'] })).toContain('but not PATCH,');
  });

  test('both kinds stand in one warning', () => {
    const text = told(['PUT'], { '*': THREE, '/old/*': { ...RIGHT, allowedMethods: undefined } });
    expect(text).toContain('/old/* in front of Shop/Api: OPTIONS is not among the allowed methods');
    expect(text).toContain('* in front of Shop/Api: OPTIONS is allowed, but not PUT,');
  });

  test.each(['HTTP', 'OpenAPI'])('%s APIs are looked at, too', (kind) => {
    const stack = new Stack(new App(), 'Shop');
    const api =
      kind === 'HTTP'
        ? new apigatewayv2.HttpApi(stack, 'Api')
        : new apigatewayv2.CfnApi(stack, 'Api', {
            body: {
              openapi: '3.0.1',
              info: { title: 'shop', version: '1' },
              paths: { '/pets': { put: { 'x-amazon-apigateway-integration': INTEGRATION } } },
            },
          });
    const id = api instanceof apigatewayv2.HttpApi ? api.apiId : api.ref;
    if (api instanceof apigatewayv2.HttpApi)
      api.addRoutes({ path: '/pets', methods: [apigatewayv2.HttpMethod.PUT], integration: BACKEND });
    addCors(api, TWO);
    const origin = new origins.HttpOrigin(`${id}.execute-api.${stack.region}.amazonaws.com`);
    new cloudfront.Distribution(stack, 'Edge', { defaultBehavior: { origin, ...THREE } });
    expect(idsIn(stack)).toEqual(['DistributionDropsPreflight']);
  });
});

const INTEGRATION = {
  type: 'http_proxy',
  httpMethod: 'PUT',
  uri: 'https://backend.example.com',
  payloadFormatVersion: '1.0',
};
const BACKEND = new HttpUrlIntegration('Backend', 'https://backend.example.com');

describe('a response headers policy that overrides', () => {
  const overriding =
    (origins_: string[], credentials: boolean, originOverride = true) =>
    (stack: Stack) =>
      new cloudfront.ResponseHeadersPolicy(stack, 'Headers', {
        corsBehavior: {
          accessControlAllowCredentials: credentials,
          accessControlAllowHeaders: ['content-type'],
          accessControlAllowMethods: ['GET'],
          accessControlAllowOrigins: origins_,
          originOverride,
        },
      });

  test.each([
    [
      'a star over credentials',
      overriding(['*'], false),
      { allowOrigins: [APP], allowCredentials: true },
      ['DistributionOverrides'],
    ],
    ['an origin too few', overriding([APP], false), TWO, ['DistributionOverrides']],
    ['the same', overriding(TWO.allowOrigins, false), TWO, []],
    ['not at all', overriding([APP], false, false), TWO, []],
  ])('%s', (_, make, cors, expected) => {
    const stack = new Stack(new App(), 'Shop');
    const origin = new origins.RestApiOrigin(restApi(stack, cors));
    new cloudfront.Distribution(stack, 'Edge', {
      defaultBehavior: { origin, ...RIGHT, responseHeadersPolicy: make(stack) },
    });
    expect(idsIn(stack)).toEqual(expected);
  });
});

describe('wherever it is', () => {
  test('in another stack, and by an own policy', () => {
    const app = new App();
    const api = restApi(new Stack(app, 'Shop'), TWO);
    const edge = new Stack(app, 'Edge');
    const originRequestPolicy = new cloudfront.OriginRequestPolicy(edge, 'Own', {
      headerBehavior: cloudfront.OriginRequestHeaderBehavior.denyList('Origin', 'Host'),
    });
    new cloudfront.Distribution(edge, 'Cdn', {
      defaultBehavior: { origin: new origins.RestApiOrigin(api), ...RIGHT, originRequestPolicy },
    });
    expect(idsIn(edge)).toEqual(['DistributionHidesOrigin']);
  });

  test('a path beside the site, which has the same defaults', () => {
    const stack = new Stack(new App(), 'Shop');
    const origin = new origins.RestApiOrigin(restApi(stack, TWO));
    const site = new origins.HttpOrigin('www.example.com');
    new cloudfront.Distribution(stack, 'Edge', {
      defaultBehavior: { origin: site },
      additionalBehaviors: { '/api/*': { origin, ...RIGHT, allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD } },
    });
    expect(idsIn(stack)).toEqual(['DistributionDropsPreflight']);
  });

  test('an override of the user’s wins', () => {
    const stack = new Stack(new App(), 'Shop');
    const origin = new origins.RestApiOrigin(restApi(stack, TWO));
    const distribution = new cloudfront.Distribution(stack, 'Edge', { defaultBehavior: { origin, ...RIGHT } });
    const cfn = distribution.node.defaultChild as cloudfront.CfnDistribution;
    cfn.addPropertyOverride('DistributionConfig.DefaultCacheBehavior.AllowedMethods', ['GET', 'HEAD']);
    expect(idsIn(stack)).toEqual(['DistributionDropsPreflight']);
  });

  test('the warning can be acknowledged at the distribution', () => {
    const stack = new Stack(new App(), 'Shop');
    const origin = new origins.RestApiOrigin(restApi(stack, { allowOrigins: [APP] }));
    const distribution = new cloudfront.Distribution(stack, 'Edge', { defaultBehavior: { origin } });
    CdkAnnotations.of(distribution).acknowledgeWarning('cdk-cors:DistributionDropsPreflight', 'read without headers');
    expect(idsIn(stack)).toEqual([]);
  });
});
