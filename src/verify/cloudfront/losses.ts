import type { GatewayAnswer, GatewayRequest } from '../gateway/gateway';
import { nameOfHeader } from '../gateway/request';
import { readable } from '../unknown';
import type { Behavior } from './distribution';

/** What a request loses between the viewer and the API, where that is why the API answers as it does. */

/** Whether the API knows nothing of a path that has the prefix of the behavior in it. */
export function isLostBelow({ pattern }: Behavior, { answeredBy, status, gatewayError }: GatewayAnswer): boolean {
  const hasNoRoute = answeredBy === undefined && (status === 404 || gatewayError === 'MISSING_AUTHENTICATION_TOKEN');
  return hasNoRoute && /[^/*]/.test(pattern);
}

/** Why the API answers in another way than it would answer the viewer. */
export function lossOf(
  { where, forwarding, origin }: Behavior,
  { headers }: GatewayRequest,
  dropped: string[],
  replaced: string[],
): { cause: string; told: string } {
  if (replaced.length > 0) {
    const values = replaced.map((name) => `${nameOfHeader(name)} to ${readable(origin.customHeaders.get(name)!)}`);
    return {
      cause: 'distribution-custom-header',
      told: `OriginCustomHeaders of ${where} set ${values.join(' and ')}, whatever the page sends`,
    };
  }
  const names = dropped.filter((name) => name !== 'accept' && headers[name] !== undefined).map(nameOfHeader);
  const cause =
    dropped.includes('origin') || dropped.some((name) => name.startsWith('access-control-'))
      ? 'distribution-origin'
      : 'distribution-header';
  return { cause, told: `${where} does not forward ${names.join(', ')} to the API (it has ${forwarding.by})` };
}
