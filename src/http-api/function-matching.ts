import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { importedForMatching, ownMatchingConfiguration, unmatchedRoute } from '../policy/function-matching';
import { type Attachment, identity } from '../tree/attachments';
import { targetsOnlyCorsAwareBackends } from '../tree/cors-aware-backends';
import { withWaysOut } from '../tree/default-policies';
import { isOverridden, property } from '../tree/properties';
import { hasOwnCorsConfiguration } from './cors-configuration';
import { type HttpApiTree, homeOf, type RouteTarget, routeName } from './http-api-tree';

/**
 * `OriginMatching.FUNCTIONS`: API Gateway is told nothing of CORS, and the functions behind the
 * routes compare origins. That works only where each of them does, and what keeps it from working
 * is told when the tree is whole: a `CorsRuntime` may come last.
 */
export function refuseUnmatchedRoutes(tree: HttpApiTree, attachment: Attachment): void {
  const api = identity(homeOf(tree).scope);
  const isNew = !looks.has(api);
  looks.set(api, { tree, attachment });
  const validate = () => {
    const latest = looks.get(api)!;
    return faultsOf(latest.tree).map((fault) => withWaysOut(fault, latest.attachment));
  };
  if (isNew) api.node.addValidation({ validate });
}

/** The latest look at each API. */
const looks = new WeakMap<IConstruct, { tree: HttpApiTree; attachment: Attachment }>();

function faultsOf(tree: HttpApiTree): string[] {
  const { api, routes, deployTimeRoutes } = tree;
  if (!api) return [importedForMatching(tree.targets[0].node.path)];
  const configured = hasOwnCorsConfiguration(api) || isOverridden(api, 'CorsConfiguration');
  const unmatched = [...routes, ...deployTimeRoutes].filter((route) => !endsInCorsRuntime(route));
  return [
    ...(configured ? [ownMatchingConfiguration(identity(api).node.path)] : []),
    ...unmatched.map((route) => unmatchedRoute(routeName(route), identity(route.cfn).node.path)),
  ];
}

/** Whether all that a route may call sends the headers itself. */
function endsInCorsRuntime({ integrations, isSeenWhole }: RouteTarget): boolean {
  return isSeenWhole() && integrations().every(callsCorsRuntime);
}

function callsCorsRuntime(integration: CfnResource): boolean {
  return (
    property(integration, 'IntegrationType') === 'AWS_PROXY' &&
    property(integration, 'IntegrationSubtype') === undefined &&
    targetsOnlyCorsAwareBackends(property(integration, 'IntegrationUri'), integration)
  );
}
