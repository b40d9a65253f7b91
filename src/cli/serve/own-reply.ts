import type { GatewayAnswer } from '../../verify/gateway/gateway';
import { readable } from '../../verify/unknown';
import type { BackendAnswer } from './backend';

/** What the gateway says on its own; an error without a body says why. */
export function ownReply({ status, headers, body, trail }: GatewayAnswer): BackendAnswer {
  const message = body === '' && status >= 400 ? JSON.stringify({ message: readable(trail.join('; ')) }) : body;
  return {
    status,
    headers: { ...(message ? { 'content-type': 'application/json' } : {}), ...known(headers) },
    body: message,
  };
}

/** Values that only the deployment knows, as users read them. */
export function known(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, readable(value)]));
}
