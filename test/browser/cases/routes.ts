import { ADMIN, APP } from '../../support/pages';
import type { Case } from '../trial';
import { cors, type Method, mock, proxy, restApi } from './cloudformation';

const open = mock(cors({ origin: APP, methods: 'GET,PUT', headers: 'X-Tenant' }));
const forAdmin = mock(cors({ origin: ADMIN, methods: 'PUT' }));
const closed: Method = { ...open, AuthorizationType: 'AWS_IAM' };
const closedProxy: Method = { ...proxy, AuthorizationType: 'AWS_IAM' };

/** [resources, what is asked for, what decides, why] */
const ROUTES: [Parameters<typeof restApi>[0], string, string, string][] = [
  [{ '/': { PUT: open, OPTIONS: open } }, 'PUT /', 'ok', 'the root'],
  [
    { '/': { OPTIONS: open }, '/pets': { PUT: open } },
    'PUT /pets',
    'preflight-answer',
    "the root's OPTIONS is its own",
  ],
  [
    { '/pets': { OPTIONS: open }, '/pets/food': { PUT: open } },
    'PUT /pets/food',
    'preflight-answer',
    "a parent's OPTIONS is its own",
  ],
  [{ '/pets/{id}': { PUT: open, OPTIONS: open } }, 'PUT /pets/42', 'ok', 'a variable part'],
  [{ '/pets/{id}': { PUT: open, OPTIONS: open } }, 'PUT /pets/a%20b', 'ok', 'a variable part that needs encoding'],
  [{ '/pets/{id}': { PUT: open, OPTIONS: open } }, 'PUT /pets/42?color=red', 'ok', 'a query is no part of the path'],
  [
    { '/pets/{id}': { PUT: open, OPTIONS: open } },
    'PUT /pets/42/food',
    'preflight-answer',
    'a variable part is one part',
  ],
  [{ '/pets/{id}/food': { PUT: open, OPTIONS: open } }, 'PUT /pets/42/food', 'ok', 'a variable part in the middle'],
  [{ '/pets': { PUT: open, OPTIONS: open } }, 'PUT /Pets', 'preflight-answer', 'paths are case-sensitive'],
  [{ '/pets': { PUT: open, OPTIONS: open } }, 'PUT /cats', 'preflight-answer', 'no such path'],
  [
    { '/pets': { GET: open, OPTIONS: open } },
    'PUT /pets',
    'response-origin',
    'no such method: a 403 without the header',
  ],
  [{ '/pets': { GET: open } }, 'GET /cats', 'response-origin', 'no such path: a 403 without the header'],
  [{ '/pets': { PUT: open }, '/{proxy+}': { OPTIONS: open } }, 'PUT /pets', 'ok', 'falls through to a greedy OPTIONS'],
  [
    { '/pets/{id}/food': { PUT: open }, '/{proxy+}': { OPTIONS: open } },
    'PUT /pets/42/food',
    'ok',
    'falls through from far below',
  ],
  [
    { '/': { PUT: open }, '/{proxy+}': { OPTIONS: open } },
    'PUT /',
    'preflight-answer',
    'a greedy path never matches the root',
  ],
  [
    { '/pets': { PUT: open }, '/pets/{proxy+}': { OPTIONS: open } },
    'PUT /pets',
    'preflight-answer',
    'a greedy path needs a part',
  ],
  [
    { '/pets/food': { PUT: open }, '/pets/{proxy+}': { OPTIONS: forAdmin }, '/{proxy+}': { OPTIONS: open } },
    'PUT /pets/food',
    'preflight-origin',
    'the nearest greedy OPTIONS answers, though one further up would let the page in',
  ],
  [
    { '/pets/food': { PUT: open }, '/pets/{proxy+}': { OPTIONS: open }, '/{proxy+}': { OPTIONS: forAdmin } },
    'PUT /pets/food',
    'ok',
    'the nearest greedy OPTIONS answers',
  ],
  [
    { '/pets/food': { PUT: open }, '/pets/{proxy+}': { GET: open }, '/{proxy+}': { OPTIONS: open } },
    'PUT /pets/food',
    'ok',
    'a nearer greedy path without OPTIONS does not count',
  ],
  [
    { '/pets': { PUT: open, OPTIONS: forAdmin }, '/{proxy+}': { OPTIONS: open } },
    'PUT /pets',
    'preflight-origin',
    'its own OPTIONS wins',
  ],
  [
    { '/pets': { PUT: open, OPTIONS: closed }, '/{proxy+}': { OPTIONS: open } },
    'PUT /pets',
    'preflight-answer',
    'routing is before authorization',
  ],
  [{ '/pets': { ANY: open } }, 'PUT /pets', 'ok', 'a mocked ANY answers OPTIONS too'],
  [
    { '/pets': { ANY: closed, OPTIONS: open } },
    'PUT /pets',
    'response-origin',
    'OPTIONS beside ANY lets it through, unsigned, to a 403',
  ],
  [{ '/pets': { ANY: closed } }, 'PUT /pets', 'preflight-answer', 'an ANY that is closed is closed to preflights'],
  [
    { '/pets': { ANY: closed }, '/{proxy+}': { OPTIONS: open } },
    'PUT /pets',
    'preflight-answer',
    'ANY keeps OPTIONS for itself',
  ],
  [{ '/pets': { ANY: proxy } }, 'PUT /pets', 'backend', 'a proxied ANY answers OPTIONS too'],
  [{ '/pets': { ANY: proxy }, '/{proxy+}': { OPTIONS: open } }, 'PUT /pets', 'backend', 'ANY keeps OPTIONS for itself'],
  [
    { '/pets': { ANY: proxy, OPTIONS: open } },
    'PUT /pets',
    'backend',
    'the preflight is fine, the response is the backend’s',
  ],
  [{ '/pets': { ANY: proxy, OPTIONS: forAdmin } }, 'PUT /pets', 'preflight-origin', 'the backend is never asked'],
  [
    { '/pets': { PUT: open, OPTIONS: proxy } },
    'PUT /pets',
    'backend',
    'a backend answers the preflight, the gateway the rest',
  ],
  [{ '/{proxy+}': { ANY: proxy } }, 'PUT /pets', 'backend', 'one function for everything'],
  [{ '/{proxy+}': { ANY: proxy } }, 'GET /pets/42/food', 'backend', 'one function for everything, simple requests too'],
  [{ '/{proxy+}': { ANY: proxy } }, 'GET /', 'response-origin', 'but not for the root: a 403 without the header'],
  [{ '/{proxy+}': { ANY: closedProxy } }, 'PUT /pets', 'preflight-answer', 'one closed function for everything'],
  [
    { '/{proxy+}': { ANY: closedProxy, OPTIONS: open } },
    'PUT /pets',
    'response-origin',
    'one closed function, open to preflights: unsigned, the request gets a 403',
  ],
  [
    { '/pets': { PUT: open }, '/{proxy+}': { ANY: proxy } },
    'PUT /pets',
    'backend',
    'a preflight that falls through to the function',
  ],
  [
    { '/pets': { PUT: open }, '/{proxy+}': { ANY: closedProxy } },
    'PUT /pets',
    'preflight-answer',
    'a preflight that falls through to a closed one',
  ],
  [
    { '/pets': { OPTIONS: open }, '/{proxy+}': { ANY: open } },
    'PUT /pets',
    'ok',
    'a preflight of its own, a PUT that falls through',
  ],
];

export const routes: Case[] = ROUTES.map(([paths, asked, rule, why]) => {
  const [method, path] = asked.split(' ');
  return { why, template: restApi(paths), request: { origin: APP, path, method }, rule };
});
