import type { GatewayAnswer, GatewayRequest } from '../gateway/gateway';
import type { Behavior } from './distribution';

/**
 * What CloudFront answers on its own, before any origin is asked: undefined where it asks.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html
 */
export function answeredAtEdge(behavior: Behavior, { method }: GatewayRequest): GatewayAnswer | undefined {
  if (behavior.allowedMethods.includes(method)) return undefined;
  const listed = behavior.allowedMethods.join(', ');
  return edgeAnswer(
    403,
    behavior,
    'distribution-methods',
    `AllowedMethods of ${behavior.where} are ${listed}, so CloudFront answers ${method} with 403 on its own`,
  );
}

/**
 * Code at viewer-request may answer or rewrite the path; whether it runs for a method that
 * AllowedMethods lacks is not known.
 */
export function doubtBeforeMethods(behavior: Behavior): string | undefined {
  return behavior.doubt ?? doubtOfCode(behavior, ['viewer-request']);
}

/** Why nobody can tell what becomes of a request that CloudFront takes on. */
export function doubtAfterMethods(behavior: Behavior): string | undefined {
  const { signedBy, where, doubtOfPolicies } = behavior;
  if (signedBy) return `${where} asks for signed URLs or cookies (${signedBy}), and a preflight never carries cookies`;
  return doubtOfPolicies ?? doubtOfCode(behavior, ['origin-request', 'origin-response']);
}

/** Code at viewer-response does not run where the origin answers with 400 or more. */
export function doubtOnTheWayBack(behavior: Behavior, { status }: GatewayAnswer): string | undefined {
  return status >= 400 ? undefined : doubtOfCode(behavior, ['viewer-response']);
}

function doubtOfCode({ functions, where }: Behavior, events: string[]): string | undefined {
  const code = functions.find(({ event }) => events.includes(event));
  return code && `${where} has a ${code.kind} at ${code.event}, and no template shows what it does`;
}

function edgeAnswer(status: number, behavior: Behavior, cause: string, why: string): GatewayAnswer {
  return {
    status,
    headers: {},
    body: '',
    decidedBy: 'gateway',
    answeredBy: behavior.where,
    gatewayError: `CloudFront ${status}`,
    cause,
    trail: [why],
  };
}

/** What comes of a request is open. */
export function unknownAnswer(unknown: string, behavior?: Behavior): GatewayAnswer {
  return { status: 0, headers: {}, body: '', decidedBy: 'gateway', answeredBy: behavior?.where, unknown, trail: [] };
}
