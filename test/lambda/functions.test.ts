import { join } from 'node:path';
import { APP } from '../support/pages';
import { policyVariable, recordedEvent, run } from './functions';

const CORS_POLICY = policyVariable({ allowOrigins: [APP, 'https://*.example.org'] });
const REST = recordedEvent('rest-get');
const HTTP = recordedEvent('http-get');
const PREFLIGHT = recordedEvent('http-preflight');
const SCHEDULE = recordedEvent('schedule');
const HEADERS = { 'Access-Control-Allow-Origin': APP, Vary: 'Origin' };
const SERVER_ERROR = {
  statusCode: 500,
  headers: { 'Content-Type': 'application/json', ...HEADERS },
  body: '{"message":"Internal Server Error"}',
};

describe('a deployed function', () => {
  test.each(['esm.mjs answered', 'commonjs.cjs answered', 'functions.py answered'])(
    'answers from its layer: %s',
    (handler) => {
      const { outcomes, log } = run(handler, [REST, HTTP, PREFLIGHT], { CORS_POLICY });
      expect(outcomes).toEqual([
        { result: { statusCode: 200, headers: HEADERS, body: '/orders/42' } },
        { result: { statusCode: 200, headers: HEADERS, body: '/orders/42' } },
        { result: expect.objectContaining({ statusCode: 204, headers: expect.objectContaining(HEADERS) }) },
      ]);
      expect(log).toBe('');
    },
  );

  test.each([
    ['through a callback', 'commonjs.cjs callback', { statusCode: 200, headers: HEADERS, body: 'r-1' }],
    ['through a callback, with an error', 'commonjs.cjs callbackError', SERVER_ERROR],
    [
      'with a promise, though it takes a callback',
      'commonjs.cjs callbackUnused',
      { statusCode: 200, headers: HEADERS, body: 'function' },
    ],
    ['without a promise', 'commonjs.cjs synchronous', { statusCode: 200, headers: HEADERS, body: 'at once' }],
  ])('may answer %s', (_, handler, result) => {
    expect(run(handler, [REST], { CORS_POLICY }).outcomes).toEqual([{ result }]);
  });

  test.each([
    ['method', 'orders'],
    ['called', 'called'],
    ['by_name', 'named'],
    ['half_by_name', 'half'],
  ])('may be more than a function in Python: %s', (name, body) => {
    expect(run(`functions.py ${name}`, [REST, PREFLIGHT], { CORS_POLICY }).outcomes).toEqual([
      { result: { statusCode: 200, headers: HEADERS, body } },
      { result: expect.objectContaining({ statusCode: 204 }) },
    ]);
  });

  test('keeps its name and description in Python', () => {
    expect(run('functions.py named', [REST], { CORS_POLICY }).outcomes[0].result.body).toBe(
      'answered: Says which path was asked for.',
    );
  });

  test('returns the numbers of DynamoDB as Lambda does', () => {
    expect(JSON.parse(run('functions.py decimals', [HTTP], { CORS_POLICY }).outcomes[0].result.body)).toEqual({
      price: 9.5,
      count: 3,
    });
  });
});

