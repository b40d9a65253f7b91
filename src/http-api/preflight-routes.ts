import { type CfnResource, Stack } from 'aws-cdk-lib';
import { HttpRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct, IConstruct } from 'constructs';
import { type SwallowedPreflight, swallowedPreflights } from '../api-gateway/shadowed-preflights';
import type { PreflightHandler } from '../options/preflight-handler';
import { isMadeFromDocument } from '../tree/api-documents';
import { L1_ID } from '../tree/cdk-internals';
import { markOwn, ownDetail } from '../tree/own-constructs';
import { isInTree } from '../tree/tree-order';
import { underSameCondition } from '../tree/under-same-condition';
import { informAboutOpenBackends, warnAboutFixedRequest } from './diagnostics';
import { type HttpApiTree, homeOf, type RouteNode } from './http-api-tree';
import { type PreflightCode, PreflightFunction } from './preflight-function';
import { type Answerer, addOpenRoute, answererOf } from './preflight-integrations';

/**
 * Has the handler answer the preflights that routes take from API Gateway; nothing but OPTIONS is
 * opened.
 */
export function addPreflightRoutes(tree: HttpApiTree, handler: PreflightHandler): void {
  answerPreflights(tree, handler, swallowedPreflights(tree.routes, tree.documented), (route) =>
    answererOf(handler, route),
  );
}

/**
 * The same where API Gateway answers no preflight itself:
 * a function that compares origins stands in for it.
 */
export function addMatchingPreflightRoutes(
  tree: HttpApiTree,
  handler: PreflightHandler,
  codeFor: (user: IConstruct) => PreflightCode,
): void {
  const api = tree.api!;
  // A document has what is to be said of all routes together.
  const unrouted = isMadeFromDocument(api) ? [] : unroutedPreflights(api, tree.routes);
  const paths = unrouted.map(({ path }) => path);
  const others = swallowedPreflights(tree.routes, tree.documented).filter(({ path }) => !paths.includes(path));
  answerPreflights(tree, handler, [...unrouted, ...others], (route) =>
    route.cfn === api ? 'function' : answererOf(handler, route),
  );
  PreflightFunction.existing(homeOf(tree))?.compare(codeFor(api));
}

/**
 * Those that API Gateway would answer otherwise, in one deployment or another. The API stands for
 * it, as a route that takes whatever no other one does.
 */
function unroutedPreflights(api: CfnResource, routes: RouteNode[]): SwallowedPreflight<RouteNode>[] {
  const isCertain = ({ cfn }: RouteNode) => [undefined, api.cfnOptions.condition].includes(cfn.cfnOptions.condition);
  const certain = routes.filter((route) => route.verb === 'OPTIONS' || isCertain(route));
  if (certain.some(({ path }) => path === undefined)) return [];
  const service: RouteNode = { cfn: api, verb: 'ANY', integrations: () => [], isSeenWhole: () => false };
  return swallowedPreflights([...certain, service]).filter(({ by }) => by === service);
}

function answerPreflights(
  tree: HttpApiTree,
  handler: PreflightHandler,
  preflights: SwallowedPreflight<RouteNode>[],
  answererFor: (route: RouteNode) => Answerer | undefined,
): void {
  const left = [];
  const added = new Set<IConstruct>();
  for (const preflight of nearestFirst(tree, preflights)) {
    const answerer = answererFor(preflight.by);
    if (answerer) added.add(addPreflightRoute(tree, handler, answerer, preflight));
    else left.push(preflight.by);
  }
  for (const route of tree.preflightRoutes)
    if (isInTree(route) && !added.has(route.node.scope!)) withdraw(route.node.scope!);
  for (const route of left.filter(({ authorization }) => authorization !== undefined)) warnAboutFixedRequest(route);
  informAboutOpenBackends(
    tree,
    left.filter(({ authorization }) => authorization === undefined),
  );
}

/**
 * The other routes use the resources that the first route makes, and the API's stack cannot depend
 * on another one that has a route of it.
 */
function nearestFirst(tree: HttpApiTree, preflights: SwallowedPreflight<RouteNode>[]): SwallowedPreflight<RouteNode>[] {
  const home = Stack.of(homeOf(tree).scope);
  const isNear = ({ by }: SwallowedPreflight<RouteNode>) => Stack.of(by.cfn) === home;
  return [...preflights.filter(isNear), ...preflights.filter((preflight) => !isNear(preflight))];
}

/**
 * Each preflight once, for the route that takes it by now: the tree is looked at more than once.
 */
function addPreflightRoute(
  tree: HttpApiTree,
  handler: PreflightHandler,
  answerer: Answerer,
  preflight: SwallowedPreflight<RouteNode>,
): IConstruct {
  const { cfn } = preflight.by;
  const id = idOf(preflight.path);
  const scope = scopeOf(tree, cfn, id);
  const existing = scope.node.tryFindChild(id);
  if (existing && routeIn(existing) && (isShared(existing) || isFor(existing, cfn, answerer))) return existing;
  if (existing) withdraw(existing);
  addOpenRoute(answerer, handler, scope, id, preflight, tree);
  const added = scope.node.findChild(id);
  markOwn(added, 'preflight-route', { route: cfn, answerer });
  // The route may bring along what others come to share, such as an integration: that is made
  // wherever the API is.
  underSameCondition(added, tree.api);
  underSameCondition(routeIn(added), cfn);
  return added;
}

/** Whether an earlier look at the tree made it for the same route, and the same answers. */
function isFor(existing: IConstruct, route: CfnResource, answerer: Answerer): boolean {
  const made = ownDetail<{ route: CfnResource; answerer: Answerer }>(existing, 'preflight-route');
  return made?.route === route && made.answerer === answerer;
}

/** A path is told from any other by it: in a construct's id, every slash becomes two dashes. */
function idOf(path: string): string {
  return `OPTIONS${path.replace(/-(?=[-/])|(?<=[-/])-/g, '%2D')}`;
}

/** Takes back an OPTIONS route that an earlier look at the tree asked for. */
function withdraw(added: IConstruct): void {
  if (isShared(added)) added.node.tryRemoveChild(L1_ID);
  else added.node.scope!.node.tryRemoveChild(added.node.id);
}

/** An L2 holds the integration that all of them call, whichever routes they are for. */
function isShared(added: IConstruct): boolean {
  return added instanceof HttpRoute;
}

/**
 * Below the API where that is in the route's stack, so that the logical id depends only on the
 * path: another route may come to swallow the same preflights, and CloudFormation creates before it
 * deletes. Where one path has several routes, each on a condition of its own, the first comes below
 * the API, and the others below the route that they are for.
 */
function scopeOf(tree: HttpApiTree, route: CfnResource, id: string): Construct {
  const home = homeOf(tree).scope;
  if (Stack.of(home) !== Stack.of(route)) return route;
  const first = home.node.tryFindChild(id);
  const { condition } = route.cfnOptions;
  const taken = first && routeIn(first).cfnOptions.condition;
  return taken && condition && taken !== condition ? route : home;
}

function routeIn(added: IConstruct): CfnResource {
  const route = added.node.tryFindChild(L1_ID);
  if (route) return route as CfnResource;
  throw new Error(
    `${added.node.path}: an earlier synthesis took this OPTIONS route back, and it cannot be made again. ` +
      'Make a new App.',
  );
}
