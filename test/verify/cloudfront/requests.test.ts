import { behaviorFor } from '../../../src/verify/cloudfront/behaviors';
import { get, options, put, restApi } from '../../support/templates';
import {
  ALL_METHODS,
  behind,
  CACHE,
  CLOSED_HTTP_API,
  FORWARD,
  HTTP_API,
  LEGACY,
  PUT,
  PUT_JSON,
  REST_API,
  RIGHT,
  SITE_BEHAVIOR,
  STRANGER,
  through,
  WITH_TOKEN,
} from './distributions';

/** From the viewer to the origin, step by step. */

describe('which behavior takes a path', () => {
  const patternFor = (patterns: string[], path: string): string =>
    behaviorFor({ behaviors: [...patterns, '*'].map((pattern) => ({ pattern })) } as any, path).pattern;

  test.each([
    ['the first match in the order of the list', ['/api/*', '/api/items'], '/api/items', '/api/*'],
    ['a star spans slashes', ['/api/*'], '/api/a/b/c', '/api/*'],
    ['but a pattern with a slash before it does not take the path without one', ['/api/*'], '/api', '*'],
    ['case counts', ['/Api/*'], '/api/items', '*'],
    ['a question mark is one character', ['/v?/*'], '/v1/items', '/v?/*'],
    ['no more', ['/v?/*'], '/v10/items', '*'],
    ['and no less', ['/v?/*'], '/v/items', '*'],
    ['a slash in front makes no difference', ['api/*'], '/api/items', 'api/*'],
    ['the query is not looked at', ['*.js'], '/a?b=.js', '*'],
    ['a star may stand in front', ['*.js'], '/deep/a.js', '*.js'],
    ['other signs mean themselves', ['/a.b+(c)/*'], '/axb+(c)/d', '*'],
  ])('%s', (_, patterns, path, expected) => {
    expect(patternFor(patterns, path)).toBe(expected);
  });

  test('many stars take no time', () => {
    expect(patternFor([`/${'*'.repeat(200)}x`], `/${'a'.repeat(5000)}`)).toBe('*');
  });
});

describe('methods that the behavior lacks', () => {
  test.each([
    ['none listed means GET and HEAD, and OPTIONS is answered with 403', undefined, PUT, 'preflight-answer'],
    ['GET and HEAD', ['GET', 'HEAD'], PUT, 'preflight-answer'],
    [
      'with OPTIONS the preflight passes, and the call gets the page of CloudFront',
      ['GET', 'HEAD', 'OPTIONS'],
      PUT,
      'response-origin',
    ],
    ['a simple POST gets that page at once', ['GET', 'HEAD'], { method: 'POST' }, 'response-origin'],
  ])('%s', (_, AllowedMethods, request, rule) => {
    const verdict = through(behind(HTTP_API, { behavior: { ...RIGHT, AllowedMethods } }), request);
    expect(verdict).toMatchObject({ outcome: 'BLOCKED', rule, reason: expect.stringContaining('AllowedMethods') });
  });

  test.each([
    ['all seven', ALL_METHODS, PUT],
    ['all seven in another order', [...ALL_METHODS].reverse(), PUT],
    ['three, for pages that read with a token', ['GET', 'HEAD', 'OPTIONS'], WITH_TOKEN],
    ['two, for pages that only read', ['GET', 'HEAD'], {}],
  ])('%s let the page in', (_, AllowedMethods, request) => {
    expect(through(behind(HTTP_API, { behavior: { ...RIGHT, AllowedMethods } }), request).outcome).toBe('ALLOWED');
  });

  test('a list that only the deployment tells is unknown', () => {
    const AllowedMethods = { 'Fn::Split': [',', { Ref: 'Methods' }] };
    const template = {
      ...behind(HTTP_API, { behavior: { ...RIGHT, AllowedMethods } }),
      Parameters: { Methods: { Type: 'String' } },
    };
    expect(through(template, PUT).outcome).toBe('UNKNOWN');
  });
});

