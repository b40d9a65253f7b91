import type { IncomingHttpHeaders } from 'node:http';

/**
 * Node.js lists the values of a repeated header; to browsers and to API Gateway they are one, with
 * commas.
 */
export function singleValues(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
