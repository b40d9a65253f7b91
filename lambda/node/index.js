const { headerOf, isStream, methodOf, readsLists } = require('./event');
const { withHeaders } = require('./headers');
const { policyFrom } = require('./policy');

/**
 * Wraps the handler of a Lambda function behind API Gateway, so that it answers as its CORS policy
 * says: preflights on its own, everything else with the headers that a browser looks for. The policy
 * is read from CORS_POLICY here, once, when the function starts.
 */
exports.withCors = function withCors(handler) {
  if (typeof handler !== 'function')
    throw new TypeError(`withCors: the handler is ${handler === null ? 'null' : typeof handler}, not a function.`);
  const policy = policyFrom(process.env.CORS_POLICY);

  // What few requests need is loaded when one does: a function starts the sooner.
  // `context`; or a stream and the context, where the response is streamed.
  const wrapped = async (event, ...given) => {
    const method = methodOf(event);
    // A queue, a schedule or another function asks: no browser sees the answer, and errors are the
    // platform's.
    if (method === undefined) return called(handler, event, given);

    const origin = headerOf(event, 'Origin');
    if (method === 'OPTIONS' && (policy.answersOptions || headerOf(event, 'Access-Control-Request-Method'))) {
      const answered = withHeaders(
        { statusCode: policy.status, body: '' },
        policy.preflight(origin),
        readsLists(event),
      );
      return isStream(given[0]) ? require('./stream').send(given[0], answered) : answered;
    }
    const cors = policy.response(origin);
    if (isStream(given[0])) return require('./stream').streaming(handler, event, given, cors);
    try {
      return answer(await called(handler, event, given), event, cors);
    } catch (error) {
      const { report, SERVER_ERROR } = require('./failure');
      report(error);
      return withHeaders(SERVER_ERROR, cors, readsLists(event));
    }
  };
  // What `awslambda.streamifyResponse` told Lambda of the handler, it has to know of this one.
  for (const mark of Object.getOwnPropertySymbols(handler)) wrapped[mark] = handler[mark];
  return wrapped;
};

/**
 * A handler with three parameters answers through the third, as up to Node.js 22; Lambda refuses
 * such a handler later on, but never this wrapper.
 */
function called(handler, event, given) {
  if (handler.length < 3 || isStream(given[0])) return handler(event, ...given);
  return new Promise((resolve, reject) => {
    const promise = handler(event, given[0], (error, result) => (error ? reject(error) : resolve(result)));
    if (typeof promise?.then === 'function') promise.then(resolve, reject);
  });
}

/** What API Gateway would make of the result, with the headers. */
function answer(result, event, cors) {
  const isObject = typeof result === 'object' && result !== null && !Array.isArray(result);
  if (event.version === '2.0' && (!isObject || result.statusCode === undefined)) {
    const body = typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null');
    return withHeaders({ statusCode: 200, headers: { 'content-type': 'application/json' }, body }, cors);
  }
  // In the older payload format API Gateway takes nothing but an object, and answers 502 on its own.
  return isObject ? withHeaders(result, cors, readsLists(event)) : result;
}
