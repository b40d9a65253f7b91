import type { BrowserRequest } from '../../../src/verify/verdict';
import { constantly, functionUrl, LISTED, policy } from '../../verify/function-urls';
import type { Case } from '../trial';
import { ADMIN, APP, EVIL } from './pages';

const PLAIN = { 'content-type': 'text/plain' };
const JSON_BODY = { 'content-type': 'application/json' };
const SENDS_TOO = { 'access-control-allow-origin': APP, ...PLAIN };

const LISTS: [string, object | undefined, object][] = [
  ['a list', LISTED, {}],
  ['a list with credentials', { ...LISTED, AllowCredentials: true, ExposeHeaders: ['X-Total'] }, {}],
  ['stars', { AllowOrigins: ['*'], AllowMethods: ['*'], AllowHeaders: ['*'] }, {}],
  [
    'any origin with credentials',
    { AllowOrigins: ['*'], AllowMethods: ['PUT'], AllowHeaders: ['*'], AllowCredentials: true },
    {},
  ],
  ['no header listed', { AllowOrigins: [APP], AllowMethods: ['PUT'] }, {}],
  ['no CORS', undefined, constantly(200)],
  [
    'no CORS, and a function that follows a policy',
    undefined,
    policy({ origins: [APP, ADMIN], methods: 'PUT', headers: 'content-type', maxAge: 600 }),
  ],
  ['CORS twice', LISTED, policy({ origins: [APP], methods: 'PUT', maxAge: 600 })],
];

const REQUESTS: Partial<BrowserRequest>[] = [
  { backendHeaders: PLAIN },
  { backendHeaders: SENDS_TOO },
  { credentials: true, backendHeaders: PLAIN },
  { method: 'PUT', headers: JSON_BODY, backendHeaders: PLAIN },
  { method: 'PUT', headers: JSON_BODY, credentials: true, backendHeaders: PLAIN },
  { method: 'PATCH', backendHeaders: PLAIN },
];

/** Function URLs, as far as facts about Lambda are established. */
export const functionUrls: Case[] = LISTS.flatMap(([name, cors, fn]) =>
  [APP, ADMIN, EVIL].flatMap((origin) =>
    REQUESTS.map((request) => ({
      why: `a function URL with ${name}`,
      template: functionUrl(cors, { fn }),
      request: { origin, path: '/items', ...request },
    })),
  ),
);
