import type { FunctionPolicy } from '../model/api-model';
import { whole } from '../model/function-policy';
import { couldBe, isKnown, unknown } from '../unknown';
import { boundedTest } from '../velocity/bounded';
import { Unknowable } from '../velocity/values';
import type { GatewayAnswer, GatewayRequest } from './gateway';
import { headerOf } from './request';

/**
 * A function that follows its CORS_POLICY, see docs/proxy-backends.md; the status of a real
 * response is its handler's.
 */
export function functionAnswer(
  name: string,
  policy: FunctionPolicy,
  request: GatewayRequest,
  trail: string[],
): GatewayAnswer {
  const isPreflight =
    request.method === 'OPTIONS' &&
    (policy.answersOptions || Boolean(headerOf(request.headers, 'access-control-request-method')));
  const origin = headerOf(request.headers, 'origin');
  const headers = policyHeaders(policy, origin, isPreflight);
  return {
    status: isPreflight ? policy.status : 0,
    headers,
    body: '',
    decidedBy: 'gateway',
    headersAreFinal: true,
    byFunction: name,
    isWrapped: policy.isWrapped,
    trail: [...trail, `its function ${name} answers by CORS_POLICY`],
  };
}

function policyHeaders(
  policy: FunctionPolicy,
  origin: string | undefined,
  isPreflight: boolean,
): Record<string, string> {
  const fixed = policy.patterns.length === 0 && policy.origins.length === 1 ? policy.origins[0] : undefined;
  const vary: Record<string, string> = fixed === undefined ? { vary: 'Origin' } : {};
  const allowed = fixed ?? allowedOrigin(policy, origin);
  if (allowed === undefined) return vary;
  const shared = {
    'access-control-allow-origin': allowed,
    'access-control-allow-credentials': policy.credentials ? 'true' : undefined,
  };
  const more = isPreflight ? preflightHeaders(policy) : { 'access-control-expose-headers': policy.expose };
  return { ...sent({ ...shared, ...more }), ...vary };
}

/**
 * What is known only after deployment may allow this very origin: then it stands for the answer.
 */
function allowedOrigin({ origins, patterns }: FunctionPolicy, origin: string | undefined): string | undefined {
  if (origin === undefined) return undefined;
  const answers = patterns.filter(isKnown).map((pattern) => boundedTest(whole(pattern), origin));
  if (origins.includes(origin) || answers.includes(true)) return origin;
  const tooLong = answers.find((answer) => answer instanceof Unknowable);
  if (tooLong instanceof Unknowable) return unknown(tooLong.why);
  const open = patterns.find((pattern) => !isKnown(pattern));
  return (
    origins.find((entry) => !isKnown(entry) && couldBe(entry, origin)) ?? (open && unknown('a pattern of CORS_POLICY'))
  );
}

function preflightHeaders({ methods, headers, maxAge }: FunctionPolicy): Record<string, string | undefined> {
  return {
    'access-control-allow-methods': methods,
    'access-control-allow-headers': headers,
    'access-control-max-age': maxAge?.toString(),
  };
}

function sent(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
