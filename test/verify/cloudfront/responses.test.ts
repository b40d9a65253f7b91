import { matchOrigin } from '../../../src/verify/cloudfront/policy-origins';
import { APP } from '../../support/pages';
import { get, options, put, restApi } from '../../support/templates';
import {
  ADMIN,
  behind,
  CACHE,
  FORWARD,
  HTTP_API,
  LEGACY,
  PUT,
  PUT_JSON,
  RESPOND,
  REST_API,
  REST_WITH_EMPTY_OPTIONS,
  REST_WITHOUT_OPTIONS,
  RIGHT,
  SITE_BEHAVIOR,
  STRANGER,
  through,
} from './distributions';

/** From the origin back to the viewer, step by step. */

interface OwnPolicy {
  readonly origins?: string[];
  readonly methods?: string[];
  readonly headers?: string[];
  readonly credentials?: boolean;
  readonly override?: boolean;
  readonly custom?: object[];
  readonly removed?: string[];
  /** Custom headers alone. */
  readonly withoutCors?: boolean;
}

function policy(own: OwnPolicy): Record<string, object> {
  const CorsConfig = {
    AccessControlAllowOrigins: { Items: own.origins ?? [APP] },
    AccessControlAllowMethods: { Items: own.methods ?? ['GET', 'PUT'] },
    AccessControlAllowHeaders: { Items: own.headers ?? ['content-type'] },
    AccessControlAllowCredentials: own.credentials ?? false,
    OriginOverride: own.override ?? true,
  };
  return {
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'own',
          ...(!own.withoutCors && { CorsConfig }),
          ...(own.custom && { CustomHeadersConfig: { Items: own.custom } }),
          ...(own.removed && { RemoveHeadersConfig: { Items: own.removed.map((Header) => ({ Header })) } }),
        },
      },
    },
  };
}

function under(api: any, own: OwnPolicy): any {
  return behind(api, { behavior: { ...RIGHT, ResponseHeadersPolicyId: { Ref: 'Headers' } }, others: policy(own) });
}

describe('a managed response headers policy', () => {
  const managed = (api: any, id: string): any => behind(api, { behavior: { ...RIGHT, ResponseHeadersPolicyId: id } });

  test.each([
    ['SimpleCORS lets pages read', REST_WITH_EMPTY_OPTIONS, RESPOND.simple, {}, 'ALLOWED'],
    ['but not write', REST_WITH_EMPTY_OPTIONS, RESPOND.simple, PUT, 'BLOCKED'],
    ['CORS-With-Preflight lets pages write', REST_WITH_EMPTY_OPTIONS, RESPOND.withPreflight, PUT, 'ALLOWED'],
    ['but no JSON: it sends no Allow-Headers', REST_WITH_EMPTY_OPTIONS, RESPOND.withPreflight, PUT_JSON, 'BLOCKED'],
    ['it never answers a preflight on its own', REST_WITHOUT_OPTIONS, RESPOND.withPreflight, PUT, 'BLOCKED'],
    ['none works with credentials', REST_WITH_EMPTY_OPTIONS, RESPOND.simple, { credentials: true }, 'BLOCKED'],
    ['SecurityHeadersPolicy has nothing to do with CORS', REST_API, RESPOND.security, PUT_JSON, 'ALLOWED'],
    ['none overrides what the API says', REST_API, RESPOND.simple, { origin: STRANGER }, 'BLOCKED'],
  ])('%s', (_, api, id, request, outcome) => {
    expect(through(managed(api, id), request).outcome).toBe(outcome);
  });
});

