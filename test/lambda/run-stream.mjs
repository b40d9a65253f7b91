/**
 * What Lambda does with a streaming Node.js function, over HTTP as its runtime client does:
 * `run-stream.mjs MODULE EXPORT`, events on standard input, what arrived on file descriptor 3. The
 * prelude is sent in front of the first `write`, and is lost where nothing is written; an error
 * ends the response with a trailer.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { pathToFileURL } from 'node:url';

const PRELUDE = 'application/vnd.awslambda.http-integration-response';
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

globalThis.awslambda = {
  streamifyResponse(handler) {
    handler[STREAMING] = 'response';
    return handler;
  },
  HttpResponseStream: class {
    static from(stream, prelude) {
      stream.setContentType(PRELUDE);
      const text = JSON.stringify(prelude);
      stream._onBeforeFirstWrite = (write) => {
        write(text);
        write(new Uint8Array(8));
      };
      return stream;
    }
  },
};

/**
 * For handlers that wait until the service has what they wrote: buffering would let them wait for
 * ever.
 */
let arrived = '';
const waiting = [];
globalThis.hasArrived = (text) =>
  new Promise((resolve) => {
    waiting.push({ text, resolve });
    notice();
  });
const notice = () => {
  for (const { text, resolve } of waiting) if (arrived.includes(text)) resolve();
};

const [, , module, name] = process.argv;
const handler = (await import(pathToFileURL(module)))[name];
if (handler[STREAMING] !== 'response') throw new Error('Lambda would not stream: the handler has no mark.');

const service = createServer();
await new Promise((resolve) => service.listen(0, '127.0.0.1', resolve));
const outcomes = [];
for (const event of JSON.parse(readFileSync(0, 'utf8'))) outcomes.push(await invoked(event));
service.close();
const bytes = Buffer.from(JSON.stringify(outcomes));
for (let sent = 0; sent < bytes.length; ) sent += writeSync(3, bytes, sent);

async function invoked(event) {
  arrived = '';
  const response = received();
  const { stream, fail } = responseStream();
  try {
    const promise = handler(event, stream, { awsRequestId: 'r-1' });
    if (typeof promise?.then !== 'function') throw new Error('Streaming does not support non-async handlers.');
    await promise;
  } catch (error) {
    fail(error);
  }
  return response;
}

function responseStream() {
  let begun = false;
  const sent = request({
    host: '127.0.0.1',
    port: service.address().port,
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', 'Transfer-Encoding': 'chunked', Trailer: 'Error-Type' },
  });
  sent.on('error', () => {});
  const plainWrite = sent.write.bind(sent);
  sent.setContentType = (type) => {
    if (begun) throw new Error('Cannot set content-type, too late.');
    sent.setHeader('Content-Type', type);
  };
  sent.write = (chunk, encoding, callback) => {
    if (!begun) sent._onBeforeFirstWrite?.((text) => plainWrite(text));
    begun = true;
    return plainWrite(chunk, encoding, callback);
  };
  const stream = {};
  const methods = ['cork', 'destroy', 'end', 'uncork', 'write', 'setContentType', 'on', 'once', 'off', 'emit'];
  for (const method of [...methods, 'prependListener', 'removeListener', 'listenerCount', 'listeners'])
    stream[method] = sent[method].bind(sent);
  const property = (key, rest) => Object.defineProperty(stream, key, { get: () => sent[key], ...rest });
  property('_onBeforeFirstWrite', {
    set(value) {
      sent._onBeforeFirstWrite = value;
    },
  });
  for (const key of ['destroyed', 'writable', 'writableEnded', 'writableFinished', 'writableNeedDrain']) property(key);
  const fail = (error) => {
    sent.addTrailers({ 'Error-Type': error.name });
    sent.end();
  };
  return { stream, fail };
}

/** What the service makes of it: status and headers of the prelude, or none. */
function received() {
  return new Promise((resolve) => {
    service.once('request', (message, reply) => {
      const chunks = [];
      message.on('data', (chunk) => {
        chunks.push(chunk);
        arrived += chunk;
        notice();
      });
      message.on('error', () => resolve({ cut: true, body: arrived }));
      message.on('end', () => {
        reply.end();
        const all = Buffer.concat(chunks);
        const end = all.indexOf(Buffer.alloc(8));
        const hasPrelude = message.headers['content-type'] === PRELUDE && end >= 0;
        resolve({
          ...(hasPrelude && { prelude: JSON.parse(all.subarray(0, end)) }),
          body: all.subarray(hasPrelude ? end + 8 : 0).toString(),
          ...(message.trailers['error-type'] && { error: message.trailers['error-type'] }),
        });
      });
    });
  });
}
