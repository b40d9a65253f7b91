/** What each recipe of docs/recipes promises, as pages would find out. */
import type { App, Stack } from 'aws-cdk-lib';
import type { BrowserRequest, CorsOutcome } from '../../src';
import {
  dependsOnTheResourcePolicy,
  get,
  idOf,
  leavesPreflightsAlone,
  letsPreflightsPass,
  put,
  throughTheSite,
  withCookies,
  withoutResourcePolicy,
} from './circumstances';

type Row = [says: string, request: BrowserRequest & { of?: string }, outcome: `${CorsOutcome}`, rule?: string];

/** A page from elsewhere does not get beyond the preflight. */
const keptOut = (request: BrowserRequest): Row => ['a page from elsewhere', request, 'BLOCKED', 'preflight-origin'];

export interface Promised {
  readonly requests: Row[];
  /** Left out: the one Stack that the module exports. */
  readonly stacks?: (exported: Record<string, any>, app: App) => Stack[];
  readonly values?: (stack: Stack) => Record<string, string>;
  /** What has to be so at deployment, and shows in no template. */
  readonly supposing?: (template: any) => any;
  readonly also?: (stack: Stack) => void;
}

const APP = 'https://app.example.com';
const ELSEWHERE = 'https://elsewhere.example';
const TOKEN = { authorization: 'Bearer token' };
const SIGNED = {
  authorization: 'AWS4-HMAC-SHA256 Credential=key',
  'x-amz-date': '20260101T000000Z',
  'x-amz-security-token': 'token',
  'x-amz-content-sha256': 'hash',
};

