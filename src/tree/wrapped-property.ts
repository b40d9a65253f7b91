import {
  Aws,
  type CfnResource,
  type IResolvable,
  type IResolveContext,
  Lazy,
  Reference,
  Tokenization,
} from 'aws-cdk-lib';
import { LEFT_OUT } from '../api-gateway/cloudformation-conditions';
import { getOrCreate } from '../collections';
import { assignProperty, ownProperty } from './properties';

interface Wrapping {
  /** What stood there before, and is read whenever the property is resolved. */
  readonly before: unknown;
  readonly token: IResolvable;
  patch: Patch;
}

type Patch = (value: any, context: IResolveContext) => unknown;

/** How the patch sees the old value. */
type Read = (value: unknown, context: IResolveContext) => unknown;

const resolved: Read = (value, context) => context.resolve(value);

const wrappings = new WeakMap<CfnResource, Map<string, Wrapping>>();

/**
 * Replaces an L1 property with a token that resolves to a patch of its previous value, so whatever
 * the app does to that value until then is seen. The value is never resolved and written back,
 * which would lose references to other stacks. May be called again: the newest patch counts, and
 * what the app assigned since is wrapped again.
 */
export function wrapProperty(resource: CfnResource, name: string, patch: Patch, read: Read = resolved): void {
  const byName = getOrCreate(wrappings, resource, () => new Map<string, Wrapping>());
  const known = byName.get(name);
  const current = ownProperty(resource, name);
  if (known && known.token === current) {
    known.patch = patch;
    return;
  }
  const wrapping: Wrapping = {
    before: current,
    token: Lazy.uncachedAny({ produce: (context) => wrapping.patch(read(current, context), context) }),
    patch,
  };
  byName.set(name, wrapping);
  assignProperty(resource, name, wrapping.token);
}

/** A property as the app has it, whether or not it is wrapped. */
export function propertyBeforePatch(resource: CfnResource, name: string): unknown {
  const current = ownProperty(resource, name);
  const known = wrappings.get(resource)?.get(name);
  return known && known.token === current ? known.before : current;
}

/**
 * A value with the tokens that stand for its structure opened: what they produce, down to the
 * values of a response's parameters, on every side of conditions. Other tokens stay, and the CDK
 * resolves them in their place; resolving them here would have everything resolved twice.
 */
export function resolveShallow(value: unknown, context: IResolveContext, depth = 5): unknown {
  if (isProduced(value)) return resolveShallow(value.resolve(context), context, depth);
  if (value === Aws.NO_VALUE) return LEFT_OUT;
  if (depth === 0 || value === null || typeof value !== 'object' || Tokenization.isResolvable(value)) return value;
  const condition = Array.isArray(value) ? undefined : (value as Record<string, unknown>)['Fn::If'];
  if (Array.isArray(condition)) return { 'Fn::If': condition.map((each) => resolveShallow(each, context, depth)) };
  return withEach(value as Record<string, unknown>, (each) => resolveShallow(each, context, depth - 1));
}

/** A copy only where something changes: most methods have no token in their structure. */
function withEach<T extends Record<string, unknown> | unknown[]>(container: T, change: (value: unknown) => unknown): T {
  let copy: any;
  for (const [key, value] of Object.entries(container)) {
    const changed = change(value);
    if (changed === value) continue;
    copy ??= Array.isArray(container) ? [...container] : { ...container };
    copy[key] = changed;
  }
  return copy ?? container;
}

/** The CDK has to see references itself, for they may cross stacks. */
function isProduced(value: unknown): value is IResolvable {
  return (
    value !== null && typeof value === 'object' && Tokenization.isResolvable(value) && !Reference.isReference(value)
  );
}
