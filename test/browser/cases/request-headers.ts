import { APP } from '../../support/pages';
import type { Case } from '../trial';
import { cors, http, mock, restApi } from './cloudformation';

const OPEN = cors({ origin: APP, methods: 'PUT' });

/** Nothing answers preflights here: what is allowed did without one. */
const unprepared = restApi({ '/pets': { GET: http({ '200': OPEN }), POST: http({ '200': OPEN }) } });

/** [headers that the script sets, whether they cost a preflight, why] */
const SAFELIST: [Record<string, string>, boolean, string][] = [
  [{ Accept: 'application/json' }, false, 'any media type'],
  [{ accept: 'application/json' }, false, 'names are case-insensitive'],
  [{ Accept: `text/html,${'a'.repeat(118)}` }, false, '128 bytes'],
  [{ Accept: `text/html,${'a'.repeat(119)}` }, true, '129 bytes'],
  [{ Accept: `\t ${'a'.repeat(128)}  ` }, false, 'spaces around a value do not count'],
  [{ Accept: 'text/html;level="1"' }, true, 'quotes are unsafe'],
  [{ Accept: 'a:b' }, true, 'colons are unsafe'],
  [{ 'Accept-Language': 'de-CH, de;q=0.9, *' }, false, 'languages'],
  [{ 'Accept-Language': 'de_CH' }, true, 'an underscore is in no language'],
  [{ 'Content-Language': 'de' }, false, 'a language'],
  [{ 'Content-Language': 'de/CH' }, true, 'a slash is in no language'],
  [{ 'Content-Type': 'text/plain' }, false, 'a form can send it'],
  [{ 'Content-Type': 'text/plain;charset=UTF-8' }, false, 'parameters do not count'],
  [{ 'Content-Type': 'Text/Plain' }, false, 'media types are case-insensitive'],
  [{ 'Content-Type': 'application/x-www-form-urlencoded' }, false, 'a form sends it'],
  [{ 'Content-Type': 'multipart/form-data; boundary=x' }, false, 'a form sends it'],
  [{ 'Content-Type': 'application/json' }, true, 'no form can send it'],
  [{ 'Content-Type': 'application/json; charset=utf-8' }, true, 'no form can send it'],
  [{ 'Content-Type': 'application/xml' }, true, 'no form can send it'],
  [{ 'Content-Type': 'text/html' }, true, 'no form can send it'],
  [{ 'Content-Type': 'text/plain; x="y"' }, true, 'quotes are unsafe'],
  [{ 'Content-Type': `text/plain; x=${'y'.repeat(114)}` }, false, '128 bytes'],
  [{ 'Content-Type': `text/plain; x=${'y'.repeat(115)}` }, true, '129 bytes'],
  [{ 'Content-Type': 'text' }, true, 'no media type'],
  [{ Range: 'bytes=0-499' }, false, 'one range'],
  [{ Range: 'bytes=500-' }, false, 'one open range'],
  [{ Range: 'bytes=-500' }, true, 'a range from the end'],
  [{ Range: 'bytes=0-1,5-6' }, true, 'two ranges'],
  [{ Range: 'bytes=5-1' }, true, 'a range that is none'],
  [{ Range: 'lines=0-1' }, true, 'another unit'],
  [{ 'X-Tenant': 'a' }, true, 'a header of its own'],
  [{ 'X-Tenant': '' }, true, 'an empty one counts'],
  [{ Authorization: 'Bearer x' }, true, 'set by the script'],
  [{ 'X-Api-Key': 'x' }, true, 'API Gateway keys'],
  [{ 'X-Requested-With': 'XMLHttpRequest' }, true, 'old libraries'],
  [{ 'Cache-Control': 'no-cache' }, true, 'readable, but not safe to send'],
  [{ 'If-None-Match': '"1"' }, true, 'conditional'],
  [{ 'X-HTTP-Method': 'PUT' }, true, 'an override of the method'],
  [{ Cookie: 'a=b' }, false, 'the browser drops what no script may set'],
  [{ Host: 'evil.test' }, false, 'the browser drops what no script may set'],
  [{ Origin: 'https://evil.test' }, false, 'the browser drops what no script may set'],
  [{ 'Content-Length': '3' }, false, 'the browser drops what no script may set'],
  [{ 'Accept-Encoding': 'gzip' }, false, 'the browser drops what no script may set'],
  [{ 'Sec-Fetch-Site': 'same-origin' }, false, 'the browser drops every Sec-'],
  [{ 'Proxy-Authorization': 'x' }, false, 'the browser drops every Proxy-'],
  [{ 'Access-Control-Request-Method': 'GET' }, false, 'the browser drops what no script may set'],
  [{ 'X-HTTP-Method-Override': 'TRACE' }, false, 'the browser drops overrides to forbidden methods'],
];

