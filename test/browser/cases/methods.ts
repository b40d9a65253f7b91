import { APP } from '../../support/pages';
import type { Case } from '../trial';
import { cors, mock, restApi } from './cloudformation';

/** [what Access-Control-Allow-Methods says, what the script asks for, what decides, why] */
const METHODS: [string | undefined, string, string, string][] = [
  ['PUT', 'PUT', 'ok', 'listed'],
  ['GET,PUT,DELETE', 'DELETE', 'ok', 'listed without spaces'],
  ['GET, PUT, DELETE', 'PUT', 'ok', 'listed with spaces'],
  ['GET ,\tPUT , DELETE', 'PUT', 'ok', 'spaces and tabs around commas do not matter'],
  [',PUT,,', 'PUT', 'ok', 'empty places in a list are nothing'],
  ['PUT', 'put', 'ok', 'fetch writes PUT in upper case'],
  ['DELETE', 'delete', 'ok', 'fetch writes DELETE in upper case'],
  ['PATCH', 'PATCH', 'ok', 'listed'],
  ['PATCH', 'patch', 'preflight-method', 'fetch leaves patch as it is'],
  ['patch', 'PATCH', 'preflight-method', 'the list is case-sensitive'],
  ['put', 'PUT', 'preflight-method', 'the list is case-sensitive for those that fetch normalises too'],
  ['OPTIONS', 'OPTIONS', 'ok', 'a script may ask for OPTIONS as well, after a preflight for it'],
  ['GET', 'OPTIONS', 'preflight-method', 'OPTIONS is listed like any other'],
  ['GET', 'PUT', 'preflight-method', 'not listed'],
  ['', 'PUT', 'preflight-method', 'nothing listed'],
  [undefined, 'PUT', 'preflight-method', 'no header'],
  ['GET;PUT', 'PUT', 'preflight-method', 'a semicolon makes it no list'],
  ['GET PUT', 'PUT', 'preflight-method', 'a space makes it no list'],
  ['PUT, GET POST', 'PUT', 'preflight-method', 'one bad place spoils the list'],
  ['"PUT"', 'PUT', 'preflight-method', 'quotes are no part of a method'],
  ['ANY', 'PUT', 'preflight-method', 'ANY is a word of API Gateway'],
  ['*', 'PUT', 'ok', 'any method'],
  ['*', 'PATCH', 'ok', 'any method'],
  ['GET, *', 'DELETE', 'ok', 'a star counts in a list'],
  ['**', 'PUT', 'preflight-method', 'one star'],
  ['PUT', 'CONNECT', 'request', 'no script may'],
  ['*', 'TRACE', 'request', 'no script may'],
  ['*', 'trace', 'request', 'no script may, in any case'],
  ['*', 'TRACK', 'request', 'no script may'],
  ['*', 'BAD METHOD', 'request', 'not the form of a method'],
];

const CUSTOM = { 'X-Tenant': 'a' };

export const methods: Case[] = [
  ...METHODS.map(([value, method, rule, why]) => ({
    why,
    template: api(value),
    request: { origin: APP, path: '/pets', method },
    rule,
  })),
  ...['GET', 'HEAD', 'POST', 'get', 'head', 'post'].flatMap((method) => [
    {
      why: 'needs no preflight',
      template: api(undefined),
      request: { origin: APP, path: '/pets', method },
      rule: 'ok',
    },
    {
      why: 'needs no listing',
      template: api('PUT'),
      request: { origin: APP, path: '/pets', method, headers: CUSTOM },
      rule: 'ok',
    },
    {
      why: 'needs no list',
      template: api(undefined),
      request: { origin: APP, path: '/pets', method, headers: CUSTOM },
      rule: 'ok',
    },
  ]),
  {
    why: 'a list that is none fails for every method',
    template: api('GET POST'),
    request: { origin: APP, path: '/pets', headers: CUSTOM },
    rule: 'preflight-method',
  },
];

function api(value: string | undefined): object {
  const headers = cors({ origin: APP, headers: 'X-Tenant', ...(value === undefined ? {} : { methods: value }) });
  const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
  return restApi({ '/pets': Object.fromEntries(verbs.map((verb) => [verb, mock(headers)])) });
}
