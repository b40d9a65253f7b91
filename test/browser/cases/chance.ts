import * as fc from 'fast-check';
import type { BrowserRequest } from '../../../src/verify/verdict';
import { APP } from '../../support/pages';
import type { Case } from '../trial';
import { type CorsHeaders, cors, http, restApi } from './cloudformation';

/** Cases that nobody thought of, the same ones in every run. */
const draw = <T>(numRuns: number, arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { numRuns, seed: 1 });

const oneOf = (...texts: string[]) => fc.constantFrom(...texts);
const pieced = (...pieces: string[]) => fc.array(oneOf(...pieces), { maxLength: 6 }).map((chosen) => chosen.join(''));

const NAMES = oneOf(
  'Accept',
  'Accept-Language',
  'Content-Language',
  'Content-Type',
  'CONTENT-TYPE',
  'Range',
  'X-Http-Method-Override',
  'Sec-A',
  'Seca',
  'DNT',
);
const VALUES = fc.oneof(
  pieced(
    'a',
    '0',
    'bytes=',
    '-',
    ',',
    ' ',
    '\t',
    ';',
    '=',
    '.',
    '*',
    '/',
    '"',
    '(',
    ':',
    '@',
    '_',
    'é',
    '\x7f',
    '\x01',
    '{',
    '~',
    '%',
  ),
  pieced('text/plain', 'Text/Plain', 'multipart/form-data', 'application/json', 'charset=utf-8', ';', ' ;', ' ', '/'),
  pieced('bytes=', 'Bytes=', '0', '12', '5', '-', ',', ' '),
  pieced('TRACE', 'track', 'GET', ', ', ' '),
  fc.integer({ min: 120, max: 135 }).map((length) => 'a'.repeat(length)),
);

/** Nothing answers preflights here: what is allowed did without one. */
const unprepared = restApi({ '/pets': { GET: http({ '200': cors({ origin: '*' }) }) } });

const requestHeaders: Case[] = draw(200, fc.tuple(NAMES, VALUES)).map(([name, value]) => ({
  why: `${name}: ${JSON.stringify(value)}`,
  template: unprepared,
  request: { origin: APP, path: '/pets', headers: { [name]: value } },
}));

const LISTS = pieced('PUT', 'put', 'GET', 'X-A', 'x-a', 'Authorization', '*', ',', ', ', ' ', '\t', ';', '(', '"', '!');
const ANSWERS: fc.Arbitrary<CorsHeaders> = fc.record(
  {
    origin: fc.oneof(oneOf(APP, '*', 'null'), pieced(APP, '*', 'null', '/', ',', ' ')),
    methods: LISTS,
    headers: LISTS,
    credentials: oneOf('true', 'True', 'true ', 'true,true', ''),
    expose: LISTS,
  },
  { requiredKeys: ['origin'] },
);
const REQUESTS: fc.Arbitrary<Partial<BrowserRequest>> = fc.record({
  method: oneOf('GET', 'get', 'PUT', 'put', 'PATCH', 'patch', 'DELETE'),
  headers: fc.constantFrom<Record<string, string>[]>(
    {},
    { 'X-A': '1' },
    { Authorization: '1' },
    { 'X-A': '1', Authorization: '2' },
  ),
  credentials: fc.boolean(),
});

const answers: Case[] = draw(200, fc.tuple(ANSWERS, REQUESTS)).map(([answer, request]) => {
  const method = http({ '200': { ...cors(answer), 'X-A': "'1'" } });
  const template = restApi({
    '/pets': Object.fromEntries(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((verb) => [verb, method])),
  });
  return { why: JSON.stringify(answer), template, request: { origin: APP, path: '/pets', ...request } };
});

export const chance: Case[] = [...requestHeaders, ...answers];