describe('an own response headers policy', () => {
  test.each([
    ['brings all that an empty OPTIONS lacks', REST_WITH_EMPTY_OPTIONS, {}, PUT_JSON, 'ALLOWED'],
    ['makes no 2xx of a 403', REST_WITHOUT_OPTIONS, {}, PUT, 'BLOCKED'],
    ['says nothing to a stranger', REST_WITH_EMPTY_OPTIONS, {}, { origin: STRANGER }, 'BLOCKED'],
    ['sends credentials only as true', REST_WITH_EMPTY_OPTIONS, {}, { credentials: true }, 'BLOCKED'],
    ['and then they go', REST_WITH_EMPTY_OPTIONS, { credentials: true }, { ...PUT, credentials: true }, 'ALLOWED'],
    ['ALL stands for every method', REST_WITH_EMPTY_OPTIONS, { methods: ['ALL'] }, PUT, 'ALLOWED'],
    [
      'but perhaps as a star, which is nothing with credentials',
      REST_WITH_EMPTY_OPTIONS,
      { methods: ['ALL'], credentials: true },
      { ...PUT, credentials: true },
      'UNKNOWN',
    ],
    ['a method that it lacks', REST_WITH_EMPTY_OPTIONS, { methods: ['GET'] }, PUT, 'BLOCKED'],
    ['a header that it lacks', REST_WITH_EMPTY_OPTIONS, { headers: ['x-other'] }, PUT_JSON, 'BLOCKED'],
    ['a pattern of headers that covers it', REST_WITH_EMPTY_OPTIONS, { headers: ['content-*'] }, PUT_JSON, 'UNKNOWN'],
    ['a pattern of headers that does not', REST_WITH_EMPTY_OPTIONS, { headers: ['x-*'] }, PUT_JSON, 'BLOCKED'],
    ['a star for headers', REST_WITH_EMPTY_OPTIONS, { headers: ['*'] }, PUT_JSON, 'ALLOWED'],
    [
      'a star beside credentials',
      REST_WITH_EMPTY_OPTIONS,
      { origins: ['*'], credentials: true },
      { credentials: true },
      'UNKNOWN',
    ],
    ['overrides what the API says', REST_API, { origins: [ADMIN] }, { origin: ADMIN }, 'ALLOWED'],
    ['or lets it stand', REST_API, { origins: [ADMIN], override: false }, { origin: ADMIN }, 'BLOCKED'],
    ['lets it stand for the page that the API knows', REST_API, { origins: [ADMIN], override: false }, PUT, 'ALLOWED'],
    ['overrides without listing the page: nobody knows', REST_API, { origins: [ADMIN] }, {}, 'UNKNOWN'],
    [
      'overrides the answers of a backend',
      HTTP_API,
      { origins: [STRANGER], methods: ['GET', 'PUT'] },
      { origin: STRANGER },
      'ALLOWED',
    ],
  ])('%s', (_, api, own: OwnPolicy, request, outcome) => {
    expect(through(under(api, own), request).outcome).toBe(outcome);
  });

  test('that does not override fills gaps, or does not: nobody knows', () => {
    const api = restApi(
      [get('/pets'), put('/pets'), options('/pets', { headers: { 'Access-Control-Allow-Methods': "'PUT'" } })],
      {
        Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
      },
    );
    expect(through(under(api, { override: false }), PUT).outcome).toBe('UNKNOWN');
  });

  test.each([
    ['custom headers come for every origin', { custom: [acao(ADMIN, true)] }, { origin: ADMIN }, 'ALLOWED'],
    ['and block the page that the API knows', { custom: [acao(ADMIN, true)] }, {}, 'BLOCKED'],
    ['unless they do not override', { custom: [acao(ADMIN, false)] }, {}, 'ALLOWED'],
    ['headers are removed', { removed: ['Access-Control-Allow-Origin'] }, {}, 'BLOCKED'],
    [
      'before others are added',
      { removed: ['Access-Control-Allow-Origin'], custom: [acao(ADMIN, false)] },
      { origin: ADMIN },
      'ALLOWED',
    ],
  ])('%s', (_, own: OwnPolicy, request, outcome) => {
    expect(through(under(REST_API, { ...own, withoutCors: true }), request).outcome).toBe(outcome);
  });
});

function acao(Value: string, Override: boolean): object {
  return { Header: 'Access-Control-Allow-Origin', Value, Override };
}

