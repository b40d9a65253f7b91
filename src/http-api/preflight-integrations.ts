import { type CfnResource, Lazy } from 'aws-cdk-lib';
import { CfnRoute, HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { SwallowedPreflight } from '../api-gateway/shadowed-preflights';
import type { PreflightHandler } from '../options/preflight-handler';
import { CorsPolicyError } from '../policy/faults';
import { noteOpenedOptions } from '../tree/cors-aware-backends';
import { suppressNagOnPreflight } from '../tree/nag';
import { property } from '../tree/properties';
import { describedIntegration, invocationOf } from './described-integration';
import { answersForItself, warnAboutBackend, warnAboutFixedRequest } from './diagnostics';
import { fixedRequestOf } from './fixed-request';
import { apiIdOf, type HttpApiTree, homeOf, l2Of, type RouteNode } from './http-api-tree';
import { PreflightFunction } from './preflight-function';

/** What a `PreflightHandler` makes of the preflights that routes take from API Gateway. */

/** What answers the preflights of a route. */
export type Answerer = 'route' | 'function' | 'integration';

/**
 * What answers the preflights that a route takes: the integration of the route itself, our
 * function, or an integration of the user's. `undefined` where no OPTIONS route is opened.
 */
export function answererOf({ _kind: kind }: PreflightHandler, route: RouteNode): Answerer | undefined {
  const isClosed = route.authorization !== undefined;
  switch (kind) {
    case 'integration':
      return 'integration';
    case 'built-in':
      return 'function';
    case 'backend':
      return isClosed && isSafeToOpen(route) ? 'route' : undefined;
    case 'default':
      if (!isClosed) return undefined;
      return isSafeToOpen(route) && answersForItself(route) ? 'route' : 'function';
  }
}

/**
 * Whether anyone may send OPTIONS to the integration of an authorized route: it is seen whole, and
 * learns the method of the request.
 */
function isSafeToOpen(route: RouteNode): boolean {
  return route.isSeenWhole() && fixedRequestOf(route) === undefined;
}

/**
 * An OPTIONS route that anyone may call. It is `<scope>/<id>/Resource` whatever stands behind it,
 * so that its logical id stays when the handler changes: CloudFormation creates before it deletes,
 * and an API has a route key only once.
 */
export function addOpenRoute(
  answerer: Answerer,
  handler: PreflightHandler,
  scope: Construct,
  id: string,
  { path, by }: SwallowedPreflight<RouteNode>,
  tree: HttpApiTree,
): void {
  if (answerer === 'integration') addBoundRoute(handler, scope, id, path, tree);
  else if (answerer === 'function') {
    const { target } = PreflightFunction.of(homeOf(tree));
    openRoute(scope, id, { apiId: apiIdOf(by), path, target, authorizationType: 'NONE' });
  } else {
    const target = Lazy.uncachedString({ produce: () => property(by.cfn, 'Target') });
    const authorizationType = Lazy.uncachedString({ produce: () => (isSafeToOpen(by) ? 'NONE' : closeAgain(by)) });
    const route = openRoute(scope, id, { apiId: apiIdOf(by), path, target, authorizationType });
    for (const integration of by.integrations()) noteOpenedOptions(property(integration, 'IntegrationUri'), route);
    warnAboutBackend(by);
  }
}

/** Something changed the integration after the tree was looked at: nobody may call it unsigned. */
function closeAgain(by: RouteNode): string {
  warnAboutFixedRequest(by);
  return 'AWS_IAM';
}

/**
 * The integration that answers, as an OpenAPI document describes it; `undefined`: that of the route
 * itself, where it may.
 */
export function describedHandler(handler: PreflightHandler, api: CfnResource): Record<string, unknown> | undefined {
  if (handler._integration) return describedOnce(handler, api);
  if (handler._kind === 'backend') return undefined;
  const { arn } = PreflightFunction.of({ scope: api, apiId: api.ref });
  return { type: 'aws_proxy', httpMethod: 'POST', uri: invocationOf(arn, api), payloadFormatVersion: '2.0' };
}

/** Binding an integration may make constructs, so it is done once. */
const described = new WeakMap<PreflightHandler, { api: CfnResource; integration: Record<string, unknown> }>();

function describedOnce(handler: PreflightHandler, api: CfnResource): Record<string, unknown> {
  const known = described.get(handler) ?? { api, integration: describedIntegration(handler._integration!, api) };
  described.set(handler, known);
  if (known.api !== api) {
    throw new CorsPolicyError([
      `cors.preflightHandler: the integration answers for ${known.api.node.path} already, ` +
        `and serves one API only. Make another one for ${api.node.path}.`,
    ]);
  }
  return known.integration;
}

/**
 * An L2, as only that can bind an integration; the API's default authorizer and scopes reach it
 * unless it is told otherwise.
 */
function addBoundRoute(handler: PreflightHandler, scope: Construct, id: string, path: string, tree: HttpApiTree): void {
  new HttpRoute(scope, id, {
    httpApi: l2Of(tree),
    routeKey: HttpRouteKey.with(path, HttpMethod.OPTIONS),
    integration: handler._integration!,
    authorizer: new HttpNoneAuthorizer(),
    authorizationScopes: [],
  });
}

interface OpenRoute {
  readonly apiId: string;
  readonly path: string;
  readonly target: string;
  readonly authorizationType: string;
}

function openRoute(scope: Construct, id: string, { path, ...route }: OpenRoute): CfnRoute {
  const made = new CfnRoute(new Construct(scope, id), 'Resource', { ...route, routeKey: `OPTIONS ${path}` });
  suppressNagOnPreflight(made);
  return made;
}
