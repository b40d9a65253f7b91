import { APP } from '../../support/pages';
import type { Case } from '../trial';
import { cors, http, mock, proxy, restApi } from './cloudformation';

/** JSON, forms, tokens, keys and cookies: what pages send, and what comes back without it. */
const OPEN = cors({ origin: APP, methods: 'PUT,POST', headers: 'content-type,authorization,x-api-key,x-tenant' });
const GUARDED = { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Tokens' } };
const READABLE = { gatewayResponses: { DEFAULT_4XX: cors({ origin: APP }) } };
const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };

const withPreflight = (more: object) => ({
  '/pets': {
    GET: { ...http({ '200': OPEN }), ...more },
    POST: { ...http({ '200': OPEN }), ...more },
    OPTIONS: mock(OPEN, '204'),
  },
});
const withoutPreflight = { '/pets': { POST: http({ '200': OPEN }), PUT: proxy } };

const asked = (method: string, headers: Record<string, string> = {}) => ({
  origin: APP,
  path: '/pets',
  method,
  headers,
});

export const whatPagesSend: Case[] = [
  ...(
    [
      [withPreflight({}), JSON_TYPE, 'ok', 'JSON, which the preflight lists'],
      [withoutPreflight, JSON_TYPE, 'preflight-answer', 'JSON, where nobody answers preflights'],
      [withoutPreflight, FORM_TYPE, 'ok', 'a form needs none'],
      [withoutPreflight, {}, 'ok', 'nothing at all needs none'],
    ] as [object, Record<string, string>, string, string][]
  ).map(([paths, headers, rule, why]) => ({
    why,
    template: restApi(paths as any),
    request: asked('POST', headers),
    rule,
  })),
  ...(
    [
      [GUARDED, { Authorization: 'Bearer t' }, 'ok', 'a token'],
      [GUARDED, {}, 'gateway-error', 'no token: the page can read the 401, and nothing else'],
      [{ ApiKeyRequired: true }, { 'X-Api-Key': 'k' }, 'ok', 'a key'],
      [{ ApiKeyRequired: true }, {}, 'gateway-error', 'no key'],
    ] as [object, Record<string, string>, string, string][]
  ).map(([more, headers, rule, why]) => ({
    why,
    template: restApi(withPreflight(more) as any, READABLE),
    request: asked('GET', headers),
    rule,
  })),
  {
    why: 'no token, and nobody lets the page read the 401',
    template: restApi(withPreflight(GUARDED) as any),
    request: asked('GET'),
    rule: 'response-origin',
  },
  {
    why: 'a 401 that is asked for is not a failure',
    template: restApi(withPreflight(GUARDED) as any, READABLE),
    request: { ...asked('GET', { Authorization: 'Bearer t' }), gatewayError: 'UNAUTHORIZED' },
    rule: 'ok',
  },
];
