const SAFELISTED = ['cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified', 'pragma'];

/**
 * The names of the response headers that the script can read.
 * https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 */
export function readableHeaders(headers: Record<string, string>, credentials: boolean): string[] {
  const exposed = (headers['access-control-expose-headers'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const all = exposed.includes('*') && !credentials;
  return Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => !/^set-cookie2?$/.test(name) && (all || SAFELISTED.includes(name) || exposed.includes(name)))
    .sort();
}