describe('the origins of a response headers policy', () => {
  test.each([
    ['https://app.example.com', 'https://app.example.com', true],
    ['https://app.example.com', 'http://app.example.com', false],
    ['app.example.com', 'http://app.example.com', true],
    ['*.example.com', 'https://app.example.com', true],
    ['*.example.com', 'https://example.com', false],
    ['*.example.com', 'https://evilexample.com', false],
    ['https://*.example.com', 'http://app.example.com', false],
    ['https://*.example.com', 'https://a.b.example.com', 'open'],
    ['http://localhost:*', 'http://localhost:5173', true],
    ['http://localhost:*', 'http://localhost', true],
    ['http://localhost', 'http://localhost:5173', false],
    ['http://localhost:1*3', 'http://localhost:123', true],
    ['http://localhost:1*3', 'http://localhost:124', false],
    ['*', 'https://anything.example', true],
  ])('%s and %s', (entry, origin, expected) => {
    const match = matchOrigin([entry], origin);
    expect('open' in match ? 'open' : match.matches).toBe(expected);
  });
});

describe('error pages', () => {
  const spa = { CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html' }] };
  const under403 = (api: any, more: object = {}): any =>
    behind(api, {
      behavior: SITE_BEHAVIOR,
      behaviors: [{ ...RIGHT, PathPattern: '/pets', ...more }],
      config: spa,
      others: policy({}),
    });

  test('a 403 to a preflight becomes a 200 without headers', () => {
    expect(through(under403(REST_WITHOUT_OPTIONS), PUT)).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'preflight-origin',
      reason: expect.stringContaining('CustomErrorResponses'),
    });
  });

  test('a refusal that pages could read becomes one that they cannot', () => {
    const request = { gatewayError: 'ACCESS_DENIED' };
    expect(through(behind(HTTP_API), request).outcome).toBe('ALLOWED');
    expect(through(under403(HTTP_API), request).outcome).toBe('BLOCKED');
  });

  test('other errors stay', () => {
    expect(through(under403(HTTP_API), { gatewayError: 'UNAUTHORIZED' }).outcome).toBe('ALLOWED');
  });

  test('which policy they get is not known', () => {
    expect(through(under403(REST_WITHOUT_OPTIONS, { ResponseHeadersPolicyId: { Ref: 'Headers' } }), PUT).outcome).toBe(
      'UNKNOWN',
    );
  });

  test('entries without a page replace nothing', () => {
    const config = { CustomErrorResponses: [{ ErrorCode: 403, ErrorCachingMinTTL: 0 }] };
    expect(through(behind(HTTP_API, { config }), { gatewayError: 'ACCESS_DENIED' }).outcome).toBe('ALLOWED');
  });
});

describe('the cache', () => {
  const cached = { ...RIGHT, CachePolicyId: CACHE.optimized };

  test.each([
    ['an answer to one origin may go to another', HTTP_API, cached, {}, 'UNKNOWN'],
    ['not with caching off', HTTP_API, RIGHT, {}, 'ALLOWED'],
    [
      'not with Origin in the key',
      HTTP_API,
      { ...RIGHT, CachePolicyId: CACHE.mediaPackage, OriginRequestPolicyId: FORWARD.s3Origin },
      {},
      'ALLOWED',
    ],
    ['not where it is the same for all', REST_API, cached, {}, 'ALLOWED'],
    ['not after PUT, which is never cached', HTTP_API, cached, PUT, 'ALLOWED'],
    ['legacy settings have Origin not in the key', HTTP_API, LEGACY, {}, 'UNKNOWN'],
    [
      'unless it is listed',
      HTTP_API,
      { ...LEGACY, ForwardedValues: { QueryString: true, Headers: ['Origin'] } },
      {},
      'ALLOWED',
    ],
    ['or nothing is kept', HTTP_API, { ...LEGACY, MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 }, {}, 'ALLOWED'],
    [
      'preflights are kept where OPTIONS is cached',
      HTTP_API,
      { ...cached, CachedMethods: ['GET', 'HEAD', 'OPTIONS'] },
      PUT,
      'UNKNOWN',
    ],
    [
      'what fails from the cache and fresh is blocked',
      HTTP_API,
      cached,
      { origin: STRANGER, method: 'PUT' },
      'BLOCKED',
    ],
  ])('%s', (_, api, behavior, request, outcome) => {
    expect(through(behind(api, { behavior }), request).outcome).toBe(outcome);
  });

  test('headers of a policy are added after it', () => {
    const behavior = { ...cached, ResponseHeadersPolicyId: { Ref: 'Headers' } };
    expect(through(behind(HTTP_API, { behavior, others: policy({}) })).outcome).toBe('ALLOWED');
  });

  test('the reason names the key', () => {
    expect(through(behind(HTTP_API, { behavior: cached })).reason).toMatch(/cache key .* lacks origin/);
  });
});

