import { readFileSync } from 'node:fs';
import type { BrowserRequest } from '../../../src/verify/verdict';
import { functionUrl } from '../../support/function-url-templates';
import { httpApi } from '../../support/http-api-templates';
import { APP } from '../../support/pages';
import { get, options, put, restApi } from '../../support/templates';
import {
  ADMIN,
  ALL_METHODS,
  behind,
  CACHE,
  CLOSED_HTTP_API,
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
  WITH_TOKEN,
} from './distributions';

/**
 * What follows for pages from each fact about CloudFront, over behaviors, policies and requests. The
 * facts are those of docs/how-cors-works-here.md, word for word: none there is without a case here.
 */

type Edge = Parameters<typeof behind>[1];
type Case = [why: string, api: any, edge: Edge, request: Partial<BrowserRequest>, outcome: string];

const GET = {};
const DELETE = { method: 'DELETE' };
const HEAD = { method: 'HEAD' };
const READING = { ...RIGHT, AllowedMethods: ['GET', 'HEAD'] };
const THREE = { ...RIGHT, AllowedMethods: ['GET', 'HEAD', 'OPTIONS'] };
const KEPT = { ...RIGHT, CachePolicyId: CACHE.optimized, OriginRequestPolicyId: FORWARD.s3Origin };

const right = (more: object): Edge => ({ behavior: { ...RIGHT, ...more } });
const forwarding = (id: string | undefined, more: object = {}): Edge => right({ OriginRequestPolicyId: id, ...more });
const legacy = (ForwardedValues: object, more: object = {}): Edge => ({
  behavior: { ...LEGACY, ForwardedValues: { QueryString: true, ...ForwardedValues }, ...more },
});
const at = (PathPattern: string, behavior: object = RIGHT): object => ({ ...behavior, PathPattern });
const code = (EventType: string): Edge =>
  right({ FunctionAssociations: [{ EventType, FunctionARN: 'arn:aws:cloudfront::1:function/x' }] });

/** A cache policy with these headers in its key, which keeps nothing unless told. */
const keyed = (Headers: string[], more: object = {}, MaxTTL = 0): Edge => ({
  behavior: { ...RIGHT, CachePolicyId: { Ref: 'Key' }, OriginRequestPolicyId: undefined, ...more },
  others: {
    Key: {
      Type: 'AWS::CloudFront::CachePolicy',
      Properties: {
        CachePolicyConfig: {
          Name: 'key',
          MinTTL: 0,
          DefaultTTL: MaxTTL,
          MaxTTL,
          ParametersInCacheKeyAndForwardedToOrigin: { HeadersConfig: { HeaderBehavior: 'whitelist', Headers } },
        },
      },
    },
  },
});

const requesting = (HeadersConfig: object): Edge => ({
  behavior: { ...RIGHT, OriginRequestPolicyId: { Ref: 'Forward' } },
  others: {
    Forward: {
      Type: 'AWS::CloudFront::OriginRequestPolicy',
      Properties: { OriginRequestPolicyConfig: { Name: 'own', HeadersConfig } },
    },
  },
});

interface Cors {
  readonly origins?: string[];
  readonly methods?: string[];
  readonly headers?: string[];
  readonly credentials?: boolean;
  readonly override?: boolean;
}

/** A response headers policy of one's own that overrides, unless told. */
const responding = (cors: Cors, behavior: object = RIGHT): Edge => ({
  behavior: { ...behavior, ResponseHeadersPolicyId: { Ref: 'Headers' } },
  others: {
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'own',
          CorsConfig: {
            AccessControlAllowOrigins: { Items: cors.origins ?? [APP] },
            AccessControlAllowMethods: { Items: cors.methods ?? ['GET', 'PUT'] },
            AccessControlAllowHeaders: { Items: cors.headers ?? ['content-type'] },
            AccessControlAllowCredentials: cors.credentials ?? false,
            OriginOverride: cors.override ?? true,
          },
        },
      },
    },
  },
});

const NAMES_WITH_TOKEN = ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers', 'Authorization'];

const LIVE = { Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } } };

