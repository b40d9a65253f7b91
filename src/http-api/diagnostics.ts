import type { CfnResource } from 'aws-cdk-lib';
import type { AskedHeaders } from '../api-gateway/asked-headers';
import { conditionalPreflights } from '../api-gateway/shadowed-preflights';
import { missingAllowHeader } from '../policy/asked-headers';
import type { Policy } from '../policy/policy';
import { unlistedMethod, wildcardMissesAuthorization } from '../policy/policy-warnings';
import { asText } from '../text/as-text';
import { isMadeFromDocument } from '../tree/api-documents';
import { identity } from '../tree/attachments';
import { targetsCorsAwareBackend } from '../tree/cors-aware-backends';
import { isOverridden, knownProperty, property } from '../tree/properties';
import { annotate, inform, warn } from '../warnings/warn';
import { hasOwnCorsConfiguration } from './cors-configuration';
import { fixedRequestOf } from './fixed-request';
import { authorizationOf, type HttpApiTree, homeOf, type RouteNode, routeName } from './http-api-tree';

/**
 * Problems of an HTTP API that a policy alone cannot solve. Each id is explained in
 * `docs/rules.md`.
 */

export function warnAboutApi(tree: HttpApiTree, policy: Policy): void {
  warnAboutUnseenRoutes(tree, policy);
  warnAboutAuthorizers(tree, policy);
  warnAboutClosedOptions(tree);
  warnAboutUnseenPreflights(tree);
  warnAboutConditions(tree);
  warnAboutStages(tree);
}

/** What concerns API Gateway's own part of it. */
export function warnAboutService(tree: HttpApiTree, policy: Policy): void {
  warnAboutUnlistedMethods(tree, policy);
  warnAboutConfiguration(tree);
}

/** The CORS configuration is a property of the API, so only who makes it can write it. */
function warnAboutConfiguration({ api, targets }: HttpApiTree): void {
  if (!api) {
    warn(targets[0], 'ImportedHttpApi');
  } else if (hasOwnCorsConfiguration(api) || isOverridden(api, 'CorsConfiguration')) {
    warn(identity(api), 'OwnCorsConfiguration', { property: 'CorsConfiguration' });
  }
}

function warnAboutUnseenRoutes(tree: HttpApiTree, policy: Policy): void {
  if (!tree.api || isMadeFromDocument(tree.api) || policy.methods !== undefined || allRoutesSeen(tree)) return;
  warn(identity(tree.api), 'UnseenRoutes');
}

/**
 * Whether methods can be derived from the routes. From OPTIONS routes alone they cannot: no page
 * asks for OPTIONS.
 */
export function allRoutesSeen({ routes, deployTimeRoutes }: HttpApiTree): boolean {
  return routes.some(({ verb }) => verb !== 'OPTIONS') && deployTimeRoutes.length === 0;
}

/** `*` in Access-Control-Allow-Headers does not cover Authorization. */
function warnAboutAuthorizers(tree: HttpApiTree, policy: Policy): void {
  const authorized = tree.routes.some(({ authorization }) => authorization !== undefined);
  const warning = authorized && wildcardMissesAuthorization(policy);
  if (warning) annotate(identity(homeOf(tree).scope), warning);
}

/** Browsers need no listing for these, API Gateway does. */
function warnAboutUnlistedMethods(tree: HttpApiTree, policy: Policy): void {
  const routes = [...tree.routes, ...tree.documented];
  const warning = unlistedMethod(
    policy,
    routes.map(({ verb }) => verb),
  );
  if (warning) annotate(identity(homeOf(tree).scope), warning);
}

/** A list by hand that stops the requests which the routes ask for. */
export function warnAboutMissingHeaders(tree: HttpApiTree, policy: Policy, asked: AskedHeaders): void {
  const warning = missingAllowHeader(policy, asked);
  if (warning) annotate(identity(homeOf(tree).scope), warning);
}

/** The user's own OPTIONS routes, and ours where an Aspect of the app secures every route. */
function warnAboutClosedOptions({ routes, preflightRoutes }: HttpApiTree): void {
  const own = routes.filter(({ verb, authorization }) => verb === 'OPTIONS' && authorization !== undefined);
  const closed = preflightRoutes.filter(
    (route) => knownProperty(route, 'AuthorizationType') !== 'NONE' || hasScopes(route),
  );
  for (const route of [...own.map(({ cfn }) => cfn), ...closed]) {
    warn(identity(route), 'ClosedPreflight', { needs: 'an authorizer' });
  }
}

/** API Gateway refuses scopes on a route without an authorizer. */
function hasScopes(route: CfnResource): boolean {
  const scopes = property(route, 'AuthorizationScopes');
  return scopes !== undefined && !(Array.isArray(scopes) && scopes.length === 0);
}

/**
 * The route key is a token, so whether it matches OPTIONS is unknown, unless it begins with another
 * method.
 */
function warnAboutUnseenPreflights({ deployTimeRoutes }: HttpApiTree): void {
  for (const { cfn: route } of deployTimeRoutes) {
    const key = JSON.stringify(knownProperty(route, 'RouteKey') ?? '');
    if (authorizationOf(route) === undefined || /"(GET|HEAD|PUT|POST|PATCH|DELETE) \//i.test(key)) continue;
    warn(identity(route), 'UnseenPreflight');
  }
}

/** What stands in for a closed route in one deployment may be missing in another. */
function warnAboutConditions({ routes }: HttpApiTree): void {
  for (const { by, instead } of conditionalPreflights(routes, ({ cfn }) => cfn.cfnOptions.condition)) {
    if (by.authorization === undefined) continue;
    warn(identity(by.cfn), 'ConditionalPreflight', { preflightRoute: identity(instead.cfn).node.path });
  }
}

function warnAboutStages({ stages }: HttpApiTree): void {
  for (const stage of stages) {
    const autoDeploy = property(stage, 'AutoDeploy');
    if (autoDeploy !== undefined && asText(autoDeploy) !== 'false') continue;
    warn(identity(stage), 'ManualDeployment');
  }
}

/** A route whose own integration now answers its preflights. */
export function warnAboutBackend(route: RouteNode): void {
  if (answersForItself(route)) return;
  warn(identity(route.cfn), 'BackendAnswersPreflight', { backends: backendOf(route) });
}

/** A route whose preflights stay closed, because opening them would open more. */
export function warnAboutFixedRequest(route: RouteNode): void {
  const fixed = fixedRequestOf(route);
  const why = fixed
    ? `${backendOf(route)} turns each request into ${fixed}`
    : 'its integration is made elsewhere or known only at deployment, and may act on any request';
  warn(identity(route.cfn), 'UnsafePreflightBackend', { why });
}

/**
 * Routes without an authorizer, whose integration answers their preflights as it answers everything
 * else.
 */
export function informAboutOpenBackends(tree: HttpApiTree, routes: RouteNode[]): void {
  const unaware = routes.filter((route) => !answersForItself(route));
  if (unaware.length === 0) return;
  inform(identity(homeOf(tree).scope), 'BackendAnswersOpenPreflight', { at: [...new Set(unaware.map(routeName))] });
}

/** A function with the runtime helpers. */
export function answersForItself(route: RouteNode): boolean {
  const integrations = route.integrations();
  return (
    integrations.length > 0 &&
    integrations.every((each) => targetsCorsAwareBackend(property(each, 'IntegrationUri'), each))
  );
}

function backendOf(route: RouteNode): string {
  const paths = route.integrations().map((integration) => identity(integration).node.path);
  return paths.join(' or ') || `the integration of ${identity(route.cfn).node.path}`;
}
