import { type CfnResource, type IResolvable, type IResolveContext, Lazy } from 'aws-cdk-lib';
import { memo } from './memo';
import { assignProperty, ownProperty } from './properties';

interface Wrapping {
  /** What stood there before, and is read whenever the property is resolved. */
  readonly before: unknown;
  readonly token: IResolvable;
  patch: Patch;
}

type Patch = (resolved: any, context: IResolveContext) => unknown;

const wrappings = new WeakMap<CfnResource, Map<string, Wrapping>>();

/**
 * Has a property of an L1 resolve to a patch of what it resolved to before. A token stands in its place, so whatever the app does to the old value
 * until then is seen; the old value is never resolved and written back, which would lose references to other stacks.
 * May be called again: the newest patch counts, and what the app assigned since is wrapped anew.
 */
export function wrapProperty(resource: CfnResource, name: string, patch: Patch): void {
  const byName = memo(wrappings, resource, () => new Map<string, Wrapping>());
  const known = byName.get(name);
  const current = ownProperty(resource, name);
  if (known && known.token === current) {
    known.patch = patch;
    return;
  }
  const wrapping: Wrapping = {
    before: current,
    token: Lazy.uncachedAny({ produce: (context) => wrapping.patch(context.resolve(current), context) }),
    patch,
  };
  byName.set(name, wrapping);
  assignProperty(resource, name, wrapping.token);
}

/** A property as the app has it, whether or not it is wrapped. */
export function unwrappedProperty(resource: CfnResource, name: string): unknown {
  const current = ownProperty(resource, name);
  const known = wrappings.get(resource)?.get(name);
  return known && known.token === current ? known.before : current;
}
