import { normalizeMethod } from '../browser/methods';
import type { GatewayAnswer } from '../gateway/gateway';
import { routesOf } from '../requests/routes';
import { readable } from '../unknown';
import type { Cause, Decided, Found } from './cause';
import { routeOf } from './place';

export function statusCause(decided: Decided, answer: GatewayAnswer): Found | undefined {
  const { status, gatewayError, answeredBy } = answer;
  const names: string[] = [];
  const value = String(status);
  const id = gatewayError === undefined ? undefined : BY_ERROR[gatewayError];
  if (answeredBy === undefined) return { id: hasRoute(decided) ? 'no-options' : 'no-route', value, names };
  const authorization = routeOf(decided.api, answeredBy)?.authorization;
  if (gatewayError === 'ACCESS_DENIED' && authorization?.type === 'AWS_IAM' && decided.api.kind === 'HTTP')
    return { id: 'authorizer', value, names, detail: 'IAM credentials' };
  if (id === 'authorizer') {
    const isIam = authorization?.type === 'AWS_IAM';
    const detail = isIam
      ? 'IAM credentials'
      : `what its authorizer ${authorization?.name ?? ''} wants`.replace('  ', ' ');
    return { id, value, names, detail };
  }
  if (id === 'integration-fails') return { id, value, names, detail: whyIn(answer) };
  if (id) return { id, value, names };
  if (gatewayError !== undefined) return undefined;
  return { id: status >= 300 && status < 400 ? 'redirect' : 'status', value, names };
}

const BY_ERROR: Partial<Record<string, Cause['id']>> = {
  MISSING_AUTHENTICATION_TOKEN: 'authorizer',
  UNAUTHORIZED: 'authorizer',
  ACCESS_DENIED: 'resource-policy',
  INVALID_API_KEY: 'api-key',
  BAD_REQUEST_PARAMETERS: 'validator',
  BAD_REQUEST_BODY: 'validator',
  UNSUPPORTED_MEDIA_TYPE: 'media-type',
  API_CONFIGURATION_ERROR: 'integration-fails',
  INTEGRATION_FAILURE: 'integration-fails',
};

/** The actual request may have a route where its preflight has none. */
function hasRoute({ api, request, exchanges }: Decided): boolean {
  if (exchanges.preflight === undefined || exchanges.response !== undefined) return false;
  const { method = 'GET', path } = request;
  const verb = normalizeMethod(method);
  return routesOf(api).some(({ verbs, matches }) => (verbs.includes(verb) || verbs.includes('ANY')) && matches(path));
}

/** The gateway's trail ends in what it answers; what comes before says why. */
function whyIn({ trail }: GatewayAnswer): string | undefined {
  const at = trail.findIndex((each) => each.startsWith('API Gateway answers '));
  const why = at > 0 ? trail[at - 1] : undefined;
  return why === undefined ? undefined : readable(why);
}
