import { ALL_METHODS } from '../http/methods';
import { asText } from '../text/as-text';

/** What a route answers. */
export interface RouteKey {
  /** Upper-case, or `ANY`. */
  readonly verb: string;
  /** `undefined` for `$default`, which takes whatever no other route does. */
  readonly path?: string;
}

/**
 * `undefined` for what is known only at deployment, and for what is not a key: aws-cdk-lib writes
 * `undefined /path` where a method is missing.
 */
export function parseRouteKey(key: unknown): RouteKey | undefined {
  if (key === '$default') return { verb: 'ANY' };
  const [, method = '', path] = /^([A-Z]+) (\/.*)$/i.exec(asText(key)) ?? [];
  const verb = method.toUpperCase();
  return isVerb(verb) ? { verb, path } : undefined;
}

function isVerb(verb: string): boolean {
  return verb === 'ANY' || ALL_METHODS.includes(verb);
}

/** `/pets/{id}` and `/pets/{petId}` are one path to API Gateway. */
export function sameShape(a: string | undefined, b: string): boolean {
  return a !== undefined && shape(a) === shape(b);
}

function shape(path: string): string {
  return path.replace(/\{[^}+]*(\+?)\}/g, '{$1}');
}