/** An HTTP API answers a preflight only if Origin and Access-Control-Request-Method arrive. */
describe('what reaches an HTTP API', () => {
  test.each([
    ['AllViewerExceptHostHeader', CACHE.disabled, FORWARD.allButHost, 'ALLOWED', 'ALLOWED'],
    ['CORS-S3Origin', CACHE.disabled, FORWARD.s3Origin, 'ALLOWED', 'ALLOWED'],
    ['Elemental-MediaTailor-PersonalizedManifests', CACHE.disabled, FORWARD.mediaTailor, 'ALLOWED', 'ALLOWED'],
    ['CORS-CustomOrigin: Origin alone', CACHE.disabled, FORWARD.customOrigin, 'ALLOWED', 'BLOCKED'],
    ['UserAgentRefererHeaders', CACHE.disabled, FORWARD.agentAndReferer, 'BLOCKED', 'BLOCKED'],
    ['CachingDisabled alone', CACHE.disabled, undefined, 'BLOCKED', 'BLOCKED'],
    ['CachingOptimized alone', CACHE.optimized, undefined, 'BLOCKED', 'BLOCKED'],
    ['Elemental-MediaPackage: Origin in the key', CACHE.mediaPackage, undefined, 'ALLOWED', 'BLOCKED'],
    ['AllViewer: Host too', CACHE.disabled, FORWARD.allViewer, 'BLOCKED', 'BLOCKED'],
    ['AllViewerAndCloudFrontHeaders: Host too', CACHE.disabled, FORWARD.allViewerAndCloudFront, 'BLOCKED', 'BLOCKED'],
    ['UseOriginCacheControlHeaders: Host in the key', CACHE.originControl, FORWARD.allButHost, 'BLOCKED', 'BLOCKED'],
    ['Amplify: Host in the key', CACHE.amplify, FORWARD.s3Origin, 'BLOCKED', 'BLOCKED'],
  ])('%s', (_, CachePolicyId, OriginRequestPolicyId, onGet, onPut) => {
    const template = behind(HTTP_API, { behavior: { ...RIGHT, CachePolicyId, OriginRequestPolicyId } });
    expect([through(template).outcome, through(template, PUT).outcome]).toEqual([onGet, onPut]);
  });

  test('a static answer of a REST API looks at nothing', () => {
    const behavior = { ...RIGHT, OriginRequestPolicyId: undefined };
    expect(through(behind(REST_API, { behavior }), PUT).outcome).toBe('ALLOWED');
  });

  test('what is dropped is named, and by which policies', () => {
    const { reason } = through(behind(HTTP_API, { behavior: { ...RIGHT, OriginRequestPolicyId: undefined } }), PUT);
    expect(reason).toContain('does not forward Access-Control-Request-Method, Origin to the API');
    expect(reason).toContain('CachingDisabled and no origin request policy');
  });
});