export const PROMISES: Record<string, Promised> = {
  cognito: {
    requests: [
      ['a page with a token reads the answer', put(APP, '/orders', TOKEN), 'ALLOWED'],
      ['without a token it reads the 401', put(APP, '/orders'), 'BROKEN'],
      [
        'it reads the 401 of a token that has expired',
        { ...put(APP, '/orders', TOKEN), gatewayError: 'EXPIRED_TOKEN' },
        'ALLOWED',
      ],
      keptOut(put(ELSEWHERE, '/orders', TOKEN)),
    ],
  },
  'iam-with-sigv4': {
    requests: [
      ['a page that signs reads the answer', get(APP, '/photos', SIGNED), 'ALLOWED'],
      ['without a signature it reads the 403', get(APP, '/photos'), 'BROKEN'],
      [
        'a client of a model may add its headers',
        get(APP, '/photos', { ...SIGNED, 'amz-sdk-request': 'attempt=1' }),
        'ALLOWED',
      ],
      keptOut(get(ELSEWHERE, '/photos', SIGNED)),
    ],
  },
  'api-keys': {
    requests: [
      ['a page with the key reads the answer', get(APP, '/weather', { 'x-api-key': 'key' }), 'ALLOWED'],
      ['without the key it reads the 403', get(APP, '/weather'), 'BROKEN'],
      [
        'it reads the 429',
        { ...get(APP, '/weather', { 'x-api-key': 'key' }), gatewayError: 'QUOTA_EXCEEDED' },
        'ALLOWED',
      ],
      keptOut(get(ELSEWHERE, '/weather', { 'x-api-key': 'key' })),
    ],
  },
  'custom-domains': {
    requests: [
      ['a page of the same site reads the answer', { ...get(APP, '/items'), method: 'DELETE' }, 'ALLOWED'],
      [
        'the bare domain is another origin',
        { ...get('https://example.com', '/items'), method: 'DELETE' },
        'BLOCKED',
        'preflight-origin',
      ],
      ['a page from elsewhere cannot read a GET either', get(ELSEWHERE, '/items'), 'BLOCKED', 'response-origin'],
    ],
  },
  'private-apis': {
    // Whether a condition of the resource policy holds, no template shows. Here it does.
    supposing: withoutResourcePolicy,
    requests: [
      ['a page inside of the network reads the answer', put('https://intranet.example.com', '/reports'), 'ALLOWED'],
      keptOut(put(ELSEWHERE, '/reports')),
    ],
    also: dependsOnTheResourcePolicy,
  },
  waf: {
    requests: [
      ['a page with the header reads the answer', get(APP, '/items', { 'x-client': 'web' }), 'ALLOWED'],
      [
        'it reads the 403 of the ACL',
        { ...get(APP, '/items', { 'x-client': 'web' }), gatewayError: 'WAF_FILTERED' },
        'ALLOWED',
      ],
      keptOut(get(ELSEWHERE, '/items', { 'x-client': 'web' })),
    ],
    also: letsPreflightsPass,
  },
  'resource-policies': {
    requests: [
      ['a page that signs reads the answer', put('https://partner.example.com', '/stock', SIGNED), 'ALLOWED'],
      ['without a signature it reads the 403', put('https://partner.example.com', '/stock'), 'BROKEN'],
      keptOut(put(ELSEWHERE, '/stock', SIGNED)),
    ],
  },
  'cookies-across-sites': {
    requests: [
      ['a page with cookies reads the answer', withCookies({ ...get(APP, '/account'), method: 'DELETE' }), 'ALLOWED'],
      [
        'so does the other page',
        withCookies({ ...get('https://admin.example.com', '/account'), method: 'DELETE' }),
        'ALLOWED',
      ],
      ['one of them reads errors', withCookies({ ...get(APP, '/account'), gatewayError: 'THROTTLED' }), 'ALLOWED'],
      [
        'the other one does not',
        withCookies({ ...get('https://admin.example.com', '/account'), gatewayError: 'THROTTLED' }),
        'BLOCKED',
      ],
      keptOut(withCookies({ ...get(ELSEWHERE, '/account'), method: 'DELETE' })),
      ['nor can it read a GET', withCookies(get(ELSEWHERE, '/account')), 'BLOCKED', 'response-origin'],
    ],
  },
  'stages-and-environments': {
    stacks: ({ shops }, app) => shops(app),
    requests: [
      [
        'a developer may use the API for development',
        { ...put('http://localhost:5173', '/items'), of: 'ShopDev' },
        'ALLOWED',
      ],
      [
        'and not that of production',
        { ...put('http://localhost:5173', '/items'), of: 'ShopProd' },
        'BLOCKED',
        'preflight-origin',
      ],
      [
        'the page of production may use its own',
        { ...put('https://shop.example.com', '/items'), of: 'ShopProd' },
        'ALLOWED',
      ],
      [
        'and not that for development',
        { ...put('https://shop.example.com', '/items'), of: 'ShopDev' },
        'BLOCKED',
        'preflight-origin',
      ],
    ],
  },
  'distribution-of-the-same-app': {
    values: (stack) => ({
      [`${idOf(stack, 'AWS::CloudFront::Distribution')}.DomainName`]: 'd111111abcdef8.cloudfront.net',
    }),
    requests: [
      [
        'the page of the distribution reads the answer',
        put('https://d111111abcdef8.cloudfront.net', '/items'),
        'ALLOWED',
      ],
      ['so does that of a developer', put('http://localhost:3000', '/items'), 'ALLOWED'],
      [
        'a page of another distribution does not',
        put('https://d222222abcdef8.cloudfront.net', '/items'),
        'BLOCKED',
        'preflight-origin',
      ],
    ],
  },
  'preview-deployments': {
    requests: [
      [
        'a preview under a domain of your own',
        put('https://deploy-preview-42.preview.example.com', '/items'),
        'ALLOWED',
      ],
      ['a preview of your app on Amplify', put('https://pr-42.d1a2b3c4d5e6f7.amplifyapp.com', '/items'), 'ALLOWED'],
      ['the branch on Vercel', put('https://shop-git-main-team.vercel.app', '/items'), 'ALLOWED'],
      [
        'another project on Vercel',
        put('https://shop-git-main2-team.vercel.app', '/items'),
        'BLOCKED',
        'preflight-origin',
      ],
      [
        'a name on Netlify',
        put('https://deploy-preview-42--shop.netlify.app', '/items'),
        'BLOCKED',
        'preflight-origin',
      ],
      [
        'another app on Amplify',
        put('https://pr-42.d9z8y7x6w5v4u3.amplifyapp.com', '/items'),
        'BLOCKED',
        'preflight-origin',
      ],
      ['a name that only ends alike', put('https://evilpreview.example.com', '/items'), 'BLOCKED', 'preflight-origin'],
    ],
  },
  'capacitor-and-ionic': {
    requests: [
      ['the app on iOS', put('capacitor://localhost', '/items', TOKEN), 'ALLOWED'],
      ['the app on Android', put('https://localhost', '/items', TOKEN), 'ALLOWED'],
      ['the page on the web', put(APP, '/items', TOKEN), 'ALLOWED'],
      ['another port', put('http://localhost:3000', '/items', TOKEN), 'BLOCKED', 'preflight-origin'],
      keptOut(put(ELSEWHERE, '/items', TOKEN)),
    ],
  },
  'one-domain': {
    values: (stack) => ({
      [`${idOf(stack, 'AWS::CloudFront::Distribution')}.DomainName`]: 'd111111abcdef8.cloudfront.net',
    }),
    requests: [
      [
        'the page of the site needs no CORS',
        throughTheSite(put('https://d111111abcdef8.cloudfront.net', '/api/items', TOKEN)),
        'ALLOWED',
      ],
      ['a page from elsewhere', throughTheSite(put(ELSEWHERE, '/api/items', TOKEN)), 'BLOCKED', 'preflight-answer'],
    ],
  },
  'cdk-nag': {
    requests: [
      ['a page with a token reads the answer', put(APP, '/items', TOKEN), 'ALLOWED'],
      keptOut(put(ELSEWHERE, '/items', TOKEN)),
    ],
    also: leavesPreflightsAlone,
  },
};
