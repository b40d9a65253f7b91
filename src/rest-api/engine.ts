import { Lazy, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { memo } from '../collections';
import { PolicyError } from '../policy/faults';
import { hasDocument } from '../tree/api-documents';
import { type Attachment, Attachments, identity, isDirect } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { atSynthesis } from '../tree/on-synthesis';
import { property } from '../tree/properties';
import { followsPolicy, warnAboutDistributions } from '../warnings/distributions';
import { warn } from '../warnings/warn';
import { informAboutBackends, warnAboutAuthorizers, warnAboutCachedMethods, warnAboutParameters } from './diagnostics';
import { Coverage } from './effective-policies';
import { coverGatewayErrors } from './gateway-errors';
import { attachPreflights } from './preflights';
import { type Change, renewDeployments } from './redeployment';
import { coveredMethods, coverResponses, isProxy } from './responses';
import { isWholeApi, type RestApiPolicy, restApiFaults, synthesisFaults } from './rest-api-policy';
import { RestApiReader, type RestApiTree } from './rest-api-tree';

const attachmentsOf = new WeakMap<IConstruct, Attachments<RestApiPolicy>>();

/**
 * Puts a policy on a REST API or one of its resources; what follows from it is made at synthesis,
 * on the finished tree.
 *
 * @param others faults of the construct that are known already
 * @throws what keeps the policy from the construct that the user named, all of it at once.
 */
export function attachToRestApi(attachment: Attachment<RestApiPolicy>, others: string[]): void {
  const { construct, policy } = attachment;
  const attachments = memo(attachmentsOf, Stage.of(construct)!, () => new Attachments());
  const named = isDirect(attachment);
  const faults = named
    ? [...restApiFaults(policy, construct), ...others]
    : synthesisFaults(policy).map((fault) => `${construct.node.path}: ${fault}`);
  if (faults.length > 0) throw new PolicyError(faults);
  attachments.add(attachment);
  if (named || isWholeApi(construct))
    for (const { id, text } of policy.cors.warnings) warn(identity(construct), id, text);
  atSynthesis(construct, coverRestApis);
  atSynthesis(construct, warnAboutDistributions);
}

/** Idempotent: it may look at a tree more than once. */
function coverRestApis(stage: IConstruct, resources: ApiGatewayResources): void {
  const attachments = attachmentsOf.get(stage)!;
  const reader = RestApiReader.read(resources, attachments.constructs);
  for (const tree of reader.apis.values()) {
    const targets = attachments.constructs.filter((construct) => reader.keyOfApi(construct) === tree.key);
    const ownFirst = [
      ...targets.filter((target) => makes(target, tree)),
      ...targets.filter((target) => !makes(target, tree)),
    ];
    const coverage = new Coverage(
      tree,
      ownFirst.map((api) => attachments.nearest(api)!),
      attachments,
    );
    const [followed] = [...coverage.wholeApi, ...coverage.resources.map(({ by }) => by)];
    if (tree.api && followed) followsPolicy(tree.api, followed.policy.cors);
    const methods = coveredMethods(coverage);
    renewDeployments(coverage, [
      ...attachPreflights(coverage),
      ...coverResponses(coverage, methods),
      ...coverGatewayErrors(coverage),
      ...documentOf(coverage),
    ]);
    informAboutBackends(coverage, methods.filter(isProxy));
    warnAboutCachedMethods(tree, methods);
    warnAboutAuthorizers(coverage);
    warnAboutParameters(coverage);
  }
}

/** Whether a target is the API itself, rather than an import of it. */
function makes(target: IConstruct, { api }: RestApiTree): boolean {
  return target === api || target === api?.node.scope;
}

/** A stage serves a snapshot of the document too. */
function documentOf({ tree: { api }, wholeApi }: Coverage): Change[] {
  if (wholeApi.length === 0 || !api || !hasDocument(api)) return [];
  const content = Lazy.uncachedAny({ produce: () => [property(api, 'Body'), property(api, 'BodyS3Location')] });
  return [{ construct: api, content, made: false }];
}
