/**
 * A handler's response with the CORS headers. The policy decides who may read it: what the handler says of that by itself is replaced,
 * since browsers refuse two answers. Lists grow: what the handler exposes or varies by stays.
 */
exports.withHeaders = function withHeaders(response, cors) {
  const own = { vary: [], 'access-control-expose-headers': [] };
  const headers = others(response.headers, own);
  const multiValueHeaders = others(response.multiValueHeaders, own);
  Object.assign(headers, cors);
  for (const name of ['Vary', 'Access-Control-Expose-Headers']) {
    const values = own[name.toLowerCase()];
    if (values.length > 0) headers[name] = union(values, cors[name]);
  }
  return response.multiValueHeaders ? { ...response, headers, multiValueHeaders } : { ...response, headers };
};

const OURS = /^(vary|access-control-(allow-origin|allow-credentials|expose-headers))$/i;

/** The headers that have nothing to do with CORS, in any spelling; the values of lists are put aside. */
function others(headers, own) {
  const kept = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (!OURS.test(name)) kept[name] = value;
    else if (value !== null && value !== undefined) own[name.toLowerCase()]?.push(...[value].flat().map(String));
  }
  return kept;
}

/** `Accept-Encoding, Origin` for `Accept-Encoding` and `Origin`; a value that is there already, in any case, is not added. */
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
