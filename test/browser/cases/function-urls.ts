import type { BrowserRequest } from '../../../src/verify/verdict';
import { constantly, functionUrl, LISTED, policy } from '../../support/function-url-templates';
import { ADMIN, APP, EVIL } from '../../support/pages';
import { wrapped } from '../functions';
import type { Case } from '../trial';

const PLAIN = { 'content-type': 'text/plain' };
const JSON_BODY = { 'content-type': 'application/json' };
const SENDS_TOO = { 'access-control-allow-origin': APP, ...PLAIN };

const FOLLOWED = { origins: [APP], methods: 'PUT', headers: 'content-type', maxAge: 600 };

/** [name, Cors, the function, the policy that its wrapped handler follows] */
const LISTS: [string, object | undefined, object, object?][] = [
  ['a list', LISTED, {}],
  ['a list with credentials', { ...LISTED, AllowCredentials: true, ExposeHeaders: ['X-Total'] }, {}],
  ['stars', { AllowOrigins: ['*'], AllowMethods: ['*'], AllowHeaders: ['*'] }, {}],
  [
    'any origin with credentials',
    { AllowOrigins: ['*'], AllowMethods: ['PUT'], AllowHeaders: ['content-type'], AllowCredentials: true },
    {},
  ],
  ['no header listed', { AllowOrigins: [APP], AllowMethods: ['PUT'] }, {}],
  ['no CORS', undefined, constantly(200)],
  ['no CORS, and a function that follows a policy', undefined, policy(FOLLOWED), FOLLOWED],
  ['CORS twice', LISTED, policy(FOLLOWED), FOLLOWED],
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
export const functionUrls: Case[] = LISTS.flatMap(([name, cors, fn, followed]) =>
  [APP, ADMIN, EVIL].flatMap((origin) =>
    REQUESTS.map(({ backendHeaders, ...request }) => ({
      why: `a function URL with ${name}`,
      template: functionUrl(cors, { fn }),
      // Without CORS the template says all about these functions, preflights included.
      request: { origin, path: '/items', ...request, ...(cors && { backendHeaders }) },
      ...(followed && { backends: wrapped('Node.js', JSON.stringify(followed), '2.0') }),
    })),
  ),
);
