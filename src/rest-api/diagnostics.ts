import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { propertyCase } from '../api-gateway/property-case';
import { refusedPreflights } from '../api-gateway/refused-preflights';
import { getOrCreate } from '../collections';
import { wildcardMissesAuthorization } from '../policy/policy-warnings';
import { identity } from '../tree/attachments';
import { targetsCorsAwareBackend } from '../tree/cors-aware-backends';
import { property } from '../tree/properties';
import { warnAboutCaches } from '../warnings/stage-caches';
import { unboundedParameter } from '../warnings/unbounded-parameter';
import { annotate, inform, warn } from '../warnings/warn';
import type { CoveredMethod } from './covered-method';
import type { EffectivePolicies } from './effective-policies';
import { pathOf, type ResourceNode, type RestApiTree } from './rest-api-tree';

/**
 * Problems of a REST API that a policy alone cannot solve. Each id is explained in
 * `docs/rules.md`.
 */

export function warnAboutOwnOptions(node: ResourceNode): void {
  warn(node.construct, 'OwnOptions');
}

export function warnAboutUnseenMethods(node: ResourceNode): void {
  warn(node.construct, 'UnseenMethods');
}

/** An Aspect of the app that secures every method reaches ours too. */
export function warnWhereClosed(options: CfnResource): void {
  const type = property(options, 'AuthorizationType');
  const needs = type !== 'NONE' ? `authorizationType ${type}` : property(options, 'ApiKeyRequired') && 'an API key';
  if (!needs) return;
  warn(options, 'ClosedPreflight', { needs });
}

/** For several origins with credentials. */
export function warnAboutUnreadableErrors(target: IConstruct): void {
  warn(target, 'UnreadableErrors');
}

/** A second set of default responses would overwrite the owner's. */
export function warnAboutErrorsElsewhere(target: IConstruct): void {
  warn(target, 'ErrorsElsewhere');
}

/** The API has to be deployed again where its Deployment is made. */
export function warnAboutNoDeployment(target: IConstruct): void {
  warn(target, 'NotRedeployed');
}

/** The snapshot may be taken before the preflights of another stack are there. */
export function warnAboutDeploymentElsewhere(deployment: CfnResource, stacks: Stack[]): void {
  warn(deployment, 'DeploymentElsewhere', { stacks: stacks.map(({ node }) => node.path).sort() });
}

/** To wait would be a cycle, which CloudFormation refuses. */
export function warnAboutDeploymentBefore(deployment: CfnResource, waiting: CfnResource[]): void {
  warn(deployment, 'DeploymentBefore', { waiting: waiting.map((each) => identity(each).node.path).sort() });
}

/** The stage that it describes can be made only once. */
export function warnAboutStageDescription(deployment: CfnResource): void {
  warn(deployment, 'StageDescription');
}

/** Its logical id is written down elsewhere. */
export function warnAboutFixedDeployment(deployment: CfnResource): void {
  warn(deployment, 'FixedDeployment');
}

/**
 * Proxy integrations hand on what the backend answers, and API Gateway adds nothing. Functions with
 * the runtime helpers do their part.
 */
export function informAboutBackends(effective: EffectivePolicies, proxies: CoveredMethod[]): void {
  const unaware = proxies.filter(
    ({ cfn, integration }) => !targetsCorsAwareBackend(integration[propertyCase(integration, 'uri')], cfn),
  );
  if (unaware.length === 0) return;
  const names = unaware.map(({ verb, node }) => `${verb} ${pathOf(effective.tree, node)}`).sort();
  const target = effective.tree.api ?? unaware[0].by.construct;
  inform(target, 'BackendAnswers', { at: names });
}

/** A stage must not give one page's answer to another. */
export function warnAboutCachedMethods(tree: RestApiTree, methods: CoveredMethod[]): void {
  const varying = methods.filter(({ by }) => by.policy.cors.origins.varies);
  warnAboutCaches(
    tree.stages,
    varying.map((method) => ({ ...method, path: pathOf(tree, method.node) })),
  );
}

/** `*` in Access-Control-Allow-Headers does not cover Authorization. */
export function warnAboutAuthorizers(effective: EffectivePolicies): void {
  for (const { node, by } of effective.resources) {
    const authorized = node.methods.some(({ cfn }) => (property(cfn, 'AuthorizationType') ?? 'NONE') !== 'NONE');
    const warning = authorized && wildcardMissesAuthorization(by.policy.cors);
    if (warning) annotate(by.construct, warning);
  }
}

/** A deploy-time value that anyone may choose, inside a mapping template. */
export function warnAboutParameters(effective: EffectivePolicies): void {
  for (const by of new Set(effective.resources.map((resource) => resource.by))) {
    const { origins } = by.policy.cors;
    const warning = origins.varies ? unboundedParameter(origins, by.construct) : undefined;
    if (warning) annotate(by.construct, warning);
  }
}

/** A preflight is a request of nobody, which a policy has to allow. */
export function warnAboutResourcePolicy({ tree, resources }: EffectivePolicies): void {
  const { api } = tree;
  const policy = api && Stack.of(api).resolve(property(api, 'Policy'));
  if (!api || policy === undefined) return;
  const answered = resources.filter(({ node }) => node.methods.some(({ verb }) => verb === 'OPTIONS'));
  const paths = refusedPreflights(
    policy,
    answered.map(({ node }) => pathOf(tree, node)),
  );
  if (paths.length > 0) warn(identity(api), 'RefusedByResourcePolicy', { paths });
}

/** Methods that pages cannot use, below a resource that they can. */
export function informAboutUncovered(effective: EffectivePolicies): void {
  const { tree } = effective;
  const gaps = new Map<ResourceNode, string[]>();
  for (const node of tree.resources.values()) {
    if (effective.of(node) || !node.methods.length || node.methods.some(({ verb }) => verb === 'OPTIONS')) continue;
    let above = effective.parentOf(node);
    while (above && !effective.of(above)) above = effective.parentOf(above);
    if (above) getOrCreate(gaps, above, () => []).push(pathOf(tree, node));
  }
  for (const [node, paths] of gaps)
    inform(effective.of(node)!.construct, 'UncoveredBelow', { paths: paths.sort(), above: pathOf(tree, node) });
}
