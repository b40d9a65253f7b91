import { ADMIN, APP, EVIL, LOCAL } from '../../support/pages';
import type { Case } from '../trial';
import { cors, mock, restApi } from './cloudformation';

/** [what Access-Control-Allow-Origin says, the page, whether they match, why] */
const SPELLINGS: [string, string, boolean, string][] = [
  [APP, APP, true, 'byte for byte the same'],
  [APP, ADMIN, false, 'a sibling is another origin'],
  [APP, EVIL, false, 'another site'],
  [APP, 'null', false, 'a sandboxed frame is nobody'],
  [APP, 'http://app.example.com', false, 'another scheme'],
  [APP, 'https://app.example.com:8443', false, 'another port'],
  ['http://app.example.com', 'http://app.example.com', true, 'a page without TLS may use an API with it'],
  ['https://app.example.com:8443', 'https://app.example.com:8443', true, 'a port of its own'],
  ['https://app.example.com:8443', APP, false, 'the page has no port'],
  ['https://app.example.com:443', APP, false, 'no browser spells out a default port'],
  ['https://app.example.com/', APP, false, 'an origin has no path'],
  ['https://app.example.com/index.html', APP, false, 'an origin is not a URL'],
  ['https://App.example.com', APP, false, 'hosts are lower case'],
  ['HTTPS://app.example.com', APP, false, 'schemes are lower case'],
  ['app.example.com', APP, false, 'an origin has a scheme'],
  ['https://example.com', APP, false, 'a parent domain does not speak for its children'],
  ['https://*.example.com', APP, false, 'browsers know no patterns'],
  [`${APP}, ${ADMIN}`, APP, false, 'there is one origin, never a list'],
  [`${APP} ${ADMIN}`, APP, false, 'not with spaces either'],
  [`${APP}, *`, APP, false, 'nor with a wildcard in it'],
  [`${APP}, ${APP}`, APP, false, 'twice the same is a list too'],
  [` ${APP} `, APP, true, 'spaces around a value are no part of it'],
  ['*', APP, true, 'anybody'],
  ['*', EVIL, true, 'anybody at all'],
  ['*', 'null', true, 'even a sandboxed frame'],
  ['"*"', APP, false, 'quotes are no part of it'],
  ['**', APP, false, 'one star'],
  ['', APP, false, 'an empty value is nobody'],
  ['null', 'null', true, 'the origin that anybody can obtain'],
  ['null', APP, false, 'null is not everybody'],
  ['NULL', 'null', false, 'not upper case'],
  ['undefined', APP, false, 'a forgotten variable'],
  [LOCAL, LOCAL, true, 'a developer'],
  [LOCAL, 'http://localhost:5173', false, 'another dev server'],
  ['http://localhost', LOCAL, false, 'a port is part of the origin'],
  [LOCAL, 'http://127.0.0.1:3000', false, 'localhost by its number is another origin'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000', true, 'an IPv4 address'],
  ['http://[::1]:3000', 'http://[::1]:3000', true, 'an IPv6 address has brackets'],
  ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example', true, 'punycode is what is sent'],
  ['https://app.example.com.', 'https://app.example.com.', true, 'a trailing dot is another host'],
  ['https://app.example.com.', APP, false, 'a page without the dot'],
];

export const origins: Case[] = SPELLINGS.flatMap(([value, origin, matches, why]) => {
  const headers = cors({ origin: value, methods: 'PUT' });
  const template = restApi({ '/pets': { GET: mock(headers), PUT: mock(headers), OPTIONS: mock(headers) } });
  return [
    { why, template, request: { origin, path: '/pets' }, rule: matches ? 'ok' : 'response-origin' },
    { why, template, request: { origin, path: '/pets', method: 'PUT' }, rule: matches ? 'ok' : 'preflight-origin' },
  ];
});
