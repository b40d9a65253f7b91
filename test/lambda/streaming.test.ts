import { APP } from '../support/pages';
import { policyVariable, recordedEvent, run } from './functions';

const CORS_POLICY = policyVariable({ allowOrigins: [APP, 'https://*.example.org'], exposeHeaders: ['ETag'] });
const HEADERS = { 'Access-Control-Allow-Origin': APP, 'Access-Control-Expose-Headers': 'ETag', Vary: 'Origin' };
const OCTETS = { 'Content-Type': 'application/octet-stream' };
const JSON_TEXT = { 'Content-Type': 'application/json' };
const SERVER_ERROR = {
  prelude: { statusCode: 500, headers: { ...JSON_TEXT, ...HEADERS } },
  body: '{"message":"Internal Server Error"}',
};
const REST = recordedEvent('rest-get');
const URL = recordedEvent('http-get');

const streamed = (handler: string, events: unknown[], policy = CORS_POLICY) =>
  run(`streams.mjs ${handler}`, events, { CORS_POLICY: policy }, 'run-stream.mjs');

describe('a streamed response', () => {
  test.each<[string, string, object, string]>([
    [
      'a prelude, and its first byte before the last is written',
      'withPrelude',
      { statusCode: 201, headers: { ...JSON_TEXT, ...HEADERS, Vary: 'Accept, Origin' }, cookies: ['a=1'] },
      'first r-1',
    ],
    [
      'no prelude of its own, and its first byte before the last is written',
      'atOnce',
      { statusCode: 200, headers: { ...OCTETS, ...HEADERS } },
      'first last',
    ],
    [
      'a content type only',
      'withType',
      { statusCode: 200, headers: { 'Content-Type': 'text/event-stream', ...HEADERS } },
      'data: 1\n\n',
    ],
    ['a prelude and no body', 'endOnly', { statusCode: 204, headers: HEADERS }, ''],
    ['a body that is given to end', 'endBody', { statusCode: 200, headers: HEADERS }, 'body'],
    ['nothing at all', 'nothing', { statusCode: 200, headers: { ...OCTETS, ...HEADERS } }, ''],
    ['a pipeline', 'piped', { statusCode: 200, headers: { ...JSON_TEXT, ...HEADERS } }, 'one two'],
    ['an empty pipeline', 'emptyPipe', { statusCode: 200, headers: HEADERS }, ''],
    [
      'a prelude that the framework frames',
      'framed',
      { statusCode: 202, headers: { ...HEADERS, Vary: 'Accept, Origin' } },
      'first last',
    ],
    ['a prelude by a function that was kept', 'keptFrom', { statusCode: 203, headers: HEADERS }, 'kept'],
    ['streamifyResponse outside', 'insideOut', { statusCode: 200, headers: HEADERS }, 'r-1'],
  ])('has the headers in its prelude: %s', (_, handler, prelude, body) => {
    const { outcomes, log } = streamed(handler, [REST, URL]);
    expect([outcomes, log]).toEqual([
      [
        { prelude, body },
        { prelude, body },
      ],
      '',
    ]);
  });

  test('has no header for an unlisted origin, and tells caches', () => {
    const { outcomes } = streamed('endBody', [{ ...URL, headers: { origin: 'https://evil.com' } }]);
    expect(outcomes).toEqual([{ prelude: { statusCode: 200, headers: { Vary: 'Origin' } }, body: 'body' }]);
  });

  test.each(['withPrelude', 'insideOut'])('is a preflight’s without the handler: %s', (handler) => {
    const { outcomes } = streamed(handler, [recordedEvent('rest-preflight'), recordedEvent('http-preflight')]);
    const prelude = expect.objectContaining({
      statusCode: 204,
      headers: expect.objectContaining({ 'Access-Control-Allow-Origin': APP, 'Access-Control-Max-Age': '600' }),
    });
    expect(outcomes).toEqual([
      { prelude, body: '' },
      { prelude, body: '' },
    ]);
  });

  test('is that of any OPTIONS request where anyone may send it', () => {
    const opened = JSON.stringify({ ...JSON.parse(CORS_POLICY), answersOptions: true });
    const { outcomes } = streamed('endBody', [recordedEvent('function-url-options')], opened);
    expect(outcomes).toEqual([{ prelude: expect.objectContaining({ statusCode: 204 }), body: '' }]);
  });
});

describe('an error of a streaming handler', () => {
  const LOGGED = /^Invoke Error \t\{"errorType":"TypeError","errorMessage":"secret","stack":\[.*\]\}\n$/;

  test.each(['thrownFirst', 'notAsync', 'thrownAfterPrelude', 'pipeFails'])(
    'before the first byte becomes a 500 that the page can read, and is logged once: %s',
    (handler) => {
      const { outcomes, log } = streamed(handler, [REST]);
      expect(outcomes).toEqual([SERVER_ERROR]);
      expect(log).toMatch(LOGGED);
    },
  );

  test.each(['thrownLater', 'pipeFailsLater'])('after it ends the stream, and is logged once: %s', (handler) => {
    const { outcomes, log } = streamed(handler, [REST]);
    expect(outcomes).toEqual([{ prelude: { statusCode: 200, headers: HEADERS }, body: 'first ' }]);
    expect(log).toMatch(LOGGED);
  });

  test('is the platform’s where no API asked', () => {
    const schedule = recordedEvent('schedule');
    const { outcomes, log } = streamed('raw', [schedule, { ...schedule, fails: true }]);
    expect([outcomes, log]).toEqual([[{ body: 'raw' }, { body: '', error: 'TypeError' }], '']);
  });
});
