import { APP, EVIL } from '../../support/pages';
import type { Case } from '../trial';
import { cors, type Mapping, mock, proxy, restApi } from './cloudformation';

const OPEN = cors({ origin: APP, methods: 'PUT' });
const paths = { '/pets': { GET: mock(OPEN), PUT: proxy, OPTIONS: mock(OPEN) } };

const CLIENT_ERRORS = [
  'ACCESS_DENIED',
  'BAD_REQUEST_BODY',
  'BAD_REQUEST_PARAMETERS',
  'EXPIRED_TOKEN',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'MISSING_AUTHENTICATION_TOKEN',
  'QUOTA_EXCEEDED',
  'RESOURCE_NOT_FOUND',
  'THROTTLED',
  'UNAUTHORIZED',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
];
const SERVER_ERRORS = [
  'API_CONFIGURATION_ERROR',
  'AUTHORIZER_CONFIGURATION_ERROR',
  'AUTHORIZER_FAILURE',
  'INTEGRATION_FAILURE',
  'INTEGRATION_TIMEOUT',
];

const families: Case[] = [
  ...CLIENT_ERRORS.map((type) => ({ type, own: 'DEFAULT_4XX', other: 'DEFAULT_5XX' })),
  ...SERVER_ERRORS.map((type) => ({ type, own: 'DEFAULT_5XX', other: 'DEFAULT_4XX' })),
].flatMap(({ type, own, other }) => [
  failing(type, {}, 'response-origin', 'without the header no script learns why'),
  failing(type, { [own]: OPEN }, 'ok', 'the default of its family'),
  failing(type, { [other]: OPEN }, 'response-origin', 'the default of the other family'),
  failing(type, { [type]: OPEN }, 'ok', 'a response of its own'),
  failing(
    type,
    { [own]: OPEN, [type]: { 'X-Why': "'no'" } },
    'response-origin',
    'a response of its own without the header hides the default',
  ),
]);

const REFLECTED: Mapping = { 'Access-Control-Allow-Origin': 'method.request.header.origin', Vary: "'Origin'" };
const REFLECTED_WITH_COOKIES: Mapping = { ...REFLECTED, 'Access-Control-Allow-Credentials': "'true'" };

export const gatewayErrors: Case[] = [
  ...families,
  failing('THROTTLED', { DEFAULT_4XX: cors({ origin: '*' }) }, 'ok', 'anybody'),
  failing('THROTTLED', { DEFAULT_4XX: cors({ origin: EVIL }) }, 'response-origin', 'somebody else'),
  failing('THROTTLED', { DEFAULT_4XX: REFLECTED }, 'ok', 'whoever asks'),
  failing(
    'THROTTLED',
    { DEFAULT_4XX: { 'Access-Control-Allow-Origin': 'method.request.header.Origin' } },
    'response-origin',
    'browsers say origin',
  ),
  failing('THROTTLED', { DEFAULT_4XX: cors({ origin: '*' }) }, 'response-origin', 'anybody, but not with credentials', {
    credentials: true,
  }),
  failing('THROTTLED', { DEFAULT_4XX: OPEN }, 'response-credentials', 'credentials have to be allowed on errors too', {
    credentials: true,
  }),
  failing('THROTTLED', { DEFAULT_4XX: REFLECTED_WITH_COOKIES }, 'ok', 'whoever asks, credentials too', {
    credentials: true,
  }),
  failing('THROTTLED', { DEFAULT_4XX: REFLECTED }, 'ok', 'any site reads what is reflected', { origin: EVIL }),
  failing('THROTTLED', { DEFAULT_4XX: OPEN }, 'response-origin', 'another site', { origin: EVIL }),
  {
    why: 'the error comes after the preflight',
    template: restApi(paths, { gatewayResponses: { DEFAULT_4XX: OPEN } }),
    request: { origin: APP, path: '/pets', method: 'PUT', gatewayError: 'UNAUTHORIZED' },
    rule: 'ok',
  },
  {
    why: 'the error comes after the preflight, and the backend cannot help',
    template: restApi(paths),
    request: { origin: APP, path: '/pets', method: 'PUT', gatewayError: 'INTEGRATION_TIMEOUT' },
    rule: 'response-origin',
  },
  {
    why: 'an unknown path is an error of the gateway',
    template: restApi(paths, { gatewayResponses: { MISSING_AUTHENTICATION_TOKEN: OPEN } }),
    request: { origin: APP, path: '/cats' },
    rule: 'gateway-error',
  },
];

function failing(
  type: string,
  gatewayResponses: Record<string, Mapping>,
  rule: string,
  why: string,
  page: object = {},
): Case {
  const request = { origin: APP, path: '/pets', gatewayError: type, ...page };
  return { why: `${type}: ${why}`, template: restApi(paths, { gatewayResponses }), request, rule };
}
