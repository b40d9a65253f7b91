import { gatewayFor } from '../gateway/gateway-for';
import type { LambdaBackend } from '../model/api-model';
import type { PolicyMark } from '../template/policy-marks';
import { readable } from '../unknown';
import { routeOf } from './place';
import { policyAt } from './policy-at';
import { besideDefault, optionOf, quoted } from './policy-terms';
import type { Need, Terms } from './terms';

/**
 * A function whose environment has a policy: the one that it takes over from an API, or one of its
 * own.
 *
 * @param policy that holds for its route
 */
export function functionTerms(need: Need, name: string, policy: PolicyMark | undefined): Terms {
  const { api, request, cause } = need;
  const origin = quoted(readable(request.origin));
  const { follows } = lambdaOf(need) ?? {};
  const followed = follows === undefined ? undefined : followedPolicy(need, follows, policy);
  const option = (each: string): string =>
    followed ? optionOf(followed, each) : `cors.${each} of the CorsRuntime of ${name}`;
  /** A policy of its own is for the same pages as that of the API, and follows each change. */
  const both = (each: string, isToo = 'and to'): string =>
    policy && !followed ? `${optionOf(policy, each)}, ${isToo} ${option(each)}` : option(each);
  const ofTemplate = api.authoring?.tool === 'cdk' ? '' : ' (CORS_POLICY in the template)';
  const credentials = request.credentials ? `, and set ${option('allowCredentials')} to true` : '';
  return {
    origin: () => {
      if (cause.value === '*')
        return `list ${origin} in ${both('allowOrigins', 'and in')} in place of "*"${credentials}${ofTemplate}`;
      return policy && !followed && isLetInByApi(need)
        ? `let ${name} follow the policy of the API: new CorsRuntime(…, { api }); ` +
            `or add ${origin} to ${option('allowOrigins')}`
        : `add ${origin} to ${both('allowOrigins')}${ofTemplate}`;
    },
    credentials: () => `set ${both('allowCredentials', 'and')} to true${ofTemplate}`,
    methods: (names) => `add ${names.map(quoted).join(', ')} to ${both('allowMethods')}${ofTemplate}`,
    headers: (names) =>
      `add ${names.map(quoted).join(', ')} to ${both('allowHeaders')}${besideDefault(need)}${ofTemplate}`,
    preflight: () => `let ${name} answer OPTIONS: wrap its handler in withCors or with_cors`,
  };
}

function lambdaOf({ api, cause: { answer } }: Need): LambdaBackend | undefined {
  const route = routeOf(api, answer.answeredBy);
  if (!route) return undefined;
  return 'methodResponses' in route ? route.integration?.lambda : route.lambda;
}

/** That of the route, unless the function follows another API than the one in front of it. */
function followedPolicy({ api }: Need, follows: string, policy: PolicyMark | undefined): PolicyMark | undefined {
  return follows === api.constructPath ? policy : policyAt({ ...api, constructPath: follows });
}

/** Whether the API itself, where it answers preflights, lets the page in. */
function isLetInByApi({ api, request }: Need): boolean {
  const { origin, path, method = 'GET' } = request;
  const headers = { origin, 'access-control-request-method': method };
  const answer = gatewayFor(api).answer({ method: 'OPTIONS', path, headers });
  return answer.byFunction === undefined && answer.headers['access-control-allow-origin'] === origin;
}
