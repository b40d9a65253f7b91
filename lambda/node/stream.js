const { report, SERVER_ERROR } = require('./failure');
const { withHeaders } = require('./headers');

/**
 * Handlers of `awslambda.streamifyResponse`. Status and headers of a streamed response are its
 * prelude: what the handler gives to `awslambda.HttpResponseStream.from`, sent in front of the
 * first byte that is written. Where the handler gives none, one is made here.
 */

/** Sends a whole response. */
function send(stream, { body, ...prelude }) {
  globalThis.awslambda.HttpResponseStream.from(stream, prelude);
  stream.write(body); // also an empty one: Lambda sends the prelude of a stream only when something is written
  stream.end();
}
exports.send = send;

/** Runs the handler on a stream whose prelude gets the headers. */
exports.streaming = async function streaming(handler, event, [stream, ...given], cors) {
  const fail = watch(stream, cors);
  try {
    return await handler(event, stream, ...given);
  } catch (error) {
    fail(error);
  }
};

/** For each stream, what is done to the prelude that a handler gives. */
const watched = new WeakMap();

/** Watches what a handler does with its stream. What is returned ends the stream after an error. */
function watch(stream, cors) {
  const { write, end, destroy, setContentType } = stream;
  let contentType = 'application/octet-stream'; // as Lambda sends it where nobody says
  let hasPrelude = false;
  let hasBegun = false;
  let failure;

  followPreludes();
  watched.set(stream, (prelude) => {
    hasPrelude = true;
    return withHeaders(prelude ?? {}, cors);
  });

  const begin = () => {
    hasBegun = true;
    if (!hasPrelude) giveItself({ statusCode: 200, headers: { 'Content-Type': contentType } });
  };
  const giveItself = (prelude) => globalThis.awslambda.HttpResponseStream.from(stream, prelude);
  const framed = framedPrelude((prelude, rest) => {
    giveItself(prelude);
    stream.write(rest);
  });
  const fail = (error) => {
    if (failure?.error !== error) report(error);
    failure = { error };
    if (stream.writableEnded || stream.destroyed) return;
    if (hasBegun) end.call(stream);
    else send(stream, SERVER_ERROR);
  };

  stream.setContentType = (type) => {
    if (!hasPrelude) contentType = type;
    setContentType?.call(stream, type);
  };
  stream.write = (...args) => {
    if (!hasPrelude && contentType === PRELUDE) {
      if (!stream._onBeforeFirstWrite) return framed(...args);
      stream._onBeforeFirstWrite(framed); // of a `from` that somebody kept before it could be followed
    }
    if (!hasBegun) begin();
    return write.apply(stream, args);
  };
  stream.end = (...args) => {
    if (!hasBegun) stream.write('');
    return end.apply(stream, args);
  };
  // A pipeline destroys its last stream where an earlier one fails: the page would be left without
  // an answer.
  stream.destroy = (error, ...rest) => {
    if (!error || stream.writableEnded) return destroy.call(stream, error, ...rest);
    fail(error);
    return stream;
  };
  return fail;
}

const PRELUDE = 'application/vnd.awslambda.http-integration-response';
const DELIMITER = Buffer.alloc(8);

/**
 * For frameworks that frame the prelude themselves, as JSON and eight NULs: collects what they
 * write until it is whole.
 */
function framedPrelude(found) {
  let bytes = Buffer.alloc(0);
  return (chunk, ...rest) => {
    bytes = Buffer.concat([bytes, Buffer.from(chunk)]);
    const end = bytes.indexOf(DELIMITER);
    if (end >= 0) found(JSON.parse(bytes.subarray(0, end)), bytes.subarray(end + DELIMITER.length));
    const callback = rest.at(-1);
    if (typeof callback === 'function') process.nextTick(callback);
    return true;
  };
}

/**
 * Handlers and frameworks call `from` by way of this object; unit tests may put another one there.
 */
function followPreludes() {
  const { HttpResponseStream } = globalThis.awslambda;
  if (followed.has(HttpResponseStream)) return;
  followed.add(HttpResponseStream);
  const { from } = HttpResponseStream;
  HttpResponseStream.from = function (stream, prelude) {
    const add = watched.get(stream);
    return from.call(this, stream, add ? add(prelude) : prelude);
  };
}

const followed = new WeakSet();
