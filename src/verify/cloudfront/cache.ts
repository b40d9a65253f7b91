import type { GatewayAnswer, GatewayRequest } from '../gateway/gateway';
import type { Behavior } from './distribution';
import { forwards } from './forwarded-headers';

/**
 * Requests that have the same cache key, and that an origin may answer in another way: what one of
 * them got, CloudFront may hand to this one. `Vary: Origin` does not count, the key is that of the
 * behavior alone.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html
 */
export function requestsOfSameKey(
  behavior: Behavior,
  request: GatewayRequest,
): { request: GatewayRequest; header: string }[] {
  const { keyHeaders } = behavior.forwarding;
  const loose = Object.keys(request.headers).filter(
    (name) => VARYING.has(name) && !keyHeaders.has(name) && forwards(behavior, name, request.method) === 'yes',
  );
  return loose.flatMap((name) => [
    { header: name, request: { ...request, headers: { ...request.headers, [name]: OTHERS[name] } } },
    { header: name, request: { ...request, headers: without(request.headers, name) } },
  ]);
}

function without(headers: Record<string, string>, left: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== left));
}

/** Whether CloudFront keeps such an answer, by its time to live or since the origin asks for it. */
export function keeps({ caching }: Behavior, { method }: GatewayRequest, { headers }: GatewayAnswer): boolean {
  if (!caching.methods.includes(method) || caching.maxTtl === 0) return false;
  if (headers.vary?.trim() === '*' && caching.minTtl === 0) return false;
  return (
    caching.minTtl > 0 ||
    caching.defaultTtl > 0 ||
    /max-age=[1-9]/.test(headers['cache-control'] ?? '') ||
    headers.expires !== undefined
  );
}

export function sharedAnswer({ where, forwarding }: Behavior, header: string): string {
  const stale = header === 'origin' ? ' (Vary: Origin does not count)' : '';
  return (
    `CloudFront caches this answer, and the cache key of ${where} (${forwarding.by}) lacks ${header}: ` +
    `a page may get what another one was answered${stale}`
  );
}

/** By which origins decide about CORS, with a value that hardly any origin knows. */
const OTHERS: Record<string, string> = {
  origin: 'https://another-page.invalid',
  'access-control-request-method': 'TRACE',
  'access-control-request-headers': 'x-another-header',
};
const VARYING = new Set(Object.keys(OTHERS));
