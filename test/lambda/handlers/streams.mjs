import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withCors } from 'cdk-cors/lambda';

const { from } = awslambda.HttpResponseStream;
const streamed = (handler) => withCors(awslambda.streamifyResponse(handler));
const given = (stream, prelude) => awslambda.HttpResponseStream.from(stream, prelude);
const JSON_TEXT = { 'Content-Type': 'application/json' };

export const withPrelude = streamed(async (_event, stream, context) => {
  const response = given(stream, { statusCode: 201, headers: { Vary: 'Accept', ...JSON_TEXT }, cookies: ['a=1'] });
  response.write('first ');
  await hasArrived('first ');
  response.write(context.awsRequestId);
  response.end();
});
export const atOnce = streamed(async (_event, stream) => {
  stream.write('first ');
  await hasArrived('first ');
  stream.end('last');
});
export const withType = streamed(async (_event, stream) => {
  stream.setContentType('text/event-stream');
  stream.write('data: 1\n\n');
  stream.end();
});
export const endOnly = streamed(async (_event, stream) => given(stream, { statusCode: 204 }).end());
export const endBody = streamed(async (_event, stream) => given(stream, { statusCode: 200 }).end('body'));
export const nothing = streamed(async (_event, stream) => stream.end());
export const piped = streamed((_event, stream) =>
  pipeline(Readable.from(['one ', 'two']), given(stream, { statusCode: 200, headers: JSON_TEXT })),
);
export const emptyPipe = streamed((_event, stream) => pipeline(Readable.from([]), given(stream, { statusCode: 200 })));
export const framed = streamed(async (_event, stream) => {
  stream.setContentType('application/vnd.awslambda.http-integration-response');
  stream.write('{"statusCode":202,"headers":');
  stream.write('{"Vary":"Accept"}}');
  await new Promise((resolve) => stream.write(new Uint8Array(8), resolve));
  stream.write('first ');
  await hasArrived('first ');
  stream.end('last');
});
export const keptFrom = streamed(async (_event, stream) => {
  const response = from(stream, { statusCode: 203 });
  response.write('kept');
  response.end();
});
export const insideOut = awslambda.streamifyResponse(
  withCors(async (_event, stream, context) => given(stream, { statusCode: 200 }).end(context.awsRequestId)),
);

export const thrownFirst = streamed(async () => {
  throw new TypeError('secret');
});
export const notAsync = streamed(() => {
  throw new TypeError('secret');
});
export const thrownAfterPrelude = streamed(async (_event, stream) => {
  given(stream, { statusCode: 200, headers: { ETag: '"1"' } });
  throw new TypeError('secret');
});
export const pipeFails = streamed((_event, stream) =>
  pipeline(
    new Readable({
      read() {
        this.destroy(new TypeError('secret'));
      },
    }),
    given(stream, { statusCode: 200 }),
  ),
);
export const thrownLater = streamed(async (_event, stream) => {
  given(stream, { statusCode: 200 }).write('first ');
  throw new TypeError('secret');
});
export const pipeFailsLater = streamed((_event, stream) =>
  pipeline(
    async function* () {
      yield 'first ';
      await hasArrived('first ');
      throw new TypeError('secret');
    },
    given(stream, { statusCode: 200 }),
  ),
);
export const raw = streamed(async (event, stream) => {
  if (event.fails) throw new TypeError('the nightly job failed');
  stream.end('raw');
});
