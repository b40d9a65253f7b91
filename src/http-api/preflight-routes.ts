import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { type SwallowedPreflight, swallowedPreflights } from '../policy/route-key';
import { underSameCondition } from '../tree/under-same-condition';
import { informAboutOpenBackends, warnAboutFixedRequest } from './diagnostics';
import { type HttpApiTree, homeOf, type RouteNode } from './http-api-tree';
import type { PreflightHandler } from './preflight-handler';

/** What stands above each OPTIONS route that is ours. */
const ours = new WeakSet<IConstruct>();

export function isPreflightRoute(route: CfnResource): boolean {
  return ours.has(route.node.scope!);
}

/** Has the handler answer the preflights that routes take from API Gateway; nothing but OPTIONS is opened. */
export function addPreflightRoutes(tree: HttpApiTree, handler: PreflightHandler): void {
  const left = [];
  for (const preflight of swallowedPreflights(nearestFirst(tree))) {
    if (handler._answersFor(preflight.by)) addPreflightRoute(tree, handler, preflight);
    else left.push(preflight.by);
  }
  for (const route of left.filter(({ authorization }) => authorization !== undefined)) warnAboutFixedRequest(route);
  informAboutOpenBackends(
    tree,
    left.filter(({ authorization }) => authorization === undefined),
  );
}

/** What the first route brings along is used by the others, and the API's stack cannot depend on another one that has a route of it. */
function nearestFirst(tree: HttpApiTree): RouteNode[] {
  const home = Stack.of(homeOf(tree).scope);
  const isNear = ({ cfn }: RouteNode) => Stack.of(cfn) === home;
  return [...tree.routes.filter(isNear), ...tree.routes.filter((route) => !isNear(route))];
}

/**
 * Below the API where that is in the route's stack, so that the logical id hangs on the path only: another route may come to swallow the same
 * preflights, and CloudFormation creates before it deletes.
 */
function addPreflightRoute(tree: HttpApiTree, handler: PreflightHandler, preflight: SwallowedPreflight<RouteNode>): void {
  const { cfn } = preflight.by;
  const home = homeOf(tree).scope;
  const scope: Construct = Stack.of(home) === Stack.of(cfn) ? home : cfn;
  const id = `OPTIONS${preflight.path}`;
  if (scope.node.tryFindChild(id)) return;
  handler._addRoute(scope, id, preflight, tree);
  const added = scope.node.findChild(id);
  ours.add(added);
  underSameCondition(added, cfn);
}