/** A REST API whose mapping template lets a page in by its Origin, read under these names. */
const picking = (...names: string[]): any => {
  const sides = names.map((name) => `$input.params('${name}') == '${APP}'`).join(' || ');
  const header = '$context.responseOverride.header.Access-Control-Allow-Origin';
  const ResponseTemplates = { 'application/json': `#if(${sides})#set(${header} = '${APP}')#end` };
  const properties = {
    MethodResponses: [{ StatusCode: '200' }],
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode": 200}' },
      IntegrationResponses: [{ StatusCode: '200', ResponseTemplates }],
    },
  };
  return restApi([get('/pets', { properties })], LIVE);
};

const HEAD_API = httpApi({ AllowOrigins: [APP, ADMIN], AllowMethods: ['HEAD'] }, { 'HEAD /pets': {} });

const URL_API = functionUrl({
  AllowOrigins: [APP, ADMIN],
  AllowMethods: ['GET', 'PUT'],
  AllowHeaders: ['content-type'],
});
const errorPage = (ErrorCode: number): object => ({
  CustomErrorResponses: [{ ErrorCode, ResponseCode: 200, ResponsePagePath: '/index.html' }],
});
const site = (ErrorCode: number): Edge => ({
  behavior: SITE_BEHAVIOR,
  behaviors: [at('/pets')],
  config: errorPage(ErrorCode),
});