const safelisted: Case[] = SAFELIST.flatMap(([headers, preflighted, why]) =>
  ['GET', 'POST'].map((method) => ({
    why: `${why}: ${JSON.stringify(headers).slice(0, 60)}`,
    template: unprepared,
    request: { origin: APP, path: '/pets', method, headers },
    rule: preflighted ? 'preflight-answer' : 'ok',
  })),
);

const TENANT = { 'X-Tenant': 'a' };
const JSON_BODY = { 'Content-Type': 'application/json' };

/** [what Access-Control-Allow-Headers says, headers that the script sets, what decides, why] */
const LISTED: [string | undefined, Record<string, string>, string, string][] = [
  ['X-Tenant', TENANT, 'ok', 'listed'],
  ['x-tenant', TENANT, 'ok', 'names are case-insensitive'],
  ['X-TENANT', TENANT, 'ok', 'names are case-insensitive'],
  ['X-Other,X-Tenant', TENANT, 'ok', 'listed without space'],
  ['X-Other , X-Tenant', TENANT, 'ok', 'listed with spaces'],
  ['X-Tenant,', TENANT, 'ok', 'empty places in a list are nothing'],
  ['X-Other', TENANT, 'preflight-header', 'another one is listed'],
  ['', TENANT, 'preflight-header', 'nothing listed'],
  [undefined, TENANT, 'preflight-header', 'no header'],
  ['X-Other X-Tenant', TENANT, 'preflight-header', 'a space makes it no list'],
  ['X-Other;X-Tenant', TENANT, 'preflight-header', 'a semicolon makes it no list'],
  ['X-Tenant, X Other', TENANT, 'preflight-header', 'one bad place spoils the list'],
  ['"X-Tenant"', TENANT, 'preflight-header', 'quotes are no part of a name'],
  ['X-*', TENANT, 'preflight-header', 'browsers know no patterns'],
  ['*', TENANT, 'ok', 'any header'],
  ['X-Other, *', TENANT, 'ok', 'a star counts in a list'],
  ['X-Tenant', { ...TENANT, 'X-Other': 'b' }, 'preflight-header', 'one of two is missing'],
  ['X-Tenant, X-Other', { ...TENANT, 'X-Other': 'b' }, 'ok', 'both are listed'],
  ['Content-Type', JSON_BODY, 'ok', 'JSON, the everyday case'],
  ['X-Tenant', JSON_BODY, 'preflight-header', 'JSON, the everyday mistake'],
  ['*', JSON_BODY, 'ok', 'JSON under a star'],
  ['Authorization', { Authorization: 'Bearer x' }, 'ok', 'by name, as the standard wants it'],
  ['Content-Type', { Authorization: 'Bearer x' }, 'preflight-header', 'a token, the other everyday mistake'],
  ['*', { Authorization: 'Bearer x' }, 'ok', 'browsers do not enforce what the standard says of a star'],
  ['*, Authorization', { Authorization: 'Bearer x', ...TENANT }, 'ok', "the standard's own form"],
  [
    'X-Other',
    { Accept: 'text/html;level="1"' },
    'preflight-header',
    'a safelisted name with an unsafe value has to be listed',
  ],
  ['Accept', { Accept: 'text/html;level="1"' }, 'ok', 'a safelisted name with an unsafe value is listed'],
  ['X-Tenant', { ...TENANT, Accept: 'text/html' }, 'ok', 'safe ones need no listing beside those that do'],
  ['X-Tenant', { ...TENANT, Cookie: 'a=b' }, 'ok', 'dropped ones need no listing'],
  ['*', { 'X Tenant': 'a' }, 'request', 'not the form of a name'],
  ['*', { 'X-Tenant': 'a\nb' }, 'request', 'not the form of a value'],
  ['X Other', {}, 'preflight-header', 'a list that is none fails, also where no header is asked for'],
];

const listed: Case[] = LISTED.map(([value, headers, rule, why]) => {
  const answer = cors({ origin: APP, methods: 'PUT', ...(value === undefined ? {} : { headers: value }) });
  const template = restApi({ '/pets': { PUT: http({ '200': answer }), OPTIONS: mock(answer) } });
  return { why, template, request: { origin: APP, path: '/pets', method: 'PUT', headers }, rule };
});

export const requestHeaders: Case[] = [...safelisted, ...listed];
