import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { identity } from './attachments';
import { referencedIn } from './references';
import { isInTree } from './tree-order';

/** On the construct itself, so that all code that has the function can ask. */
const CORS_RUNTIME = Symbol.for('cdk-cors.answeredBy');

/**
 * Notes that a backend sends the CORS headers itself, and gives preflights a 2xx; `by` is the
 * construct that sees to it.
 */
export function markCorsAware(backend: IConstruct, by: IConstruct): void {
  Object.defineProperty(backend, CORS_RUNTIME, { value: by });
}

/**
 * Who sees to it that this backend answers for itself, if it does. A version or an alias of a
 * function answers as the function does.
 */
export function corsRuntimeOf(backend: IConstruct): IConstruct | undefined {
  const { [CORS_RUNTIME]: by }: any = functionOf(backend);
  return by;
}

/**
 * Whether a value, such as the URI of an integration, points at a backend that answers for itself.
 */
export function targetsCorsAwareBackend(value: unknown, user: IConstruct): boolean {
  return corsAwareFunctions(value, user).length > 0;
}

/** The backends that answer for themselves, of those that a value points at. */
export function corsAwareFunctions(value: unknown, user: IConstruct): IConstruct[] {
  if (typeof value === 'string' && !Token.isUnresolved(value)) return [];
  return referencedIn(value, user)
    .map((target) => functionOf(identity(target)))
    .filter((target) => corsRuntimeOf(target) !== undefined);
}

/** Whether every backend that a value may point at answers for itself. */
export function targetsOnlyCorsAwareBackends(value: unknown, user: IConstruct): boolean {
  if (typeof value === 'string' && !Token.isUnresolved(value)) return false;
  // A region or an account, as the URI of an invocation has them, refers to the Stack.
  const targets = referencedIn(value, user).filter((target) => !Stack.isStack(target));
  return targets.length > 0 && targets.every((target) => corsRuntimeOf(functionOf(identity(target))) !== undefined);
}

/** On the function itself: the OPTIONS routes that were opened onto it. */
const OPENED_BY = Symbol.for('cdk-cors.openedBy');

/**
 * Notes that this library opened an OPTIONS route, without an authorizer, onto what a value such as
 * the URI of an integration points at. A function with a `CorsRuntime` then answers every OPTIONS
 * request on its own, whatever its headers: see `answersOptions` of CORS_POLICY.
 *
 * @param opened what goes when the route is taken back: the route, or the API whose document has it
 */
export function noteOpenedOptions(value: unknown, opened: IConstruct): void {
  for (const target of referencedIn(value, opened)) {
    const backend = functionOf(identity(target));
    const { [OPENED_BY]: before }: any = backend;
    if (before) before.add(opened);
    else Object.defineProperty(backend, OPENED_BY, { value: new Set([opened]) });
  }
}

/** Whether anyone can call this function by way of an OPTIONS route that this library opened. */
export function isBehindOpenedOptions(backend: IConstruct): boolean {
  const { [OPENED_BY]: openedBy = [] }: any = backend;
  return [...openedBy].some(isInTree);
}

/** A version or an alias of a function has its environment. */
export function functionOf(backend: IConstruct): IConstruct {
  const { lambda }: any = backend;
  return lambda && lambda !== backend ? functionOf(lambda) : backend;
}
