import type { CfnResource } from 'aws-cdk-lib';
import type { AskedHeaders } from '../api-gateway/asked-headers';
import { conditionalPreflights } from '../api-gateway/shadowed-preflights';
import { missingAllowHeader } from '../policy/asked-headers';
import type { Policy } from '../policy/policy';
import { wildcardMissesAuthorization } from '../policy/policy-warnings';
import { isMadeFromDocument } from '../tree/api-documents';
import { identity } from '../tree/attachments';
import { pointsAtAnswering } from '../tree/cors-aware-backends';
import { isOverridden, knownProperty, property } from '../tree/properties';
import { inform, warn } from '../warnings/warn';
import { hasOwnCorsConfiguration } from './cors-configuration';
import { fixedRequestOf } from './fixed-request';
import { authorizationOf, type HttpApiTree, homeOf, type RouteNode } from './http-api-tree';

/**
 * What a person should know about an HTTP API that CORS alone cannot mend. Each id is explained in
 * `docs/rules.md`.
 */

export function warnAboutApi(tree: HttpApiTree, policy: Policy): void {
  warnAboutConfiguration(tree);
  warnAboutUnseenRoutes(tree, policy);
  warnAboutAuthorizers(tree, policy);
  warnAboutClosedOptions(tree);
  warnAboutUnseenPreflights(tree);
  warnAboutConditions(tree);
  warnAboutStages(tree);
}

/** The CORS configuration is a property of the API, so only who makes it can write it. */
function warnAboutConfiguration({ api, targets }: HttpApiTree): void {
  if (!api) {
    warn(
      targets[0],
      'ImportedHttpApi',
      'the CORS configuration of an imported HTTP API cannot be changed from here: this app adds OPTIONS routes for its own routes only. Put the policy on the API where it is made, too.',
    );
  } else if (hasOwnCorsConfiguration(api) || isOverridden(api, 'CorsConfiguration')) {
    warn(
      identity(api),
      'OwnCorsConfiguration',
      'something in this app sets CorsConfiguration itself, which wins over the CORS policy. Remove that, or the policy.',
    );
  }
}

function warnAboutUnseenRoutes(tree: HttpApiTree, policy: Policy): void {
  if (!tree.api || isMadeFromDocument(tree.api) || policy.methods !== undefined || allRoutesSeen(tree)) return;
  warn(
    identity(tree.api),
    'UnseenRoutes',
    'not every route of this API can be seen here, or none is there yet, so all seven methods of API Gateway are announced. Say which it has in cors.allowMethods.',
  );
}

/**
 * Whether methods can be derived from the routes. From OPTIONS routes alone they cannot: no page
 * asks for OPTIONS.
 */
export function allRoutesSeen({ routes, opaqueRoutes }: HttpApiTree): boolean {
  return routes.some(({ verb }) => verb !== 'OPTIONS') && opaqueRoutes.length === 0;
}

/** `*` among the request headers is no word for Authorization. */
function warnAboutAuthorizers(tree: HttpApiTree, policy: Policy): void {
  const authorized = tree.routes.some(({ authorization }) => authorization !== undefined);
  const warning = authorized && wildcardMissesAuthorization(policy);
  if (warning) warn(identity(homeOf(tree).scope), warning.id, warning.text);
}

/** A list by hand that stops the requests which the routes ask for. */
export function warnAboutMissingHeaders(tree: HttpApiTree, policy: Policy, asked: AskedHeaders): void {
  const warning = missingAllowHeader(policy, asked);
  if (warning) warn(identity(homeOf(tree).scope), warning.id, warning.text);
}

/** The user's own OPTIONS routes, and ours where an Aspect of the app secures every route. */
function warnAboutClosedOptions({ routes, preflightRoutes }: HttpApiTree): void {
  const own = routes.filter(({ verb, authorization }) => verb === 'OPTIONS' && authorization !== undefined);
  const closed = preflightRoutes.filter(
    (route) => knownProperty(route, 'AuthorizationType') !== 'NONE' || hasScopes(route),
  );
  for (const route of [...own.map(({ cfn }) => cfn), ...closed]) {
    warn(
      identity(route),
      'ClosedPreflight',
      'this OPTIONS route has an authorizer, so API Gateway refuses the preflights that reach it: browsers send them without a token. Give it HttpNoneAuthorizer and authorizationScopes: [], or have the Aspect that secures routes leave out OPTIONS.',
    );
  }
}

