import { type CfnResource, Lazy } from 'aws-cdk-lib';
import { CfnRoute, HttpMethod, HttpNoneAuthorizer, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { SwallowedPreflight } from '../api-gateway/shadowed-preflights';
import type { PreflightHandler } from '../options/preflight-handler';
import { property } from '../tree/properties';
import { describedIntegration, invocationOf } from './described-integration';
import { warnAboutBackend } from './diagnostics';
import { fixedRequestOf } from './fixed-request';
import { apiIdOf, type HttpApiTree, homeOf, l2Of, type RouteNode } from './http-api-tree';
import { PreflightFunction } from './preflight-function';

/** What a `PreflightHandler` makes of the preflights that routes take from API Gateway. */

/** Whether preflights that this route takes get an OPTIONS route. */
export function answersFor({ _kind: kind }: PreflightHandler, route: RouteNode): boolean {
  return kind !== 'backend' || (route.authorization !== undefined && fixedRequestOf(route) === undefined);
}

/**
 * An OPTIONS route that anyone may call. It is `<scope>/<id>/Resource` whatever stands behind it,
 * so that its logical id stays when the handler changes: CloudFormation creates before it deletes,
 * and an API has a route key only once.
 */
export function addOpenRoute(
  handler: PreflightHandler,
  scope: Construct,
  id: string,
  { path, by }: SwallowedPreflight<RouteNode>,
  tree: HttpApiTree,
): void {
  if (handler._integration) addBoundRoute(handler, scope, id, path, tree);
  else if (handler._kind === 'built-in') {
    openRoute(scope, id, { apiId: apiIdOf(by), path, target: PreflightFunction.of(homeOf(tree)).target });
  } else {
    const target = Lazy.uncachedString({ produce: () => property(by.cfn, 'Target') });
    openRoute(scope, id, { apiId: apiIdOf(by), path, target });
    warnAboutBackend(by);
  }
}

/**
 * The integration that answers, as an OpenAPI document describes it; `undefined`: that of the route
 * itself.
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
    throw new Error(
      `PreflightHandler.integration: the integration answers for ${known.api.node.path} already, and serves one API only. Make another one for ${api.node.path}.`,
    );
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

function openRoute(scope: Construct, id: string, route: { apiId: string; path: string; target: string }): void {
  new CfnRoute(new Construct(scope, id), 'Resource', {
    apiId: route.apiId,
    routeKey: `OPTIONS ${route.path}`,
    authorizationType: 'NONE',
    target: route.target,
  });
}
