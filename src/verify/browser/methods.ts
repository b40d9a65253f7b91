/** Methods, as the Fetch Standard treats them: https://fetch.spec.whatwg.org/#methods */

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * https://fetch.spec.whatwg.org/#concept-method-normalize: `patch` is not among them and stays in
 * lower case.
 */
export function normalizeMethod(method: string): string {
  const upper = method.toUpperCase();
  return ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper) ? upper : method;
}

/** https://fetch.spec.whatwg.org/#cors-safelisted-method */
export function isCorsSafelistedMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'POST';
}

/**
 * Why `fetch` throws before anything is sent, if it does:
 * https://fetch.spec.whatwg.org/#forbidden-method
 */
export function methodFault(method: string): string | undefined {
  if (!TOKEN.test(method)) return `"${method}" is not a method: fetch throws a TypeError`;
  if (/^(CONNECT|TRACE|TRACK)$/i.test(method)) return `${method} is a forbidden method: fetch throws a TypeError`;
  return undefined;
}
