import { isKnown, knownParts, readable } from '../unknown';
import type { HttpRoute } from './api-model';

/**
 * '$default' or 'GET /items/{id}':
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function routeOfKey(key: string): Pick<HttpRoute, 'key' | 'verb' | 'parts'> {
  const [, verb, path] = /^([a-z]+) (.*)$/i.exec(key) ?? [];
  if (verb === undefined || doubtOfKey(key)) return { key, verb: verb?.toUpperCase() ?? 'ANY' };
  return { key, verb, parts: path.split('/').filter(Boolean) };
}

/** Why nobody can tell what a route with this key takes, where that is so. */
export function doubtOfKey(key: string): string | undefined {
  if (!isKnown(key)) return `the route key ${readable(key)} is known only after deployment`;
  if (/^(\$default|[A-Z]+ \/.*)$/.test(key)) return undefined;
  return (
    `whether API Gateway takes the route key "${key}" is not known: write $default, ` +
    'or a method in upper case and a path, such as GET /items'
  );
}

/** Whether a route with a doubtful key could turn out to take such a request. */
export function couldTake(key: string, verb: string, path: string): boolean {
  if (isKnown(key) && !/^[a-z]+ \//i.test(key)) return true; // neither the one nor the other
  const plain = path.split('?')[0].replace(/(.)\/$/, '$1');
  const pattern = patternOf(key.replace(/^[a-z]+ /i, (written) => written.toUpperCase()).replace(/(\S)\/$/, '$1'));
  return [`${verb.toUpperCase()} ${plain}`, `ANY ${plain}`, '$default'].some((wanted) => pattern.test(wanted));
}

/** An unknown part may hold anything, several parts of a path or a variable among them. */
function patternOf(key: string): RegExp {
  const parts = knownParts(key).map((text) =>
    text
      .replace(/\{[^{}]*$|^[^{}]*\}/g, '') // the braces around a name that is unknown
      .split(/(\{[^{}]*\})/)
      .map((part) => (part.startsWith('{') ? (part.endsWith('+}') ? '.+' : '[^/]+') : part.replace(/[^\w/ ]/g, '\\$&')))
      .join(''),
  );
  return new RegExp(`^${parts.join('.*')}$`);
}