describe('own policies', () => {
  const forwarding = (HeadersConfig: object): object => ({
    Type: 'AWS::CloudFront::OriginRequestPolicy',
    Properties: {
      OriginRequestPolicyConfig: { Name: 'own', HeadersConfig, QueryStringsConfig: { QueryStringBehavior: 'none' } },
    },
  });
  const caching = (Headers: string[], ttls: object = { MaxTTL: 0 }): object => ({
    Type: 'AWS::CloudFront::CachePolicy',
    Properties: {
      CachePolicyConfig: {
        Name: 'key',
        MinTTL: 0,
        DefaultTTL: 0,
        ...ttls,
        ParametersInCacheKeyAndForwardedToOrigin: { HeadersConfig: { HeaderBehavior: 'whitelist', Headers } },
      },
    },
  });
  const THREE = ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers'];

  test.each([
    ['the three headers by name', forwarding({ HeaderBehavior: 'whitelist', Headers: THREE }), PUT_JSON, 'ALLOWED'],
    ['two of them', forwarding({ HeaderBehavior: 'whitelist', Headers: THREE.slice(1) }), PUT, 'BLOCKED'],
    [
      'everything except Host, in lower case',
      forwarding({ HeaderBehavior: 'allExcept', Headers: ['host'] }),
      PUT,
      'ALLOWED',
    ],
    [
      'everything except Cookie: Host goes',
      forwarding({ HeaderBehavior: 'allExcept', Headers: ['Cookie'] }),
      PUT,
      'BLOCKED',
    ],
    [
      'everything except Host and Origin',
      forwarding({ HeaderBehavior: 'allExcept', Headers: ['Host', 'Origin'] }),
      PUT,
      'BLOCKED',
    ],
    ['none', forwarding({ HeaderBehavior: 'none' }), PUT, 'BLOCKED'],
    ['a behavior of later years', forwarding({ HeaderBehavior: 'somethingNew' }), PUT, 'UNKNOWN'],
    [
      'Authorization, which CloudFront refuses',
      forwarding({ HeaderBehavior: 'whitelist', Headers: ['Authorization'] }),
      PUT,
      'BLOCKED',
    ],
  ])('an origin request policy with %s', (_, Forward, request, outcome) => {
    const template = behind(HTTP_API, {
      behavior: { ...RIGHT, OriginRequestPolicyId: { Ref: 'Forward' } },
      others: { Forward },
    });
    expect(through(template, request).outcome).toBe(outcome);
  });

  test('a header of the key is sent although the origin request policy excepts it', () => {
    const behavior = { ...RIGHT, CachePolicyId: { Ref: 'Key' } };
    const { outcome, reason } = through(behind(HTTP_API, { behavior, others: { Key: caching(['Host']) } }), PUT);
    expect([outcome, reason]).toEqual(['BLOCKED', expect.stringContaining('Host')]);
  });

  test('the id is the same by Ref and by GetAtt', () => {
    const behavior = { ...RIGHT, CachePolicyId: { 'Fn::GetAtt': ['Key', 'Id'] }, OriginRequestPolicyId: undefined };
    expect(through(behind(HTTP_API, { behavior, others: { Key: caching(THREE) } }), PUT).outcome).toBe('ALLOWED');
  });

  test.each([
    ['a cache policy', 'CachePolicyId'],
    ['an origin request policy', 'OriginRequestPolicyId'],
    ['a response headers policy', 'ResponseHeadersPolicyId'],
  ])('%s with an id that nobody knows is unknown', (_, property) => {
    const behavior = { ...RIGHT, [property]: '11111111-2222-3333-4444-555555555555' };
    expect(through(behind(HTTP_API, { behavior }), PUT).outcome).toBe('UNKNOWN');
  });
});

describe('legacy settings', () => {
  test.each([
    ['forward Origin and the headers of a preflight without being told', {}, PUT, 'ALLOWED'],
    ['forward everything, Host too, by a star', { Headers: ['*'] }, PUT, 'BLOCKED'],
    ['forward Host by name', { Headers: ['Host', 'Origin'] }, PUT, 'BLOCKED'],
  ])('%s', (_, more, request, outcome) => {
    const behavior = { ...LEGACY, ForwardedValues: { QueryString: true, ...more } };
    expect(through(behind(HTTP_API, { behavior }), request).outcome).toBe(outcome);
  });

  test.each([
    ['beside a cache policy', { ...LEGACY, CachePolicyId: CACHE.disabled }],
    ['or neither of them', { ...LEGACY, ForwardedValues: undefined }],
  ])('%s are no settings that anybody can read', (_, behavior) => {
    expect(through(behind(HTTP_API, { behavior }), PUT).outcome).toBe('UNKNOWN');
  });
});

