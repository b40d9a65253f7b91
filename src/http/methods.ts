/** The methods that API Gateway routes, in the order in which they are announced. */
export const ALL_METHODS = ['OPTIONS', 'GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD'];

/** In a canonical order, so that templates are stable. */
export function canonicalOrder(methods: string[]): string[] {
  const others = methods.filter((method) => !ALL_METHODS.includes(method));
  return [...ALL_METHODS.filter((method) => methods.includes(method)), ...new Set(others)];
}

/** No page can send these: https://fetch.spec.whatwg.org/#forbidden-method */
export function isForbiddenMethod(method: string): boolean {
  return ['CONNECT', 'TRACE', 'TRACK'].includes(method.toUpperCase());
}
