/**
 * '/items?color=red' → its path, and its query by name (the last value of each, as API Gateway
 * hands it to templates).
 */
export function splitPath(target: string): { path: string; query: Record<string, string> } {
  const mark = target.indexOf('?');
  if (mark < 0) return { path: target, query: {} };
  return { path: target.slice(0, mark), query: Object.fromEntries(new URLSearchParams(target.slice(mark + 1))) };
}

/** Nobody has recorded what a doubled slash comes to where no greedy path takes it. */
export function emptyPartDoubt(path: string): string | undefined {
  return path.includes('//')
    ? `whether API Gateway takes ${path} for ${path.replace(/\/+/g, '/')} is not known: ask without the doubled slash`
    : undefined;
}

/** A header's value, whichever way its name is spelled. */
export function headerOf(headers: Record<string, string>, name: string): string | undefined {
  if (headers[name] !== undefined) return headers[name];
  const key = Object.keys(headers).find((header) => header.toLowerCase() === name);
  return key === undefined ? undefined : headers[key];
}

export function lowerNames(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** As HTTP/1.1 likes to spell names. */
export function capitalized(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [nameOfHeader(name), value]));
}

/** 'access-control-request-method' → 'Access-Control-Request-Method' */
export function nameOfHeader(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}
