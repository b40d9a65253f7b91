import type { Behavior } from './distribution';

/** 'open': nobody has established whether it does. */
type Forwarded = 'yes' | 'no' | 'open';

/**
 * Whether a viewer's header reaches the origin. `name` is in lower case.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
export function forwards(behavior: Behavior, name: string, method: string): Forwarded {
  return behavior.forwarding.mode === 'legacy' ? legacy(behavior, name, method) : byPolicies(behavior, name);
}

/** A header of the cache policy goes even where the origin request policy excepts it. */
function byPolicies({ forwarding: { keyHeaders, moreHeaders } }: Behavior, name: string): Forwarded {
  if (keyHeaders.has(name)) return 'yes';
  if (name === 'authorization') return moreHeaders.isOpen && moreHeaders.has(name) ? 'yes' : 'no';
  if (moreHeaders.has(name)) return 'yes';
  return name === 'content-type' ? 'open' : 'no';
}

/** Without being listed most headers go, though not into the key. */
function legacy({ forwarding: { keyHeaders }, caching }: Behavior, name: string, method: string): Forwarded {
  if (keyHeaders.has(name)) return 'yes';
  if (name !== 'authorization') return LEFT_OUT.has(name) ? 'no' : 'yes';
  const isDropped =
    method === 'GET' || method === 'HEAD' || (method === 'OPTIONS' && caching.methods.includes('OPTIONS'));
  return isDropped ? 'no' : 'yes';
}

/** What legacy settings remove unless it is listed. */
const LEFT_OUT = new Set([
  'host',
  'accept',
  'accept-language',
  'referer',
  'x-http-method-override',
  'x-forwarded-proto',
]);
