import { ADMIN, APP, EVIL } from '../../support/pages';
import type { Case } from '../trial';
import { type CorsHeaders, cors, mock, restApi } from './cloudformation';

const GOOD: CorsHeaders = { origin: APP, credentials: 'true', methods: 'GET,PUT', headers: 'X-Tenant' };
const TENANT = { 'X-Tenant': 'a' };

/**
 * [what differs from good headers in the preflight's answer, headers that the script sets, what
 * decides, why]
 */
const PREFLIGHTS: [CorsHeaders, Record<string, string>, string, string][] = [
  [{}, {}, 'ok', 'all by name'],
  [{}, TENANT, 'ok', 'all by name, a header too'],
  [{ credentials: undefined }, {}, 'preflight-credentials', 'missing'],
  [{ credentials: 'false' }, {}, 'preflight-credentials', 'there is no false'],
  [{ credentials: 'True' }, {}, 'preflight-credentials', 'case-sensitive'],
  [{ credentials: 'TRUE' }, {}, 'preflight-credentials', 'case-sensitive'],
  [{ credentials: '1' }, {}, 'preflight-credentials', 'no other way to say yes'],
  [{ credentials: 'true, true' }, {}, 'preflight-credentials', 'no list'],
  [{ origin: '*' }, {}, 'preflight-origin', 'a star is not a wildcard with credentials'],
  [{ origin: ADMIN }, {}, 'preflight-origin', 'another origin'],
  [{ methods: '*' }, {}, 'preflight-method', 'a star is not a wildcard with credentials'],
  [{ methods: '*, PUT' }, {}, 'ok', 'a name beside the star is'],
  [{ headers: '*' }, TENANT, 'preflight-header', 'a star is not a wildcard with credentials'],
  [{ headers: '*, X-Tenant' }, TENANT, 'ok', 'a name beside the star is'],
  [{ headers: '*' }, {}, 'ok', 'a star does no harm where nothing is asked for'],
];

/** [what differs from good headers in the response, what decides, why] */
const RESPONSES: [CorsHeaders, string, string][] = [
  [{}, 'ok', 'both by name'],
  [{ credentials: undefined }, 'response-credentials', 'missing'],
  [{ credentials: 'false' }, 'response-credentials', 'there is no false'],
  [{ credentials: 'True' }, 'response-credentials', 'case-sensitive'],
  [{ credentials: 'yes' }, 'response-credentials', 'no other way to say yes'],
  [{ credentials: ' true ' }, 'ok', 'spaces around a value are no part of it'],
  [{ credentials: '' }, 'response-credentials', 'empty'],
  [{ origin: '*' }, 'response-origin', 'a star is not a wildcard with credentials'],
  [{ origin: '*', credentials: undefined }, 'response-origin', 'a star is not a wildcard with credentials'],
  [{ origin: EVIL }, 'response-origin', 'another origin'],
  [{ origin: undefined }, 'response-origin', 'missing'],
];

const api = (preflight: CorsHeaders, response: CorsHeaders) => {
  const method = mock(cors({ ...GOOD, ...response }));
  return restApi({ '/pets': { GET: method, PUT: method, OPTIONS: mock(cors({ ...GOOD, ...preflight })) } });
};

const page = { origin: APP, path: '/pets', credentials: true };

export const credentials: Case[] = [
  ...PREFLIGHTS.map(([differs, headers, rule, why]) => ({
    why: `preflight: ${why}`,
    template: api(differs, {}),
    request: { ...page, method: 'PUT', headers },
    rule,
  })),
  ...RESPONSES.flatMap(([differs, rule, why]) => [
    { why: `response: ${why}`, template: api({}, differs), request: page, rule },
    {
      why: `response: ${why}, after a preflight`,
      template: api({}, differs),
      request: { ...page, method: 'PUT' },
      rule,
    },
  ]),
  {
    why: 'nobody asked for credentials',
    template: api({}, { credentials: 'false' }),
    request: { ...page, credentials: false },
    rule: 'ok',
  },
  {
    why: 'allowed to others with credentials',
    template: api({}, {}),
    request: { ...page, origin: EVIL },
    rule: 'response-origin',
  },
  { why: 'a sandboxed frame', template: api({}, { origin: 'null' }), request: { ...page, origin: 'null' }, rule: 'ok' },
];