describe('one origin', () => {
  const config = { Aliases: ['www.example.com'] };
  const WWW = 'https://www.example.com';
  const backend = {
    ...HTTP_API,
    Resources: { ...HTTP_API.Resources, Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } } },
  };

  test('needs no CORS', () => {
    const verdict = through(behind(backend, { config }), { ...PUT_JSON, origin: WWW, credentials: true });
    expect(verdict).toMatchObject({ outcome: 'ALLOWED', reason: expect.stringContaining('one origin') });
    expect(verdict.preflight).toBeUndefined();
  });

  test('is scheme and host', () => {
    expect(through(behind(HTTP_API, { config }), { origin: 'http://www.example.com' }).outcome).toBe('BLOCKED');
    expect(through(behind(HTTP_API, { config }), { origin: 'https://shop.example.com' }).outcome).toBe('BLOCKED');
  });

  test('may be a wildcard name, one label deep', () => {
    const wildcard = { Aliases: ['*.example.com'] };
    expect(through(behind(backend, { config: wildcard }), { origin: WWW }).outcome).toBe('ALLOWED');
    expect(through(behind(HTTP_API, { config: wildcard }), { origin: 'https://a.b.example.com' }).outcome).toBe(
      'BLOCKED',
    );
  });

  test('still wants the method and the Host', () => {
    const reading = behind(backend, { config, behavior: { ...RIGHT, AllowedMethods: ['GET', 'HEAD'] } });
    expect(through(reading, { ...PUT, origin: WWW }).outcome).toBe('BROKEN');
    const foreign = behind(backend, { config, behavior: { ...RIGHT, OriginRequestPolicyId: FORWARD.allViewer } });
    expect(through(foreign, { origin: WWW })).toMatchObject({
      outcome: 'BROKEN',
      reason: expect.stringContaining('Host'),
    });
  });

  test('may be known only after deployment', () => {
    const template = {
      ...behind(HTTP_API, { config: { Aliases: [{ Ref: 'Site' }] } }),
      Parameters: { SiteName: { Type: 'String' } },
    };
    const open = behind(HTTP_API, { config: { Aliases: [{ Ref: 'SiteName' }] } });
    expect(through({ ...open, Parameters: template.Parameters }, { origin: STRANGER }).outcome).toBe('UNKNOWN');
  });
});

describe('code at the edge', () => {
  const code = (EventType: string): object => ({
    FunctionAssociations: [{ EventType, FunctionARN: 'arn:aws:cloudfront::1:function/x' }],
  });
  const lambda = (EventType: string): object => ({
    LambdaFunctionAssociations: [{ EventType, LambdaFunctionARN: 'arn:aws:lambda:us-east-1:1:function:x:1' }],
  });

  test.each([
    ['at viewer-request may answer', code('viewer-request'), HTTP_API, PUT, 'UNKNOWN'],
    [
      'even where OPTIONS is not allowed',
      { ...code('viewer-request'), AllowedMethods: ['GET', 'HEAD'] },
      HTTP_API,
      PUT,
      'UNKNOWN',
    ],
    ['at viewer-response may change headers', code('viewer-response'), HTTP_API, PUT, 'UNKNOWN'],
    ['but does not run on errors', code('viewer-response'), REST_WITHOUT_OPTIONS, PUT, 'BLOCKED'],
    ['at origin-response may change everything', lambda('origin-response'), REST_WITHOUT_OPTIONS, PUT, 'UNKNOWN'],
    [
      'at origin-request does not run for a method that is not allowed',
      { ...lambda('origin-request'), AllowedMethods: ['GET', 'HEAD'] },
      HTTP_API,
      PUT,
      'BLOCKED',
    ],
    ['signed cookies do not come with a preflight', { TrustedKeyGroups: ['group'] }, HTTP_API, PUT, 'UNKNOWN'],
  ])('%s', (_, more, api, request, outcome) => {
    expect(through(behind(api, { behavior: { ...RIGHT, ...more } }), request).outcome).toBe(outcome);
  });
});
