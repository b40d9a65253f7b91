/**
 * APIs behind a CloudFront distribution: what the simulator says has to be what a page sees of the answers that the model of the
 * distribution gives on loopback.
 */

import { APP } from '../../support/pages';
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
} from '../../verify/cloudfront/distributions';
import type { Case } from '../trial';

const page = { origin: APP, path: '/pets', via: 'Edge' };

/** The templates stay the same objects: each is read once. */
const right = behind(HTTP_API);
const reading = behind(HTTP_API, { behavior: { ...RIGHT, AllowedMethods: ['GET', 'HEAD'] } });
const threeMethods = behind(HTTP_API, { behavior: { ...RIGHT, AllowedMethods: ['GET', 'HEAD', 'OPTIONS'] } });
const hiding = behind(HTTP_API, { behavior: { ...RIGHT, OriginRequestPolicyId: undefined } });
const forwardingHost = behind(HTTP_API, { behavior: { ...RIGHT, OriginRequestPolicyId: FORWARD.allViewer } });
const legacy = behind(HTTP_API, { behavior: LEGACY });
const simple = behind(REST_WITH_EMPTY_OPTIONS, { behavior: { ...RIGHT, ResponseHeadersPolicyId: RESPOND.simple } });
const withPreflight = behind(REST_WITH_EMPTY_OPTIONS, {
  behavior: { ...RIGHT, ResponseHeadersPolicyId: RESPOND.withPreflight },
});
const policyAlone = behind(REST_WITHOUT_OPTIONS, {
  behavior: { ...RIGHT, ResponseHeadersPolicyId: RESPOND.withPreflight },
});
const keyed = behind(HTTP_API, {
  behavior: { ...RIGHT, CachePolicyId: CACHE.mediaPackage, OriginRequestPolicyId: FORWARD.s3Origin },
});
const spa = behind(REST_WITHOUT_OPTIONS, {
  behavior: SITE_BEHAVIOR,
  behaviors: [{ ...RIGHT, PathPattern: '/pets' }],
  config: { CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html' }] },
});
const overriding = behind(REST_WITH_EMPTY_OPTIONS, {
  behavior: { ...RIGHT, ResponseHeadersPolicyId: { Ref: 'Headers' } },
  others: {
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'own',
          CorsConfig: {
            AccessControlAllowOrigins: { Items: [APP, 'https://*.example.org'] },
            AccessControlAllowMethods: { Items: ['GET', 'PUT'] },
            AccessControlAllowHeaders: { Items: ['content-type'] },
            AccessControlAllowCredentials: true,
            OriginOverride: true,
          },
        },
      },
    },
  },
});
/** The page is on the host of the distribution, which is that of the API on loopback. */
const shared = behind(REST_WITHOUT_OPTIONS, { config: { Aliases: ['api.example.com'] } });
const own = { ...page, origin: 'https://api.example.com' };

export const cloudFront: Case[] = [
  { why: 'a behavior that is right, and a preflight', template: right, request: { ...page, ...PUT_JSON }, rule: 'ok' },
  { why: 'the same for the other page', template: right, request: { ...page, origin: ADMIN, ...PUT }, rule: 'ok' },
  { why: 'a stranger', template: right, request: { ...page, origin: STRANGER, ...PUT }, rule: 'preflight-origin' },
  { why: 'OPTIONS is not allowed', template: reading, request: { ...page, ...PUT }, rule: 'preflight-answer' },
  { why: 'GET needs no OPTIONS', template: reading, request: page, rule: 'ok' },
  {
    why: 'a simple POST gets the page of CloudFront',
    template: reading,
    request: { ...page, method: 'POST' },
    rule: 'response-origin',
  },
  {
    why: 'the preflight passes, the PUT does not',
    template: threeMethods,
    request: { ...page, ...PUT },
    rule: 'response-origin',
  },
  { why: 'Origin is not forwarded, and GET has no headers', template: hiding, request: page, rule: 'response-origin' },
  { why: 'nor is what a preflight asks', template: hiding, request: { ...page, ...PUT }, rule: 'preflight-origin' },
  {
    why: 'Host is forwarded, and a preflight fails',
    template: forwardingHost,
    request: { ...page, ...PUT },
    rule: 'preflight-answer',
  },
  {
    why: 'Host is forwarded, and GET has no headers',
    template: forwardingHost,
    request: page,
    rule: 'response-origin',
  },
  { why: 'legacy settings forward Origin', template: legacy, request: { ...page, ...PUT }, rule: 'ok' },
  { why: 'Origin in the key of the cache', template: keyed, request: page, rule: 'ok' },
  { why: 'SimpleCORS on GET', template: simple, request: page, rule: 'ok' },
  {
    why: 'SimpleCORS with credentials',
    template: simple,
    request: { ...page, credentials: true },
    rule: 'response-origin',
  },
  { why: 'SimpleCORS on PUT', template: simple, request: { ...page, ...PUT }, rule: 'preflight-method' },
  { why: 'CORS-With-Preflight on PUT', template: withPreflight, request: { ...page, ...PUT }, rule: 'ok' },
  {
    why: 'CORS-With-Preflight on JSON',
    template: withPreflight,
    request: { ...page, ...PUT_JSON },
    rule: 'preflight-header',
  },
  { why: 'a policy answers nothing', template: policyAlone, request: { ...page, ...PUT }, rule: 'preflight-answer' },
  {
    why: 'an own policy on JSON with credentials',
    template: overriding,
    request: { ...page, ...PUT_JSON, credentials: true },
    rule: 'ok',
  },
  {
    why: 'an own policy and a page of its wildcard',
    template: overriding,
    request: { ...page, origin: 'https://a.example.org', ...PUT },
    rule: 'ok',
  },
  {
    why: 'an own policy and a stranger',
    template: overriding,
    request: { ...page, origin: STRANGER },
    rule: 'response-origin',
  },
  { why: 'an error page in the place of a 403', template: spa, request: { ...page, ...PUT }, rule: 'preflight-origin' },
  {
    why: 'the same without a distribution',
    template: REST_API,
    request: { origin: APP, path: '/pets', ...PUT },
    rule: 'ok',
  },
  { why: 'one origin reads', template: shared, request: own, rule: 'ok', reads: [] },
  { why: 'one origin writes JSON', template: shared, request: { ...own, ...PUT_JSON }, rule: 'ok', reads: [] },
  {
    why: 'one origin with cookies',
    template: shared,
    request: { ...own, ...PUT_JSON, credentials: true },
    rule: 'ok',
    reads: [],
  },
];
