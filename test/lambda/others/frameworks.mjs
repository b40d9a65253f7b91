/**
 * How withCors goes together with what others wrap or call: it is outermost, and its policy wins over
 * the CORS of a framework that is still there.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { test } from 'node:test';

const PAGE = 'https://app.example.com';
process.env.CORS_POLICY = JSON.stringify({ origins: [PAGE, 'http://localhost:3000'], methods: 'GET,PUT', maxAge: 600 });
globalThis.awslambda = {
  streamifyResponse: (handler) =>
    Object.assign(handler, { [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'response' }),
  HttpResponseStream: {
    from: (stream, prelude) =>
      Object.assign(stream, { _onBeforeFirstWrite: (write) => write(JSON.stringify(prelude)) }),
  },
};

const { withCors } = await import('cdk-cors/lambda');
const { Router } = await import('@aws-lambda-powertools/event-handler/http');
const { default: middy } = await import('@middy/core');
const { default: httpCors } = await import('@middy/http-cors');
const { default: express } = await import('express');
const { Hono } = await import('hono');
const { handle, streamHandle } = await import('hono/aws-lambda');
const { cors } = await import('hono/cors');
const { default: serverless } = await import('serverless-http');

const event = (name) => JSON.parse(readFileSync(new URL(`../events/${name}.json`, import.meta.url), 'utf8'));
const context = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 1_000 };
/** What a browser looks for, whatever the case of the names and wherever they are. */
function seen({ statusCode, headers = {}, multiValueHeaders = {} }) {
  const all = [...Object.entries(headers), ...Object.entries(multiValueHeaders)].map(([name, value]) => [
    name.toLowerCase(),
    value,
  ]);
  return {
    statusCode,
    origins: all.filter(([name]) => name === 'access-control-allow-origin').flatMap(([, value]) => value),
  };
}

async function streamed(handler, name) {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const { write } = stream;
  let begun = false;
  stream.setContentType = () => {};
  stream.write = (...args) => {
    if (!begun) stream._onBeforeFirstWrite?.((prelude) => write.call(stream, `${prelude}\0`));
    begun = true;
    return write.apply(stream, args);
  };
  const finished = new Promise((resolve) => stream.once('finish', resolve));
  await handler(event(name), stream, context);
  await finished;
  const [prelude, body] = text.split('\0');
  return { ...JSON.parse(prelude), body };
}

/** Every handler is asked for a page, and answers preflights without what is inside. */
async function goesTogether(handler, name = 'http-get', preflight = 'http-preflight') {
  const answer = await handler(event(name), context);
  assert.deepEqual(seen(answer), { statusCode: 200, origins: [PAGE] });
  assert.equal(answer.body, 'hello');
  assert.deepEqual(seen(await handler(event(preflight), context)), { statusCode: 204, origins: [PAGE] });
}

test('middy', () => goesTogether(withCors(middy(async () => ({ statusCode: 200, body: 'hello' })))));
test('middy with its http-cors, which the policy wins over', () =>
  goesTogether(
    withCors(
      middy(async () => ({ statusCode: 200, body: 'hello' })).use(httpCors({ origin: 'https://other.example.com' })),
    ),
  ));
test('middy that streams', async () => {
  const handler = withCors(
    middy({ streamifyResponse: true }).handler(async () => ({ statusCode: 200, body: 'hello' })),
  );
  const answer = await streamed(handler, 'rest-get');
  assert.deepEqual([seen(answer), answer.body], [{ statusCode: 200, origins: [PAGE] }, 'hello']);
  assert.deepEqual(seen(await streamed(handler, 'rest-preflight')), { statusCode: 204, origins: [PAGE] });
});

const hono = new Hono().get('/orders/:id', (c) => c.text('hello'));
const honoWithCors = new Hono()
  .use(cors({ origin: 'https://other.example.com' }))
  .get('/orders/:id', (c) => c.text('hello'));
test('Hono', () => goesTogether(withCors(handle(hono))));
test('Hono with its cors(), which the policy wins over', () => goesTogether(withCors(handle(honoWithCors))));
test('Hono that streams', async () => {
  const handler = withCors(streamHandle(honoWithCors));
  const answer = await streamed(handler, 'http-get');
  assert.deepEqual([seen(answer), answer.body], [{ statusCode: 200, origins: [PAGE] }, 'hello']);
  assert.deepEqual(seen(await streamed(handler, 'http-preflight')), { statusCode: 204, origins: [PAGE] });
});

const app = express().get('/orders/:id', (_request, response) =>
  response.set('Access-Control-Allow-Origin', '*').send('hello'),
);
test('Express with serverless-http, and a header of its own that the policy wins over', () =>
  goesTogether(withCors(serverless(app))));

const router = new Router();
router.get('/orders/:id', () => new Response('hello', { headers: { 'Access-Control-Allow-Origin': '*' } }));
const resolved = withCors(async (event, context) => router.resolve(event, context));
test('the event handler of Powertools, on an HTTP API', () => goesTogether(resolved));
test('the event handler of Powertools, on a REST API', () => goesTogether(resolved, 'rest-get', 'rest-preflight'));
test('the event handler of Powertools, streaming', async () => {
  const handler = withCors(
    awslambda.streamifyResponse((event, responseStream, context) =>
      router.resolveStream(event, context, { responseStream }),
    ),
  );
  const answer = await streamed(handler, 'rest-get');
  assert.deepEqual([seen(answer), answer.body], [{ statusCode: 200, origins: [PAGE] }, 'hello']);
});
