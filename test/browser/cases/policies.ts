import type { BrowserRequest } from '../../../src/verify/verdict';
import { APP, EVIL } from '../../support/pages';
import type { Case } from '../trial';
import { type CorsHeaders, cors, http, mock, proxy, restApi } from './cloudformation';

/**
 * Every policy on every kind of route, asked by every page in every way. Nobody has written down
 * what comes out: browser and verdict only have to agree.
 */
const POLICIES: [string, CorsHeaders][] = [
  [
    'one origin',
    { origin: APP, methods: 'GET,PUT', headers: 'Content-Type,X-Tenant', expose: 'X-Total', maxAge: '600' },
  ],
  [
    'one origin with credentials',
    { origin: APP, methods: 'GET,PUT', headers: 'Content-Type,X-Tenant', credentials: 'true' },
  ],
  ['everybody', { origin: '*', methods: '*', headers: '*', expose: '*' }],
  ['everybody with credentials', { origin: '*', methods: '*', headers: '*', credentials: 'true', expose: '*' }],
  ['one origin, stars', { origin: APP, methods: '*', headers: '*', credentials: 'true' }],
  ['one origin, nothing else', { origin: APP, maxAge: '0' }],
  ['nobody', {}],
];

const REQUESTS: Partial<BrowserRequest>[] = [
  {},
  { method: 'POST', headers: { 'Content-Type': 'application/json' } },
  { method: 'PUT' },
  { method: 'patch' },
  { method: 'PUT', headers: { 'X-Tenant': 'a' }, credentials: true },
  { credentials: true },
];

export const policies: Case[] = POLICIES.flatMap(([why, policy]) => {
  const headers = cors(policy);
  const template = restApi({
    '/': { ANY: mock(headers) },
    '/gateway': {
      GET: mock(headers),
      POST: mock(headers),
      PUT: mock(headers),
      PATCH: mock(headers),
      OPTIONS: mock(headers, '204'),
    },
    '/backend': { GET: http({ '200': headers }), POST: http({ '200': headers }), OPTIONS: mock(headers) },
    '/function': { ANY: proxy, OPTIONS: mock(headers) },
  });
  return ['/', '/gateway', '/backend', '/function'].flatMap((path) =>
    [APP, EVIL].flatMap((origin) => REQUESTS.map((asked) => ({ why, template, request: { origin, path, ...asked } }))),
  );
});