describe('an error of the handler', () => {
  test.each([
    [
      'thrown',
      'esm.mjs thrown',
      /^Invoke Error \t\{"errorType":"TypeError","errorMessage":"secret","code":"E_SECRET","stack":\["TypeError: secret",.*\]\}\n$/,
    ],
    [
      'that is not an Error',
      'esm.mjs rejected',
      /^Invoke Error \t\{"errorType":"Error","errorMessage":"only a string"/,
    ],
    [
      'in what it returns',
      'esm.mjs unserializable',
      /^Invoke Error \t\{"errorType":"TypeError","errorMessage":"Do not know how to serialize a BigInt"/,
    ],
    [
      'raised',
      'functions.py raised',
      /^\[ERROR\]\tKeyError: 'secret'\nTraceback \(most recent call last\):\n {2}File .*\nKeyError: 'secret'\n$/s,
    ],
    [
      'in what it returns, in Python',
      'functions.py unserializable',
      /^\[ERROR\]\tTypeError: \{1\} is not JSON serializable\nTraceback/,
    ],
  ])('becomes a 500 that the page can read, and is logged as Lambda logs it: %s', (_, handler, logged) => {
    const { outcomes, log } = run(handler, [HTTP], { CORS_POLICY });
    expect(outcomes).toEqual([{ result: SERVER_ERROR }]);
    expect(log).toMatch(logged);
  });

  test('is logged as an object where the function logs JSON', () => {
    const { log } = run('esm.mjs thrown', [REST], { CORS_POLICY, AWS_LAMBDA_LOG_FORMAT: 'JSON' });
    expect(log).toMatch(/^TypeError: secret\n {4}at .*code: 'E_SECRET'/s);
  });

  test.each([
    ['bigint', /"errorMessage":"big","code":"10"/],
    ['circular', /"errorMessage":"circle"/],
    ['getters', /"errorType":"Error"/],
    ['code', /"errorMessage":"said"/],
    ['bare', /"errorType":/],
    ['symbol', /"errorMessage":"Symbol\(thrown\)"/],
    ['nothing', /"errorMessage":"undefined"/],
    ['proxy', /"errorType":"Error"/],
  ])('is answered even if it cannot be written down whole: %s', (thrown, logged) => {
    for (const AWS_LAMBDA_LOG_FORMAT of ['Text', 'JSON']) {
      const { outcomes, log } = run('esm.mjs throwsAnything', [{ ...REST, thrown }], {
        CORS_POLICY,
        AWS_LAMBDA_LOG_FORMAT,
      });
      expect(outcomes).toEqual([{ result: SERVER_ERROR }]);
      if (AWS_LAMBDA_LOG_FORMAT === 'Text') expect(log).toMatch(logged);
      expect(log).not.toBe('');
    }
  });

  test('is answered even if it cannot be written down, in Python', () => {
    const { outcomes, log } = run('functions.py unspeakable', [REST], { CORS_POLICY });
    expect(outcomes).toEqual([{ result: SERVER_ERROR }]);
    expect(log).toBe('[ERROR]\tUnspeakable\n');
  });

  test.each(['esm.mjs failing', 'functions.py failing'])('is the platform’s where no API asked: %s', (handler) => {
    expect(run(handler, [SCHEDULE], { CORS_POLICY })).toEqual({
      outcomes: [{ error: 'the nightly job failed' }],
      log: '',
      started: true,
    });
  });
});

describe('a function that cannot follow', () => {
  test.each(['esm.mjs answered', 'commonjs.cjs answered', 'functions.py answered'])(
    'a bad policy does not start: %s',
    (handler) => {
      const { started, log } = run(handler, [REST], { CORS_POLICY: '{"origins":["https://app.example.com"}' });
      expect(started).toBe(false);
      expect(log).toContain('Error: CORS_POLICY: this environment variable of the function is not JSON: ');
    },
  );

  test.each([
    ['nothing.mjs handler', 'withCors: the handler is undefined, not a function.'],
    ['nothing.py handler', 'with_cors: the handler is NoneType, not a function.'],
  ])('what is not a handler does not start: %s', (handler, message) => {
    const { started, log } = run(handler, [], { CORS_POLICY });
    expect([started, log]).toEqual([false, expect.stringContaining(message)]);
  });
});

describe('a function that brings the helper and middy along', () => {
  const bundled = (name: string) => `${join(__dirname, 'handlers', 'middy.mjs')} ${name}`;
  const tooMuch = { ...REST, queryStringParameters: { expand: 'everything' } };

  test('answers with what the middlewares made, and the headers', () => {
    expect(run(bundled('outside'), [REST, tooMuch, PREFLIGHT], { CORS_POLICY }).outcomes).toEqual([
      {
        result: { statusCode: 200, headers: { 'X-Tenant': 'acme', ...HEADERS, Vary: 'Accept, Origin' }, body: 'acme' },
      },
      { result: { statusCode: 422, headers: HEADERS, body: 'too much' } },
      { result: expect.objectContaining({ statusCode: 204 }) },
    ]);
  });

  test('may have middy outside, which then sees no errors', () => {
    expect(run(bundled('inside'), [REST, tooMuch], { CORS_POLICY }).outcomes).toEqual([
      {
        result: { statusCode: 200, headers: { 'X-Tenant': 'acme', ...HEADERS, Vary: 'Accept, Origin' }, body: 'acme' },
      },
      { result: { ...SERVER_ERROR, headers: { ...SERVER_ERROR.headers, 'X-Tenant': 'acme' } } },
    ]);
  });
});