describe('the path that the API is asked for', () => {
  const API_PATHS = restApi([get('/api/pets'), put('/api/pets'), options('/api/pets')]);
  const live = {
    Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
  };
  const under = (api: any): any =>
    behind(api, { behavior: SITE_BEHAVIOR, behaviors: [{ ...RIGHT, PathPattern: '/api/*' }], others: live });

  test('keeps the prefix of the pattern', () => {
    expect(through(under(API_PATHS), { ...PUT, path: '/api/pets' }).outcome).toBe('ALLOWED');
    expect(through(under(REST_API), { ...PUT, path: '/api/pets' })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'preflight-answer',
      reason: expect.stringContaining('/api/pets'),
    });
  });

  test('is not what lacks where the API has the path, and only nothing answers its OPTIONS', () => {
    const { outcome, fix } = through(under(restApi([put('/api/pets')])), { ...PUT, path: '/api/pets' });
    expect(outcome).toBe('BLOCKED');
    expect(fix).not.toContain('prefix');
    expect(fix).toMatch(/OPTIONS/);
    const { fix: lost } = through(under(restApi([put('/pets')])), { ...PUT, path: '/api/pets' });
    expect(lost).toContain('below the prefix of the path pattern');
  });

  test('falls to the site where no pattern takes it', () => {
    expect(through(under(API_PATHS), { ...PUT, path: '/pets' })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'preflight-answer',
    });
    expect(through(under(API_PATHS), { path: '/pets' }).outcome).toBe('UNKNOWN');
  });

  test.each([
    ['OriginPath brings the stage', { OriginPath: '/prod' }, '/pets', 'ALLOWED'],
    ['or the page does', { OriginPath: undefined }, '/prod/pets', 'ALLOWED'],
    ['or nobody does', { OriginPath: undefined }, '/pets', 'BLOCKED'],
    ['another stage', { OriginPath: '/dev' }, '/pets', 'BLOCKED'],
    ['a stage by reference', { OriginPath: { 'Fn::Sub': '/${Live}' } }, '/pets', 'ALLOWED'],
    ['a stage that only the deployment tells', { OriginPath: { 'Fn::Sub': '/${AWS::Region}' } }, '/pets', 'UNKNOWN'],
  ])('%s', (_, origin, path, outcome) => {
    expect(through(behind(REST_API, { origin }), { ...PUT, path }).outcome).toBe(outcome);
  });

  test('DefaultRootObject takes the place of /', () => {
    const api = restApi([get('/'), get('/index.html', { headers: {} })], live);
    const template = behind(api, { config: { DefaultRootObject: 'index.html' } });
    const { outcome, reason } = through(template, { path: '/' });
    expect([outcome, reason]).toEqual(['BLOCKED', expect.stringContaining('DefaultRootObject')]);
    expect(through(behind(api), { path: '/' }).outcome).toBe('ALLOWED');
  });
});

