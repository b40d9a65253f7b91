import { App, Annotations as CdkAnnotations, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import { addCors, type EnableCorsOptions } from '../../src';

const APP = 'https://app.example.com';
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
