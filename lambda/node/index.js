const { policyFrom } = require('./policy');
const { withHeaders } = require('./headers');

/**
 * Wraps the handler of a Lambda function behind API Gateway, so that it answers as its CORS policy says: preflights by itself, everything
 * else with the headers that a browser looks for. The policy is read from CORS_POLICY here, once, when the function starts.
 */
exports.withCors = function withCors(handler) {
  if (typeof handler !== 'function')
    throw new TypeError(`withCors: the handler is ${handler === null ? 'null' : typeof handler}, not a function.`);
  const policy = policyFrom(process.env.CORS_POLICY);

  return async (event, context) => {
    const method = event?.requestContext?.http?.method ?? event?.httpMethod;
    // A queue, a schedule or another function asks: no browser sees the answer, and errors are the platform's.
    if (typeof method !== 'string') return called(handler, event, context);

    const origin = header(event, 'Origin');
    if (method === 'OPTIONS' && header(event, 'Access-Control-Request-Method')) {
      return { statusCode: policy.status, headers: policy.preflight(origin), body: '' };
    }
    const cors = policy.response(origin);
    try {
      return answer(await called(handler, event, context), event, cors);
    } catch (error) {
      report(error);
      return withHeaders({ statusCode: 500, headers: JSON_BODY, body: '{"message":"Internal Server Error"}' }, cors);
    }
  };
};

const JSON_BODY = { 'Content-Type': 'application/json' };

/** Browsers' requests arrive as `origin` over HTTP/2; HTTP/1.1 clients and tests spell it `Origin`. */
function header(event, name) {
  const lower = name.toLowerCase();
  const values = event.multiValueHeaders;
  return event.headers?.[name] || event.headers?.[lower] || (values?.[name] ?? values?.[lower])?.at(-1);
}

/** A handler with three parameters answers through the third, as up to Node.js 22; Lambda refuses such a handler later on, but never this wrapper. */
function called(handler, event, context) {
  if (handler.length < 3) return handler(event, context);
  return new Promise((resolve, reject) => {
    const promise = handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
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
  // In the older payload format API Gateway takes nothing but an object, and answers 502 by itself.
  return isObject ? withHeaders(result, cors) : result;
}

/** What the Node.js runtime writes for an error that leaves the handler: filters and alarms on the log keep working. */
function report(thrown) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (process.env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON') {
    console.error(error);
    return;
  }
  const { name, message, code, stack } = error;
  console.error(
    'Invoke Error',
    `\t${JSON.stringify({ errorType: name, errorMessage: message, code, stack: String(stack).split('\n') })}`,
  );
}
