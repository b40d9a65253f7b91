import type { Authorization, HttpApiModel } from '../../model/api-model';
import { isKnown } from '../../unknown';
import { carries, plainSource } from '../carries';
import type { GatewayAnswer, GatewayOptions, GatewayRequest } from '../gateway';
import { splitPath } from '../request';

/**
 * Why a request does not get through to its route. Tokens and signatures that are sent are taken to
 * be good, but a preflight carries none.
 */
export function refusal(
  { stages, stageVariables }: HttpApiModel,
  { type, name, identitySources }: Authorization,
  request: GatewayRequest,
  options: GatewayOptions,
): Refusal | undefined {
  if (type === 'NONE') return undefined;
  const { authorized } = options;
  const sent = {
    headers: request.headers,
    query: splitPath(request.path).query,
    stageVariables: stages.length > 0 ? stageVariables : undefined,
  };
  const missing = identitySources.find((source) => !carries(sent, source, options));
  const isOpen = identitySources.some((source) => !isKnown(source));
  const isVague = isOpen || (type === 'UNKNOWN' && !carries(sent, 'header.Authorization', options));
  if (authorized && ((!missing && !isVague) || (type === 'AWS_IAM' && 'X-Amz-Signature' in sent.query)))
    return undefined;
  const unknown = missing ? undefined : DOUBTS[isOpen && authorized ? 'UNKNOWN' : type]?.(name);
  const wanted = missing && plainSource(missing);
  const why = unknown
    ? undefined
    : `its authorizer ${name} wants ${authorized ? wanted : 'what a preflight never carries'}`;
  const error = type === 'AWS_IAM' ? FORBIDDEN : UNAUTHORIZED;
  return { ...error, why, missing: authorized ? wanted : undefined, unknown };
}

/** The status, and which error of the gateway's that is. */
export interface Refusal extends Pick<GatewayAnswer, 'status' | 'gatewayError' | 'missing' | 'unknown'> {
  readonly why?: string;
}

const UNAUTHORIZED = { status: 401, gatewayError: 'UNAUTHORIZED' };
const FORBIDDEN = { status: 403, gatewayError: 'ACCESS_DENIED' };

/**
 * What an authorizer says to a request that has all it asks for; the other types always ask for a
 * token.
 */
const DOUBTS: Partial<Record<Authorization['type'], (name?: string) => string>> = {
  REQUEST: (name) => `the Lambda authorizer ${name} decides, and no template says how`,
  UNKNOWN: (name) => `what the authorizer ${name} asks for is known only after deployment`,
};
