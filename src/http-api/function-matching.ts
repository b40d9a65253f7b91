import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isMadeFromDocument } from '../tree/api-documents';
import { identity } from '../tree/attachments';
import { targetsOnlyCorsAwareBackends } from '../tree/cors-aware-backends';
import { isOverridden, property } from '../tree/properties';
import { hasOwnCorsConfiguration } from './cors-configuration';
import { type HttpApiTree, homeOf, type RouteTarget, routeName } from './http-api-tree';

/**
 * `OriginMatching.FUNCTIONS`: API Gateway is told nothing of CORS, and the functions behind the
 * routes compare origins. That works only where each of them does, and what keeps it from working is
 * told when the tree is whole: a `CorsRuntime` may come last.
 */
export function refuseUnmatchedRoutes(tree: HttpApiTree): void {
  const api = identity(homeOf(tree).scope);
  const isNew = !looks.has(api);
  looks.set(api, tree);
  if (isNew) api.node.addValidation({ validate: () => faultsOf(looks.get(api)!) });
}

/** The latest look at each API. */
const looks = new WeakMap<IConstruct, HttpApiTree>();

function faultsOf(tree: HttpApiTree): string[] {
  const { api, routes, deployTimeRoutes } = tree;
  if (!api) return [`${OPTION}: ${imported(tree)}`];
  const { path } = identity(api).node;
  if (isMadeFromDocument(api)) return [`${OPTION}: ${path} ${FROM_DOCUMENT}`];
  const configured = hasOwnCorsConfiguration(api) || isOverridden(api, 'CorsConfiguration');
  return [
    ...(configured ? [`${OPTION}: ${path} ${CONFIGURED}`] : []),
    ...[...routes, ...deployTimeRoutes].filter((route) => !endsInCorsRuntime(route)).map(unmatched),
  ];
}

const OPTION = 'cors.originMatching';

const FROM_DOCUMENT =
  'is made from an OpenAPI document. OriginMatching.FUNCTIONS is for APIs whose routes are constructs: add the routes with addRoutes, or leave originMatching out.';

const CONFIGURED =
  'has a CORS configuration of its own, and API Gateway would replace the headers of the functions by it. Remove that, or leave originMatching out.';

function imported({ targets }: HttpApiTree): string {
  return `${targets[0].node.path} is imported, so its CORS configuration and its other routes cannot be seen. Put OriginMatching.FUNCTIONS on the API where it is made.`;
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

function unmatched(route: RouteTarget): string {
  return `${OPTION}: ${routeName(route)} (${identity(route.cfn).node.path}) does not end in a function with a CorsRuntime, so nobody would send the CORS headers of its responses. Attach a CorsRuntime to its function, or leave originMatching out.`;
}
