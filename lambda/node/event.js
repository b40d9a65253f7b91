/**
 * What an event says of a request, in every format in which one reaches a function: REST API, HTTP
 * API (1.0 and 2.0), function URL, load balancer. Anything may stand in an event that somebody
 * wrote by hand: what is not text is not there.
 */

/** The method of the request; `undefined` for events of other sources. */
exports.methodOf = function methodOf(event) {
  return (text(event?.requestContext?.http?.method) ?? text(event?.httpMethod))?.toUpperCase();
};

/**
 * Browsers' requests arrive as `origin` over HTTP/2; HTTP/1.1 clients and tests spell it `Origin`.
 */
exports.headerOf = function headerOf(event, name) {
  const lower = name.toLowerCase();
  const { headers, multiValueHeaders: lists } = event;
  return text(headers?.[name]) ?? text(headers?.[lower]) ?? last(lists?.[name]) ?? last(lists?.[lower]);
};

/** A load balancer that sends each header as a list reads no others. */
exports.readsLists = function readsLists(event) {
  return isThere(event.requestContext?.elb) && isThere(event.multiValueHeaders);
};

/** Lambda gives the context second, or a stream. */
exports.isStream = function isStream(value) {
  return typeof value?.write === 'function';
};

function isThere(value) {
  return value !== null && value !== undefined;
}

function text(value) {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function last(values) {
  return Array.isArray(values) ? text(values.at(-1)) : undefined;
}