const FACTS: Record<string, Case[]> = {
  'Behaviors are tried in the order of the list, the default one last.': [
    ['the first that fits decides', HTTP_API, { behaviors: [at('/pet*', READING), at('/pets')] }, PUT, 'BLOCKED'],
    ['and in the other order, too', HTTP_API, { behaviors: [at('/pets'), at('/pet*', READING)] }, PUT, 'ALLOWED'],
    ['the default takes the rest', HTTP_API, { behavior: READING, behaviors: [at('/dogs')] }, PUT, 'BLOCKED'],
  ],
  'Patterns are case-sensitive, `*` is any run of characters, `/` included, `?` exactly one; the query does not count.':
    [
      ['another case', HTTP_API, { behavior: READING, behaviors: [at('/PETS')] }, PUT, 'BLOCKED'],
      ['one character', HTTP_API, { behavior: READING, behaviors: [at('/pet?')] }, PUT, 'ALLOWED'],
      ['one character too many', HTTP_API, { behavior: READING, behaviors: [at('/pe?')] }, PUT, 'BLOCKED'],
      ['a run of characters', HTTP_API, { behavior: READING, behaviors: [at('/p*s')] }, PUT, 'ALLOWED'],
      ['the query', HTTP_API, { behavior: READING, behaviors: [at('*=1')] }, { ...PUT, path: '/pets?a=1' }, 'BLOCKED'],
    ],
  'The matched prefix stays in the path, and OriginPath goes in front of it.': [
    ['a prefix that the API lacks', REST_API, { behaviors: [at('/v1/*')] }, { path: '/v1/pets' }, 'BLOCKED'],
    ['its preflight', REST_API, { behaviors: [at('/v1/*')] }, { ...PUT, path: '/v1/pets' }, 'BLOCKED'],
    ['the stage by OriginPath', REST_API, {}, PUT, 'ALLOWED'],
    ['the stage twice', REST_API, {}, { ...PUT, path: '/prod/pets' }, 'BLOCKED'],
  ],
  'DefaultRootObject stands in for `/` only.': [
    ['another path', HTTP_API, { config: { DefaultRootObject: 'index.html' } }, PUT, 'ALLOWED'],
    ['the root', REST_API, { config: { DefaultRootObject: 'index.html' } }, { path: '/' }, 'BLOCKED'],
  ],
  "A method that AllowedMethods lacks gets a 403 page of CloudFront's own; none listed means GET and HEAD.": [
    ['none listed, and a page reads', HTTP_API, right({ AllowedMethods: undefined }), GET, 'ALLOWED'],
    ['none listed, and a page writes', HTTP_API, right({ AllowedMethods: undefined }), PUT, 'BLOCKED'],
    ['GET and HEAD, and a token', CLOSED_HTTP_API, { behavior: READING }, WITH_TOKEN, 'BLOCKED'],
    ['GET and HEAD, and a form', HTTP_API, { behavior: READING }, { method: 'POST' }, 'BLOCKED'],
    ['three, and a token', CLOSED_HTTP_API, { behavior: THREE }, WITH_TOKEN, 'ALLOWED'],
    ['three, and PUT after its preflight', HTTP_API, { behavior: THREE }, PUT, 'BLOCKED'],
    ['three, and a function URL', URL_API, { behavior: THREE }, PUT, 'BLOCKED'],
    ['all in another order', HTTP_API, right({ AllowedMethods: [...ALL_METHODS].reverse() }), PUT_JSON, 'ALLOWED'],
    ['all, and a method that the API lacks', HTTP_API, {}, DELETE, 'BLOCKED'],
  ],
  'With cache policies only the headers, cookies and query parameters that the cache policy or the origin request policy names reach the origin':
    [
      ['Origin alone lets a page read', HTTP_API, forwarding(FORWARD.customOrigin), GET, 'ALLOWED'],
      ['and not write', HTTP_API, forwarding(FORWARD.customOrigin), PUT, 'BLOCKED'],
      ['nothing', HTTP_API, forwarding(undefined), GET, 'BLOCKED'],
      ['nothing, to an API that says the same to all', REST_API, forwarding(undefined), PUT_JSON, 'ALLOWED'],
      ['nothing, to one that picks the origin', picking('origin', 'Origin'), forwarding(undefined), GET, 'BLOCKED'],
      ['the three of a preflight', HTTP_API, forwarding(FORWARD.s3Origin), PUT_JSON, 'ALLOWED'],
      ['the three in the key', HTTP_API, keyed(['Origin', 'Access-Control-Request-Method']), PUT, 'ALLOWED'],
      ['nothing: the function gets the preflight', URL_API, forwarding(undefined), PUT, 'DEPENDS_ON_BACKEND'],
    ],
  'a header of the cache policy goes even where the other one excepts it.': [
    [
      'Origin in the key and excepted',
      HTTP_API,
      {
        behavior: { ...RIGHT, CachePolicyId: { Ref: 'Key' }, OriginRequestPolicyId: { Ref: 'Forward' } },
        others: {
          ...keyed(['Origin'])!.others,
          ...requesting({ HeaderBehavior: 'allExcept', Headers: ['Host', 'Origin'] })!.others,
        },
      },
      PUT,
      'ALLOWED',
    ],
    [
      'Host in the key',
      HTTP_API,
      keyed(['Host', 'Origin'], { OriginRequestPolicyId: FORWARD.allButHost }),
      GET,
      'BLOCKED',
    ],
  ],
  '`Authorization` goes only by the cache policy, or where all viewer headers go. Naming it in an origin request policy is refused.':
    [
      ['by all headers', CLOSED_HTTP_API, {}, WITH_TOKEN, 'ALLOWED'],
      ['by the key', CLOSED_HTTP_API, keyed(NAMES_WITH_TOKEN), WITH_TOKEN, 'ALLOWED'],
      ['not by names', CLOSED_HTTP_API, forwarding(FORWARD.s3Origin), WITH_TOKEN, 'BROKEN'],
      [
        'not by its name',
        CLOSED_HTTP_API,
        requesting({ HeaderBehavior: 'whitelist', Headers: ['Authorization', 'Origin'] }),
        WITH_TOKEN,
        'BLOCKED',
      ],
    ],
  'With the older ForwardedValues most headers go without being named, `Origin` and those of a preflight among them, but not into the cache key.':
    [
      ['a preflight', HTTP_API, legacy({}), PUT_JSON, 'ALLOWED'],
      ['a stranger', HTTP_API, legacy({}), { origin: STRANGER, ...PUT }, 'BLOCKED'],
      ['an answer that is kept', HTTP_API, legacy({}), GET, 'UNKNOWN'],
      ['Origin by name', HTTP_API, legacy({ Headers: ['Origin'] }), GET, 'ALLOWED'],
      ['nothing is kept', HTTP_API, legacy({}, { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 }), GET, 'ALLOWED'],
    ],
  '`Authorization` is removed from GET and HEAD unless it is named.': [
    ['from GET', CLOSED_HTTP_API, legacy({}), WITH_TOKEN, 'BROKEN'],
    ['not from PUT', CLOSED_HTTP_API, legacy({}), { ...PUT, ...WITH_TOKEN }, 'ALLOWED'],
    ['named', CLOSED_HTTP_API, legacy({ Headers: ['Authorization', 'Origin'] }), WITH_TOKEN, 'ALLOWED'],
  ],
  'API Gateway finds an API by `Host`. With the viewer\'s it answers 403 `{"message":"Forbidden"}`, without CORS headers.':
    [
      ['AllViewer', REST_API, forwarding(FORWARD.allViewer), GET, 'BLOCKED'],
      ['AllViewer, and a preflight', REST_API, forwarding(FORWARD.allViewer), PUT, 'BLOCKED'],
      ['with the headers of CloudFront', HTTP_API, forwarding(FORWARD.allViewerAndCloudFront), GET, 'BLOCKED'],
      [
        'in a managed key',
        HTTP_API,
        forwarding(FORWARD.s3Origin, { CachePolicyId: CACHE.originControl }),
        GET,
        'BLOCKED',
      ],
      ['in the key of Amplify', REST_API, forwarding(undefined, { CachePolicyId: CACHE.amplify }), GET, 'BLOCKED'],
      ['all of the older kind', REST_API, legacy({ Headers: ['*'] }), PUT, 'BLOCKED'],
    ],
  "Lambda finds a function URL by `Host`, too. With the viewer's, its front door lets every preflight pass, and answers what comes after it with 403 and a `*`.":
    [
      ['the preflight passes', URL_API, forwarding(FORWARD.allViewer), PUT, 'BROKEN'],
      ['whoever asks', URL_API, forwarding(FORWARD.allViewer), { origin: STRANGER, ...PUT_JSON }, 'BROKEN'],
      ['with cookies a star is not enough', URL_API, forwarding(FORWARD.allViewer), { credentials: true }, 'BLOCKED'],
      ['without, the function URL is found', URL_API, {}, PUT, 'DEPENDS_ON_BACKEND'],
    ],
  'CloudFront speaks HTTP/1.1 with its origins. Whether API Gateway then sees `origin` or `Origin`: [?].': [
    ['a template that reads one of them', picking('origin'), {}, GET, 'UNKNOWN'],
    ['a template that reads both', picking('origin', 'Origin'), {}, GET, 'ALLOWED'],
    ['a stranger is let in by neither', picking('origin'), {}, { origin: STRANGER }, 'BLOCKED'],
  ],
  "The cache key is the policy's alone: `Vary: Origin` does not split entries. GET and HEAD are cached, OPTIONS where CachedMethods has it.":
    [
      ['without Origin', HTTP_API, { behavior: KEPT }, GET, 'UNKNOWN'],
      ['without Origin, HEAD', HEAD_API, { behavior: KEPT }, HEAD, 'UNKNOWN'],
      ['with Origin', HTTP_API, keyed(['Origin'], {}, 60), GET, 'ALLOWED'],
      ['the same for all', REST_API, { behavior: KEPT }, GET, 'ALLOWED'],
      ['PUT', HTTP_API, { behavior: KEPT }, PUT, 'ALLOWED'],
      ['OPTIONS', HTTP_API, { behavior: { ...KEPT, CachedMethods: ['GET', 'HEAD', 'OPTIONS'] } }, PUT, 'UNKNOWN'],
      ['a function URL', URL_API, { behavior: KEPT }, GET, 'UNKNOWN'],
    ],
  'CustomErrorResponses replace errors of every behavior: status, body and headers. 401 and 429 cannot be replaced.': [
    ['a preflight without OPTIONS', REST_WITHOUT_OPTIONS, site(403), PUT, 'BLOCKED'],
    ['another status stays', REST_API, site(404), PUT, 'ALLOWED'],
    ['a 401 stays readable', CLOSED_HTTP_API, { config: errorPage(403) }, GET, 'BROKEN'],
  ],
  'A response headers policy changes headers, never the status, and after the cache: preflights go to the origin.': [
    [
      'a managed one, and no OPTIONS',
      REST_WITHOUT_OPTIONS,
      right({ ResponseHeadersPolicyId: RESPOND.withPreflight }),
      PUT,
      'BLOCKED',
    ],
    ['an own one, and no OPTIONS', REST_WITHOUT_OPTIONS, responding({}), PUT, 'BLOCKED'],
    ['an empty OPTIONS', REST_WITH_EMPTY_OPTIONS, responding({}), PUT_JSON, 'ALLOWED'],
    ['for a kept answer', REST_WITH_EMPTY_OPTIONS, responding({}, KEPT), GET, 'ALLOWED'],
  ],
  "It answers with the page's origin where an entry matches, with `*` where it has that, else with nothing.": [
    ['an entry', REST_WITH_EMPTY_OPTIONS, responding({ credentials: true }), { credentials: true }, 'ALLOWED'],
    ['none', REST_WITH_EMPTY_OPTIONS, responding({}), { origin: STRANGER }, 'BLOCKED'],
    ['a star', REST_WITH_EMPTY_OPTIONS, responding({ origins: ['*'] }), { origin: STRANGER }, 'ALLOWED'],
    ['a star, with cookies', REST_WITH_EMPTY_OPTIONS, responding({ origins: ['*'] }), { credentials: true }, 'BLOCKED'],
  ],
  'Allow-Methods, Allow-Headers and Max-Age go on OPTIONS only.': [
    ['a method that it lacks', REST_WITH_EMPTY_OPTIONS, responding({ methods: ['GET'] }), PUT, 'BLOCKED'],
    ['a header that it lacks', REST_WITH_EMPTY_OPTIONS, responding({ headers: ['x-a'] }), PUT_JSON, 'BLOCKED'],
    [
      'SimpleCORS has neither',
      REST_WITH_EMPTY_OPTIONS,
      right({ ResponseHeadersPolicyId: RESPOND.simple }),
      PUT,
      'BLOCKED',
    ],
  ],
  "With OriginOverride its headers replace the origin's of the same name": [
    ['another page gets in', REST_API, responding({ origins: [ADMIN] }), { origin: ADMIN }, 'ALLOWED'],
    ['and writes', REST_API, responding({ origins: [ADMIN] }), { origin: ADMIN, ...PUT_JSON }, 'ALLOWED'],
    ['whether the first one stays is open', REST_API, responding({ origins: [ADMIN] }), GET, 'UNKNOWN'],
    ['without, the API has its way', REST_API, responding({ origins: [ADMIN], override: false }), PUT, 'ALLOWED'],
  ],
  'Without, whether it fills gaps beside headers that the origin sent: [?].': [
    [
      'a header that the API does not list',
      restApi(
        [get('/pets'), put('/pets'), options('/pets', { headers: { 'Access-Control-Allow-Origin': `'${APP}'` } })],
        LIVE,
      ),
      responding({ override: false }),
      PUT_JSON,
      'UNKNOWN',
    ],
  ],
  '`*.example.com` covers one label, and not the bare domain; whether it covers several: [?].': [
    ['one', REST_WITH_EMPTY_OPTIONS, responding({ origins: ['*.example.com'] }), PUT, 'ALLOWED'],
    [
      'none',
      REST_WITH_EMPTY_OPTIONS,
      responding({ origins: ['*.example.com'] }),
      { origin: 'https://example.com' },
      'BLOCKED',
    ],
    [
      'two',
      REST_WITH_EMPTY_OPTIONS,
      responding({ origins: ['*.example.com'] }),
      { origin: 'https://a.b.example.com' },
      'UNKNOWN',
    ],
  ],
  'Functions at viewer-response do not run where the origin answers 400 or more.': [
    ['they may change an answer', HTTP_API, code('viewer-response'), GET, 'UNKNOWN'],
    ['and no refusal', REST_WITHOUT_OPTIONS, code('viewer-response'), PUT, 'BLOCKED'],
  ],
};

const rows = Object.entries(FACTS).flatMap(([fact, cases]) => cases.map((each) => [fact, ...each] as const));

describe.each(Object.entries(FACTS))('%s', (_, cases) => {
  test.each(cases)('%s', (_why, api, edge, request, outcome) => {
    expect(through(behind(api, edge), request).outcome).toBe(outcome);
  });
});

describe('the facts', () => {
  const docs = readFileSync('docs/how-cors-works-here.md', 'utf8');
  const [section] = docs.split(/^## CloudFront$/m)[1].split(/^## /m);
  const bullets = section.split('\n').filter((line) => line.startsWith('- '));

  test('are those of the docs', () => {
    expect(Object.keys(FACTS).filter((fact) => !section.includes(fact))).toEqual([]);
  });

  test('have a case each, and there are many', () => {
    expect(bullets.filter((bullet) => !Object.keys(FACTS).some((fact) => bullet.includes(fact)))).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(60);
  });
});
