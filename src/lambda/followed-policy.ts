import { CfnResource, Stage } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { groupBy } from '../collections';
import type { Policy } from '../policy/policy';
import { identity } from '../tree/attachments';
import type { RoutePolicies } from '../tree/route-policies';
import { runtimeFaults, runtimePolicy } from './runtime-policy';

/** The policy that a function takes over from an API, or why it can take none. */
export type Followed = { readonly policy: Policy } | { readonly faults: string[] };

/**
 * The policy of the routes of an API that end in a function; where none is seen to end there, that
 * of the API as a whole.
 */
export function followedPolicy(fn: IConstruct, api: IConstruct, notes: RoutePolicies): Followed {
  const routes = notes.ofFunction(fn).filter(({ apis }) => apis.includes(identity(api)));
  const groups = groupBy(routes, ({ policy }) => JSON.stringify(runtimePolicy(policy)));
  if (groups.length > 1) {
    const each = groups.map((same) => same.map(({ route }) => route).join(', '));
    return {
      faults: [
        `${fn.node.path}: the routes of ${api.node.path} that end in this function follow ${groups.length} ` +
          `CORS policies: ${each.join(' / ')}. ` +
          'A function follows one: put one policy on these routes, or use a function for each.',
      ],
    };
  }
  const policy = groups[0]?.[0].policy ?? notes.ofApi(api);
  if (!policy) {
    return {
      faults: [
        `${fn.node.path}: ${api.node.path} has no CORS policy for CorsRuntime to take over. ` +
          'Put one on the API, with EnableCors.on(api, …) or its cors property, or give cors in place of api.',
      ],
    };
  }
  const faults = runtimeFaults(policy).map((fault) => `${fn.node.path}: ${fault}`);
  return faults.length > 0 ? { faults } : { policy };
}

/** Why a construct is not an API whose policy a function could take over. */
export function apiFault(api: unknown, user: IConstruct): string | undefined {
  if (!Construct.isConstruct(api))
    return 'api: this takes a REST or HTTP API. Write { api }, or { cors } for a policy.';
  const type = CfnResource.isCfnResource(api) && api.cfnResourceType;
  const isApi = type
    ? type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGatewayV2::Api'
    : ('restApiId' in api && !('resourceId' in api)) || (api as { isHttpApi?: boolean }).isHttpApi === true;
  if (!isApi) return `api: ${api.node.path} is not a REST or HTTP API. Write { cors } for a policy of another kind.`;
  return Stage.of(api) === Stage.of(user)
    ? undefined
    : `api: ${api.node.path} is in another Stage, which is deployed on its own. Write { cors } with the same policy.`;
}
