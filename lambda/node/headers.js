/**
 * A handler's response with the CORS headers. The policy decides who may read it: what the handler
 * says of that on its own is replaced, since browsers refuse two answers. Lists grow: what the
 * handler exposes or varies by stays.
 *
 * `inLists`: every header as a list of values, for a load balancer that reads no others.
 */
exports.withHeaders = function withHeaders(response, cors, inLists = false) {
  const own = { vary: [], 'access-control-expose-headers': [] };
  const headers = others(response.headers, own);
  const multiValueHeaders = others(response.multiValueHeaders, own);
  Object.assign(headers, cors);
  for (const name of ['Vary', 'Access-Control-Expose-Headers']) {
    const values = own[name.toLowerCase()];
    if (values.length > 0) headers[name] = union(values, cors[name]);
  }
  if (inLists) {
    const { headers: _, ...rest } = response;
    return { ...rest, multiValueHeaders: { ...lists(headers), ...multiValueHeaders } };
  }
  return response.multiValueHeaders ? { ...response, headers, multiValueHeaders } : { ...response, headers };
};

const OURS = /^(vary|access-control-(allow-origin|allow-credentials|expose-headers))$/i;

/**
 * The headers that have nothing to do with CORS, in any spelling; the values of lists are put
 * aside.
 */
function others(headers, own) {
  if (typeof (headers ?? {}) !== 'object' || Array.isArray(headers))
    throw new TypeError('The headers of the response are not an object.');
  const kept = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!OURS.test(name)) kept[name] = value;
    else if (value !== null && value !== undefined) own[name.toLowerCase()]?.push(...[value].flat().map(String));
  }
  return kept;
}

function lists(headers) {
  const sent = Object.entries(headers).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(sent.map(([name, value]) => [name, [value].flat()]));
}

/**
 * `Accept-Encoding, Origin` for `Accept-Encoding` and `Origin`; a value that is there already, in
 * any case, is not added.
 */
function union(own, added = '') {
  const names = own.flatMap(split);
  const known = new Set(names.map((name) => name.toLowerCase()));
  return [...names, ...split(added).filter((name) => !known.has(name.toLowerCase()))].join(', ');
}

function split(list) {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