/** API Gateway refuses scopes on a route without an authorizer. */
function hasScopes(route: CfnResource): boolean {
  const scopes = property(route, 'AuthorizationScopes');
  return scopes !== undefined && !(Array.isArray(scopes) && scopes.length === 0);
}

/**
 * Whether a route takes OPTIONS is known only at deployment, unless its key begins with another
 * method.
 */
function warnAboutUnseenPreflights({ opaqueRoutes }: HttpApiTree): void {
  for (const route of opaqueRoutes) {
    const key = JSON.stringify(knownProperty(route, 'RouteKey') ?? '');
    if (authorizationOf(route) === undefined || /"(GET|HEAD|PUT|POST|PATCH|DELETE) \//i.test(key)) continue;
    warn(
      identity(route),
      'UnseenPreflight',
      'the key of this route is known only at deployment, so no OPTIONS route was added. If it is ANY or $default, the authorizer of the route refuses preflights. Write the key down, or list methods instead of ANY.',
    );
  }
}

/** What stands in for a closed route in one deployment may be missing in another. */
function warnAboutConditions({ routes }: HttpApiTree): void {
  for (const { by, instead } of conditionalPreflights(routes, ({ cfn }) => cfn.cfnOptions.condition)) {
    if (by.authorization === undefined) continue;
    warn(
      identity(by.cfn),
      'ConditionalPreflight',
      `${identity(instead.cfn).node.path} takes preflights of this route, but is made on a condition only. Where that does not hold, the authorizer of this route refuses them. Put both under one condition, or add the missing OPTIONS route under the opposite one.`,
    );
  }
}

function warnAboutStages({ stages }: HttpApiTree): void {
  for (const stage of stages) {
    const autoDeploy = property(stage, 'AutoDeploy');
    if (autoDeploy !== undefined && String(autoDeploy) !== 'false') continue;
    warn(
      identity(stage),
      'ManualDeployment',
      'this stage does not deploy by itself, so what browsers see changes only with the next deployment that you make. Set autoDeploy: true, or deploy after each change of the policy or the routes.',
    );
  }
}

/** A route whose own integration now answers its preflights. */
export function warnAboutBackend(route: RouteNode): void {
  if (answersForItself(route)) return;
  warn(
    identity(route.cfn),
    'BackendAnswersPreflight',
    `preflights reach ${backendOf(route)} without a token. For OPTIONS it has to answer with a 2xx status, and do nothing else. If it does not, use PreflightHandler.builtIn(), or list methods instead of ANY.`,
  );
}

/** A route whose preflights stay closed, because opening them would open more. */
export function warnAboutFixedRequest(route: RouteNode): void {
  const fixed = fixedRequestOf(route);
  const why = fixed
    ? `${backendOf(route)} turns each request into ${fixed}`
    : 'its integration is made elsewhere or known only at deployment, and may act on any request';
  warn(
    identity(route.cfn),
    'UnsafePreflightBackend',
    `browsers cannot use this route: its authorizer refuses preflights. No OPTIONS route is open, as ${why}, and anyone could send one without a token. Leave preflightHandler out, use PreflightHandler.builtIn(), or list methods instead of ANY.`,
  );
}

/**
 * Routes without an authorizer, whose integration answers their preflights as it answers everything
 * else.
 */
export function informAboutOpenBackends(tree: HttpApiTree, routes: RouteNode[]): void {
  const unsure = routes.filter((route) => !answersForItself(route));
  if (unsure.length === 0) return;
  const keys = [...new Set(unsure.map(({ verb, path }) => (path === undefined ? '$default' : `${verb} ${path}`)))];
  inform(
    identity(homeOf(tree).scope),
    'BackendAnswersOpenPreflight',
    `${keys.join(', ')}: the integration gets the preflights of these routes, and has to answer OPTIONS with a 2xx status. List methods instead of ANY and API Gateway answers by itself, or use PreflightHandler.builtIn().`,
  );
}

/** A function with the runtime helpers. */
export function answersForItself(route: RouteNode): boolean {
  const integrations = route.integrations();
  return (
    integrations.length > 0 && integrations.every((each) => pointsAtAnswering(property(each, 'IntegrationUri'), each))
  );
}

function backendOf(route: RouteNode): string {
  const paths = route.integrations().map((integration) => identity(integration).node.path);
  return paths.join(' or ') || `the integration of ${identity(route.cfn).node.path}`;
}
