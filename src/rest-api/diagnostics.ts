import type { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { propertyCase } from '../api-gateway/property-case';
import { wildcardMissesAuthorization } from '../policy/policy-warnings';
import { identity } from '../tree/attachments';
import { pointsAtAnswering } from '../tree/cors-aware-backends';
import { property } from '../tree/properties';
import { warnAboutCaches } from '../warnings/stage-caches';
import { inform, warn } from '../warnings/warn';
import type { CoveredMethod } from './covered-method';
import type { Coverage } from './effective-policies';
import { pathOf, type ResourceNode, type RestApiTree } from './rest-api-tree';
import { unboundedParameter } from './unbounded-parameter';

/**
 * What a person should know about a REST API that CORS alone cannot mend. Each id is explained in
 * `docs/rules.md`.
 */

export function warnAboutOwnOptions(node: ResourceNode): void {
  warn(
    node.construct,
    'OwnOptions',
    'this resource has an OPTIONS method of its own, which stays as it is and answers the preflights. Remove it to have the CORS policy answer.',
  );
}

export function warnAboutUnseenMethods(node: ResourceNode): void {
  warn(
    node.construct,
    'UnseenMethods',
    'the methods of this resource are made elsewhere, so its preflight announces all seven of API Gateway. Say which it has in cors.allowMethods.',
  );
}

/** An Aspect of the app that secures every method reaches ours too. */
export function warnWhereClosed(options: CfnResource): void {
  const type = property(options, 'AuthorizationType');
  const closed = type !== 'NONE' ? `authorizationType ${type}` : property(options, 'ApiKeyRequired') && 'an API key';
  if (!closed) return;
  warn(
    options,
    'ClosedPreflight',
    `something in this app put ${closed} on the OPTIONS method, so API Gateway refuses every preflight: browsers send them without credentials. Have it leave out methods whose httpMethod is OPTIONS.`,
  );
}

/** For several origins with credentials. */
export function warnAboutUnreadableErrors(target: IConstruct): void {
  warn(
    target,
    'UnreadableErrors',
    'no page can read the errors that the gateway answers by itself (401, 403, 429, 5XX): a gateway response cannot pick one of several origins, and with credentials "*" opens nothing. Choose in cors.errorOrigin: ErrorOrigin.exactly("https://…") for one of them, ErrorOrigin.reflect() for any site at all, or ErrorOrigin.none().',
  );
}

/** A second set of default responses would overwrite the owner's. */
export function warnAboutErrorsElsewhere(target: IConstruct): void {
  warn(
    target,
    'ErrorsElsewhere',
    'this API is imported, so its gateway responses are left to the app that owns it: no page can read a 401, 403, 429 or 5XX of the gateway unless that app puts the CORS headers on DEFAULT_4XX and DEFAULT_5XX.',
  );
}

/** Whoever deploys the API has to do it anew. */
export function warnAboutNoDeployment(target: IConstruct): void {
  warn(
    target,
    'NotRedeployed',
    'no Deployment of this API is in this app, so its stages go on without these CORS changes. Deploy the API anew after each change, or add a Deployment here that depends on what is below this construct.',
  );
}

/** The snapshot may be taken before the preflights of another stack are there. */
export function warnAboutDeploymentElsewhere(deployment: CfnResource, stacks: Stack[]): void {
  const paths = stacks
    .map(({ node }) => node.path)
    .sort()
    .join(', ');
  warn(
    deployment,
    'DeploymentElsewhere',
    `this Deployment does not wait for ${paths}, where CORS adds preflights or changes methods, and may be taken before. If nothing there depends on this stack, call deployment.node.addDependency(…) with it; otherwise move the Deployment to a stack that comes last.`,
  );
}

/** To wait would be a cycle, which CloudFormation refuses. */
export function warnAboutDeploymentBefore(deployment: CfnResource, waiting: CfnResource[]): void {
  const paths = waiting.map((each) => identity(each).node.path).sort();
  warn(
    deployment,
    'DeploymentBefore',
    `this Deployment cannot wait for ${paths.join(', ')}, which wait for it themselves, so it may be taken before the CORS headers are on them. Have them stand on something else than the Deployment and its stage, such as a stage's name written out, or deploy the API once more.`,
  );
}

/** The stage that it describes can be made only once. */
export function warnAboutStageDescription(deployment: CfnResource): void {
  warn(
    deployment,
    'StageDescription',
    'this Deployment has a StageDescription, so its logical id has to stay: API Gateway refuses a second one for a stage that exists. Stages go on without these CORS changes until you deploy the API again by hand. Move the settings to an AWS::ApiGateway::Stage, and leave StageDescription out.',
  );
}

/** Its logical id is written down elsewhere. */
export function warnAboutFixedDeployment(deployment: CfnResource): void {
  warn(
    deployment,
    'FixedDeployment',
    'the logical id of this Deployment is written down elsewhere, by an export or a hand-written Ref, so it cannot change, and the stage goes on without these CORS changes. Use deployment.ref instead, or rename the Deployment whenever the policy changes.',
  );
}

/**
 * Proxy integrations hand on what the backend answers, and API Gateway adds nothing. Functions with
 * the runtime helpers do their part.
 */
export function informAboutBackends(coverage: Coverage, proxies: CoveredMethod[]): void {
  const unsure = proxies.filter(
    ({ cfn, integration }) => !pointsAtAnswering(integration[propertyCase(integration, 'uri')], cfn),
  );
  if (unsure.length === 0) return;
  const names = unsure.map(({ verb, node }) => `${verb} ${pathOf(coverage.tree, node)}`).sort();
  const target = coverage.tree.api ?? unsure[0].by.construct;
  inform(
    target,
    'BackendAnswers',
    `${names.join(', ')}: behind a proxy integration the backend itself has to send Access-Control-Allow-Origin on every response, also on errors; the preflight is answered here.`,
  );
}

/** A stage must not give one page's answer to another. */
export function warnAboutCachedMethods(tree: RestApiTree, methods: CoveredMethod[]): void {
  const varying = methods.filter(({ by }) => by.policy.cors.origins.varies);
  warnAboutCaches(
    tree.stages,
    varying.map((method) => ({ ...method, path: pathOf(tree, method.node) })),
  );
}

/** `*` among the request headers is no word for Authorization. */
export function warnAboutAuthorizers(coverage: Coverage): void {
  for (const { node, by } of coverage.resources) {
    const authorized = node.methods.some(({ cfn }) => (property(cfn, 'AuthorizationType') ?? 'NONE') !== 'NONE');
    const warning = authorized && wildcardMissesAuthorization(by.policy.cors);
    if (warning) warn(by.construct, warning.id, warning.text);
  }
}

/** A deploy-time value that anyone may choose, inside a mapping template. */
export function warnAboutParameters(coverage: Coverage): void {
  for (const by of new Set(coverage.resources.map((resource) => resource.by))) {
    const { origins } = by.policy.cors;
    const warning = origins.varies ? unboundedParameter(origins, by.construct) : undefined;
    if (warning) warn(by.construct, warning.id, warning.text);
  }
}