describe('how a template writes the origin', () => {
  test.each([
    ['Fn::Sub', { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.amazonaws.com' }],
    ['Fn::Sub with the suffix of the partition', { 'Fn::Sub': '${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}' }],
    ['a literal region', { 'Fn::Sub': '${Api}.execute-api.eu-west-1.amazonaws.com' }],
    ['Fn::Join', { 'Fn::Join': ['.', [{ Ref: 'Api' }, 'execute-api', { Ref: 'AWS::Region' }, 'amazonaws.com']] }],
    [
      'the host of an URL',
      {
        'Fn::Select': [
          2,
          {
            'Fn::Split': [
              '/',
              {
                'Fn::Join': [
                  '',
                  ['https://', { Ref: 'Api' }, '.execute-api.', { Ref: 'AWS::Region' }, '.amazonaws.com/prod/'],
                ],
              },
            ],
          },
        ],
      },
    ],
  ])('%s', (_, DomainName) => {
    expect(through(behind(REST_API, { origin: { DomainName } }), PUT).outcome).toBe('ALLOWED');
    expect(through(behind(REST_API, { origin: { DomainName } }), { ...PUT, origin: STRANGER }).outcome).toBe('BLOCKED');
  });

  test('an API that is not in the template is refused in words', () => {
    const template = behind(REST_API, { origin: { DomainName: 'abcde12345.execute-api.eu-west-1.amazonaws.com' } });
    expect(() => through(template, PUT)).toThrow('none of the origins of Edge is an API of the template');
  });

  test('a behavior without its origin cannot be deployed', () => {
    const template = behind(HTTP_API, { behaviors: [{ ...RIGHT, PathPattern: '/x', TargetOriginId: 'gone' }] });
    expect(through(template)).toMatchObject({ outcome: 'BLOCKED', rule: 'deployment' });
  });

  test('headers of the origin replace those of the page', () => {
    const template = behind(HTTP_API, {
      origin: { OriginCustomHeaders: [{ HeaderName: 'Origin', HeaderValue: 'https://app.example.com' }] },
    });
    expect(through(template).outcome).toBe('ALLOWED');
    const { outcome, reason } = through(template, { origin: 'https://admin.example.com' });
    expect([outcome, reason]).toEqual(['BLOCKED', expect.stringContaining('OriginCustomHeaders')]);
  });
});

describe('a custom domain of API Gateway', () => {
  const domain = {
    Name: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'api.example.com' } },
    Mapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'Name' }, Stage: '$default', ApiMappingKey: 'shop' },
    },
  };

  test('has the API below its mapping', () => {
    const template = behind(HTTP_API, {
      origin: { DomainName: 'api.example.com', OriginPath: '/shop' },
      others: domain,
    });
    expect(through(template, PUT).outcome).toBe('ALLOWED');
    expect(through(behind(HTTP_API, { origin: { DomainName: 'api.example.com' }, others: domain }), PUT).outcome).toBe(
      'UNKNOWN',
    );
  });

  test('may or may not take the Host of the viewer', () => {
    const behavior = { ...RIGHT, OriginRequestPolicyId: FORWARD.allViewer };
    const origin = { DomainName: { 'Fn::GetAtt': ['Name', 'RegionalDomainName'] }, OriginPath: '/shop' };
    const config = { Aliases: ['api.example.com'] };
    expect(through(behind(HTTP_API, { behavior, origin, config, others: domain }), PUT).outcome).toBe('UNKNOWN');
  });
});

describe('Authorization', () => {
  test.each([
    ['goes with all viewer headers', { ...RIGHT }, 'ALLOWED'],
    ['is removed from a list of names', { ...RIGHT, OriginRequestPolicyId: FORWARD.s3Origin }, 'BROKEN'],
    ['legacy settings remove it from GET', LEGACY, 'BROKEN'],
    [
      'unless it is listed',
      { ...LEGACY, ForwardedValues: { QueryString: true, Headers: ['Origin', 'Authorization'] } },
      'ALLOWED',
    ],
  ])('%s', (_, behavior, outcome) => {
    expect(through(behind(CLOSED_HTTP_API, { behavior }), WITH_TOKEN).outcome).toBe(outcome);
  });

  test('legacy settings keep it on PUT', () => {
    expect(through(behind(CLOSED_HTTP_API, { behavior: LEGACY }), { ...PUT, ...WITH_TOKEN }).outcome).toBe('ALLOWED');
  });
});

describe('the query', () => {
  test('query parameters go where a policy names them', () => {
    const api = restApi(
      [
        get('/pets', {
          properties: {
            RequestValidatorId: { Ref: 'Check' },
            RequestParameters: { 'method.request.querystring.page': true },
          },
        }),
      ],
      {
        Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
        Check: {
          Type: 'AWS::ApiGateway::RequestValidator',
          Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestParameters: true },
        },
      },
    );
    const request = { path: '/pets?page=1' };
    expect(through(behind(api), request).outcome).toBe('ALLOWED');
    expect(
      through(behind(api, { behavior: { ...RIGHT, OriginRequestPolicyId: FORWARD.s3Origin } }), request).outcome,
    ).not.toBe('ALLOWED');
  });
});
