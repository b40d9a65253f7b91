import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { identity } from './attachments';
import { referencedIn } from './references';

/** On the construct itself: whoever holds the function can ask. */
const ANSWERED_BY = Symbol.for('cdk-cors.answeredBy');

/**
 * Notes that a backend sends the CORS headers itself, and gives preflights a 2xx; `by` is the
 * construct that sees to it.
 */
export function markAnswering(backend: IConstruct, by: IConstruct): void {
  Object.defineProperty(backend, ANSWERED_BY, { value: by });
}

/**
 * Who sees to it that this backend answers for itself, if it does. A version or an alias of a
 * function answers as the function does.
 */
export function answeredBy(backend: IConstruct): IConstruct | undefined {
  const { [ANSWERED_BY]: by, lambda }: any = backend;
  return by ?? (lambda && lambda !== backend ? answeredBy(lambda) : undefined);
}

/**
 * Whether a value, such as the URI of an integration, points at a backend that answers for itself.
 */
export function pointsAtAnswering(value: unknown, user: IConstruct): boolean {
  if (typeof value === 'string' && !Token.isUnresolved(value)) return false;
  return referencedIn(value, user).some((target) => answeredBy(identity(target)) !== undefined);
}
