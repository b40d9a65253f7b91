import type { ApiModel } from '../model/api-model';
import { behaviorFor } from './behaviors';
import type { Destinations } from './destinations';
import type { Behavior, DistributionModel } from './distribution';

/**
 * Whether a distribution hands requests for a path on to an API, and the answers back, as they are:
 * then what holds at the API's own address holds here. Only what is certain for every request
 * counts.
 */
function isTransparent(
  { doubt, errorPages, rootObject, aliases }: DistributionModel,
  behavior: Behavior,
  destinations: Destinations,
): boolean {
  if (doubt !== undefined || errorPages.size > 0 || rootObject !== undefined || aliases.length > 0) return false;
  const { forwarding, caching, origin, functions, responseHeaders } = behavior;
  const isPlain = !behavior.doubt && !behavior.doubtOfPolicies && !behavior.signedBy && functions.length === 0;
  if (!isPlain || responseHeaders || caching.maxTtl !== 0) return false;
  if (!SEVEN.every((method) => behavior.allowedMethods.includes(method))) return false;
  const host = destinations.hostOf(origin);
  if (!host || !('api' in host) || origin.customHeaders.size > 0 || origin.signing !== undefined) return false;
  const { keyHeaders, moreHeaders, moreQuery } = forwarding;
  return !keyHeaders.has('host') && moreHeaders.leavesOutOnly('host') && moreQuery.leavesOutOnly();
}

/** Whether requests for this path come to this path of the API. */
export function isHandedOn(
  distribution: DistributionModel,
  destinations: Destinations,
  api: ApiModel,
  asked: string,
  path: string,
): boolean {
  const behavior = behaviorFor(distribution, asked);
  if (!isTransparent(distribution, behavior, destinations)) return false;
  const found = destinations.find(behavior.origin, behavior.origin.path + asked);
  return 'path' in found && found.api === api && found.path === path;
}

const SEVEN = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];
