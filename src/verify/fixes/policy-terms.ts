import type { PolicyMark } from '../template/policy-marks';
import { readable } from '../unknown';
import { askedByRoutes } from './asked-by-routes';
import { methodOf } from './place';
import type { Need, Terms } from './terms';

/** An API with a policy of this library: its options, by their names. */
export function policyTerms(need: Need, policy: PolicyMark): Terms {
  const { request, cause } = need;
  const origin = readable(request.origin);
  const option = (name: string): string => optionOf(policy, name);
  const credentials = request.credentials ? `, and set ${option('allowCredentials')} to true` : '';
  return {
    origin: () => {
      if (cause.answer.gatewayError !== undefined && need.api.kind === 'REST')
        return (
          `set ${option('errorOrigin')} to ErrorOrigin.exactly(${quoted(origin)}) (or reflect(), ` +
          'for several origins)'
        );
      const own = ownMapping(need);
      if (own)
        return `take ${own}, so that the policy sends it, and have ${quoted(origin)} in ${option('allowOrigins')}`;
      if (cause.value === '*')
        return `list ${quoted(origin)} in ${option('allowOrigins')} in place of "*"${credentials}`;
      return `add ${quoted(origin)} to ${option('allowOrigins')}`;
    },
    credentials: () => {
      const own = ownMapping(need);
      return `set ${option('allowCredentials')} to true${own ? `, and take ${own}` : ''}`;
    },
    methods: (names) => `add ${names.map(quoted).join(', ')} to ${option('allowMethods')}`,
    headers: (names) => `add ${names.map(quoted).join(', ')} to ${option('allowHeaders')}${besideDefault(need)}`,
    preflight: () =>
      `put a policy on this resource too: ${policy.path} has one, and it does not reach here (includeChildren, ` +
      'or EnableCors on the API)',
  };
}

/**
 * Who wrote no list has the default and what the routes ask for, and would lose both by writing
 * one.
 */
export function besideDefault({ api, cause: { answer } }: Need): string {
  if (!/x-amz-user-agent/i.test(answer.headers['access-control-allow-headers'] ?? '')) return '';
  const asked = askedByRoutes(api);
  const more = asked.length > 0 ? `, and add ${asked.map(quoted).join(', ')}, which the routes ask for` : '';
  return ` (without a list there so far, spread CorsHeaders.DEFAULT into it, too${more})`;
}

export function optionOf({ calledAs, path }: PolicyMark, name: string): string {
  return calledAs.startsWith('cors of') ? `cors.${name} of ${path}` : `${name} of ${calledAs} on ${path}`;
}

/**
 * Where the policy lets an origin in and the method maps another header on its own, that mapping
 * wins.
 */
function ownMapping({ api, cause: { answer, of }, exchanges, request }: Need): string | undefined {
  const method = methodOf(api, answer.answeredBy);
  if (of === 'preflight' || method?.integration === undefined) return undefined;
  const preflight = exchanges.preflight?.answer.headers['access-control-allow-origin'];
  const isLetIn = preflight === request.origin || (preflight === '*' && !request.credentials);
  return isLetIn ? `the mapping of Access-Control-Allow-Origin out of ${method.where}` : undefined;
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}
