import type { GatewayAnswer, GatewayRequest } from '../gateway/gateway';
import { nameOfHeader } from '../gateway/request';
import type { ApiModel } from '../model/api-model';
import { routesOf } from '../requests/routes';
import { readable } from '../unknown';
import type { Behavior } from './distribution';

/**
 * What a request loses between the viewer and the API,
 * where that is why the API answers as it does.
 */

/** Whether the API knows nothing of a path that has the prefix of the behavior in it. */
export function isLostBelow({ pattern }: Behavior, api: ApiModel, path: string, answer: GatewayAnswer): boolean {
  const { answeredBy, status, gatewayError } = answer;
  const hasNoRoute = answeredBy === undefined && (status === 404 || gatewayError === 'MISSING_AUTHENTICATION_TOKEN');
  return hasNoRoute && /[^/*]/.test(pattern) && !routesOf(api).some(({ matches }) => matches(path));
}

/**
 * Whether the API sends no CORS headers without one of these, whatever its configuration says:
 * HTTP APIs and function URLs take what lacks them for a request of no page.
 */
export function isNeeded(api: ApiModel, { method }: GatewayRequest, dropped: string[]): boolean {
  if (api.kind === 'REST' || !api.cors) return false;
  return dropped.includes('origin') || (method === 'OPTIONS' && dropped.includes('access-control-request-method'));
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
  const sent = dropped.filter((name) => headers[name] !== undefined);
  const isOfCors = sent.some((name) => name === 'origin' || name.startsWith('access-control-'));
  const ofScripts = sent.filter((name) => !BY_BROWSERS.test(name));
  const names = (ofScripts.length > 0 ? ofScripts : sent).map(nameOfHeader);
  return {
    cause: isOfCors ? 'distribution-origin' : 'distribution-header',
    told: `${where} does not forward ${names.join(', ')} to the API (it has ${forwarding.by})`,
  };
}

/** What comes with every request, and matters to no API. */
const BY_BROWSERS = /^(accept|accept-.*|connection|host|referer|sec-.*|user-agent)$/;
