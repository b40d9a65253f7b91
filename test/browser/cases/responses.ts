import { ADMIN, APP } from '../../support/pages';
import type { Case } from '../trial';
import { cors, http, type Mapping, type Method, mock, proxy, restApi } from './cloudformation';

const OPEN = cors({ origin: APP, methods: 'GET,PUT' });
const get = { origin: APP, path: '/pets' };
const put = { ...get, method: 'PUT' };

const api = (method: Method) => restApi({ '/pets': { GET: method, PUT: method, OPTIONS: mock(OPEN) } });

/** A correct preflight is half of it. */
const forgotten: Case[] = [get, put].flatMap((request) => [
  {
    why: 'the response has no header: the everyday mistake',
    template: api(mock({})),
    request,
    rule: 'response-origin',
  },
  {
    why: 'the response names another origin',
    template: api(mock(cors({ origin: ADMIN }))),
    request,
    rule: 'response-origin',
  },
  { why: 'the response has everything', template: api(mock(OPEN)), request, rule: 'ok' },
  {
    why: 'methods on the response are no origin',
    template: api(mock(cors({ methods: '*', headers: '*' }))),
    request,
    rule: 'response-origin',
  },
  {
    why: 'a non-proxy method without integration responses is a 500',
    template: api(http({})),
    request,
    rule: 'response-origin',
  },
  { why: 'behind a proxy integration the backend decides', template: api(proxy), request, rule: 'backend' },
]);

/** [statuses that the API maps, status of the backend, what decides, why] */
const STATUSES: [Record<string, Mapping>, number | undefined, string, string][] = [
  [{ '200': OPEN, '404': {} }, undefined, 'ok', 'a success'],
  [{ '200': OPEN, '404': {} }, 404, 'response-origin', 'a mapped error without the header'],
  [{ '200': OPEN, '404': OPEN }, 404, 'ok', 'a mapped error with the header'],
  [{ '200': OPEN }, 404, 'ok', 'an error that comes out as a 200'],
  [{ '200': {}, '500': OPEN }, 500, 'ok', 'only errors have the header'],
  [{ '200': {}, '500': OPEN }, undefined, 'response-origin', 'only errors have the header'],
  [{ '201': OPEN }, undefined, 'ok', 'created'],
  [{ '204': OPEN }, undefined, 'ok', 'nothing to read but the status'],
  [{ '302': OPEN }, undefined, 'ok', 'a redirect to nowhere is a response like any other'],
  [{ '400': OPEN }, undefined, 'ok', 'a readable error'],
  [{ '503': OPEN }, undefined, 'ok', 'a readable error'],
];

const statuses: Case[] = STATUSES.flatMap(([mapped, backendStatus, rule, why]) =>
  [get, put].map((request) => ({ why, template: api(http(mapped)), request: { ...request, backendStatus }, rule })),
);

/** Every header that matters here; the script never gets to see cookies. */
const SENT: Mapping = {
  'Access-Control-Allow-Origin': `'${APP}'`,
  'Access-Control-Allow-Credentials': "'true'",
  'Cache-Control': "'no-store'",
  'Content-Language': "'de'",
  'Content-Type': "'text/plain'",
  Expires: "'0'",
  'Last-Modified': "'Thu, 01 Jan 2026 00:00:00 GMT'",
  Pragma: "'no-cache'",
  ETag: "'x'",
  'Set-Cookie': "'a=b'",
  'X-Total': "'3'",
};
const SAFE = ['cache-control', 'content-language', 'content-type', 'expires', 'last-modified', 'pragma'];

/** [what Access-Control-Expose-Headers says, what becomes readable, with credentials, why] */
const EXPOSED: [string | undefined, string[], boolean, string][] = [
  [undefined, [], false, 'the safelist'],
  ['', [], false, 'nothing beyond the safelist'],
  ['X-Total', ['x-total'], false, 'one more'],
  ['x-total', ['x-total'], false, 'names are case-insensitive'],
  ['X-Total, ETag', ['x-total', 'etag'], false, 'two more'],
  ['X-Total ETag', [], false, 'a space makes it no list'],
  ['X-Total, E Tag', [], false, 'one bad place spoils the list'],
  ['X-Other', [], false, 'one that is not sent'],
  ['Set-Cookie', [], false, 'cookies are for browsers'],
  [
    '*',
    [
      'access-control-allow-origin',
      'access-control-allow-credentials',
      'access-control-expose-headers',
      'x-total',
      'etag',
    ],
    false,
    'all',
  ],
  ['*', [], true, 'a star is not a wildcard with credentials'],
  ['X-Total', ['x-total'], true, 'one more, with credentials'],
  ['*, X-Total', ['x-total'], true, 'a name beside the star is'],
];

const exposed: Case[] = EXPOSED.map(([value, more, credentials, why]) => ({
  why,
  template: api(mock(value === undefined ? SENT : { ...SENT, 'Access-Control-Expose-Headers': `'${value}'` })),
  request: { ...get, credentials },
  rule: 'ok',
  reads: [...SAFE, ...more],
}));

const elsewhere: Case = {
  why: 'exposed headers count on the response, not on the preflight',
  template: restApi({
    '/pets': { PUT: mock(SENT), OPTIONS: mock(cors({ origin: APP, methods: 'PUT', expose: 'X-Total' })) },
  }),
  request: put,
  rule: 'ok',
  reads: SAFE,
};

export const responses: Case[] = [...forgotten, ...statuses, ...exposed, elsewhere];
