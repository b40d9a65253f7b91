import type { CachePolicy, OriginRequestPolicy, ResponseHeadersPolicy } from './policies';
import { Selection } from './selection';

/**
 * The policies that every account has, by id. AWS may add others: an id that is missing here says
 * nothing.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
export function managedCachePolicy(id: string): CachePolicy | undefined {
  return CACHE_POLICIES.get(id);
}

export function managedOriginRequestPolicy(id: string): OriginRequestPolicy | undefined {
  return ORIGIN_REQUEST_POLICIES.get(id);
}

export function managedResponseHeadersPolicy(id: string): ResponseHeadersPolicy | undefined {
  return RESPONSE_HEADERS_POLICIES.get(id);
}

const { ALL, NONE } = Selection;
const YEAR = 31_536_000;
const DAY = 86_400;
const OVERRIDES_OF_METHOD = ['x-http-method-override', 'x-http-method', 'x-method-override'];
const FOR_ORIGIN_CONTROL = Selection.only(['host', 'origin', ...OVERRIDES_OF_METHOD]);
const FOR_AMPLIFY = Selection.only(['authorization', 'cloudfront-viewer-country', 'host']);
const FOR_PACKAGES = Selection.only(['aws.manifestfilter', 'start', 'end', 'm']);

const CACHE_POLICIES = new Map<string, CachePolicy>([
  cachePolicy('2e54312d-136d-493c-8eb9-b001f22f67d2', 'Amplify', FOR_AMPLIFY, ALL, [2, 2, 600]),
  cachePolicy('4135ea2d-6df8-44a3-9df3-4b5a84be39ad', 'CachingDisabled', NONE, NONE, [0, 0, 0]),
  cachePolicy('658327ea-f89d-4fab-a63d-7e88639e58f6', 'CachingOptimized', NONE, NONE, [1, DAY, YEAR]),
  cachePolicy('b2884449-e4de-46a7-ac36-70bc7f1ddd6d', 'CachingOptimizedForUncompressedObjects', NONE, NONE, [
    1,
    DAY,
    YEAR,
  ]),
  cachePolicy(
    '08627262-05a9-4f76-9ded-b50ca2e3a84f',
    'Elemental-MediaPackage',
    Selection.only(['origin']),
    FOR_PACKAGES,
    [0, DAY, YEAR],
  ),
  cachePolicy('83da9c7e-98b4-4e11-a168-04f0df8e2c65', 'UseOriginCacheControlHeaders', FOR_ORIGIN_CONTROL, NONE, [
    0,
    0,
    YEAR,
  ]),
  cachePolicy(
    '4cc15a8a-d715-48a4-82b8-cc0b614638fe',
    'UseOriginCacheControlHeaders-QueryStrings',
    FOR_ORIGIN_CONTROL,
    ALL,
    [0, 0, YEAR],
  ),
]);

function cachePolicy(
  id: string,
  name: string,
  headers: Selection,
  query: Selection,
  [minTtl, defaultTtl, maxTtl]: [number, number, number],
): [string, CachePolicy] {
  return [id, { name, headers, query, minTtl, defaultTtl, maxTtl }];
}

const PREFLIGHT = ['origin', 'access-control-request-method', 'access-control-request-headers'];

const ORIGIN_REQUEST_POLICIES = new Map<string, OriginRequestPolicy>([
  ['216adef6-5c7f-47e4-b989-5492eafa07d3', { name: 'AllViewer', headers: ALL, query: ALL }],
  ['33f36d7e-f396-46d9-90e0-52428a34d9dc', { name: 'AllViewerAndCloudFrontHeaders-2022-06', headers: ALL, query: ALL }],
  [
    'b689b0a8-53d0-40ab-baf2-68738e2966ac',
    { name: 'AllViewerExceptHostHeader', headers: Selection.allExcept(['host']), query: ALL },
  ],
  [
    '59781a5b-3903-41f3-afcb-af62929ccde1',
    { name: 'CORS-CustomOrigin', headers: Selection.only(['origin']), query: NONE },
  ],
  ['88a5eaf4-2fd4-4709-b370-b4c650ea3fcf', { name: 'CORS-S3Origin', headers: Selection.only(PREFLIGHT), query: NONE }],
  [
    '775133bc-15f2-49f9-abea-afb2e0bf67d2',
    { name: 'Elemental-MediaTailor-PersonalizedManifests', headers: Selection.only(PREFLIGHT), query: ALL },
  ],
  [
    'acba4595-bd28-49b8-b9fe-13317c0390fa',
    { name: 'UserAgentRefererHeaders', headers: Selection.only(['user-agent', 'referer']), query: NONE },
  ],
]);

const SEVEN = ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * None of them sends Access-Control-Allow-Headers, none works with credentials,
 * and none overrides what the origin says of CORS.
 */
const RESPONSE_HEADERS_POLICIES = new Map<string, ResponseHeadersPolicy>([
  ['60669652-455b-4ae9-85a4-c4c02393f86c', anyOrigin('SimpleCORS', [])],
  ['5cc3b908-e619-4b99-88e5-2cf7f45965bd', anyOrigin('CORS-With-Preflight', SEVEN)],
  ['e61eb60c-9c35-4d20-a928-2b84e02af89c', anyOrigin('CORS-and-SecurityHeadersPolicy', [])],
  ['eaab4381-ed33-4a86-88ca-d9558dc6cd63', anyOrigin('CORS-with-preflight-and-SecurityHeadersPolicy', SEVEN)],
  ['67f7725c-6f97-4210-82d7-5512b31e9d03', { name: 'SecurityHeadersPolicy', custom: [], removed: [] }],
]);

/**
 * Those with methods expose every header too, but say so to preflights only,
 * where browsers do not look for it.
 */
function anyOrigin(name: string, methods: string[]): ResponseHeadersPolicy {
  const cors = { origins: ['*'], methods, headers: [], exposed: [], credentials: false, overrides: false };
  return { name, cors, custom: [], removed: [] };
}
