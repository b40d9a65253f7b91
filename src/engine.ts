import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { getOrCreate } from './collections';
import { coverHttpApis } from './http-api/engine';
import { httpApiFaults, synthesisFaults as httpSynthesisFaults } from './http-api/http-api-policy';
import { isHttpApiTarget } from './http-api/http-api-target';
import { PreflightFunction } from './http-api/preflight-function';
import { describedHandler } from './http-api/preflight-integrations';
import {
  coverFunctionUrls,
  functionUrlFaults,
  functionUrlSynthesisFaults,
  isFunctionUrlTarget,
} from './lambda/function-url';
import { preflightCode } from './lambda/preflight-code';
import { runtimeFaults } from './lambda/runtime-policy';
import { documentTargetFaults } from './open-api/document-target';
import { coverDocuments, type DocumentPreflights } from './open-api/engine';
import { OriginMatching } from './options/origin-matching';
import { CorsPolicyError } from './policy/faults';
import { errorOriginNotAllowed } from './policy/policy-warnings';
import { coverRestApis } from './rest-api/engine';
import { isRestApiTarget, isWholeApi, restApiFaults, synthesisFaults } from './rest-api/rest-api-policy';
import { type AppliedPolicy, type Attachment, Attachments, identity, isDirect } from './tree/attachments';
import { apiGatewayResources, DISTRIBUTION } from './tree/cfn-resources';
import { hasDefaultPolicies, withWaysOut } from './tree/default-policies';
import { atEndOfSynthesis, atSynthesis } from './tree/on-synthesis';
import { markPolicy } from './tree/policy-mark';
import { routePoliciesOf } from './tree/route-policies';
import { defaultAttachments } from './uncovered-apis';
import { warnAboutDistributions } from './warnings/distributions';
import { annotate } from './warnings/warn';

/** The policies that were put on the constructs of each Stage. */
const registry = new WeakMap<IConstruct, Attachments>();

/**
 * Puts a policy on an API or a resource; what follows from it is made at synthesis, on the finished
 * tree.
 *
 * @throws what keeps the policy from the construct that the user named, all of it at once.
 */
export function attachPolicy(attachment: Attachment): void {
  const { construct } = attachment;
  const faults = faultsOf(attachment);
  if (faults.length > 0) throw new CorsPolicyError(faults, isDirect(attachment) ? construct.node.path : undefined);
  const stage = Stage.of(construct)!;
  record(attachment, policiesOf(stage));
  atSynthesis(construct, 'cover', () => coverStage(stage));
}

/** Has the APIs of a Stage that is about to be synthesized follow the defaults of their scopes. */
export function coverDefaultsOf(stage: IConstruct): void {
  atEndOfSynthesis(stage, 'cover', () => coverStage(stage));
}

function policiesOf(stage: IConstruct): Attachments {
  return getOrCreate(registry, stage, () => new Attachments());
}

/** Notes a policy without faults, and says what is to be said of it. */
function record(attachment: Attachment, policies: Attachments): void {
  const { construct, policy } = attachment;
  policies.add(attachment);
  markPolicy(attachment, isRestApiTarget(construct) && !isWholeApi(construct));
  // A mixin reaches the resources of an API one by one: it is said once, of the API.
  const isSpokenOf = isDirect(attachment) || !isRestApiTarget(construct) || isWholeApi(construct);
  if (isSpokenOf) for (const warning of policy.cors.warnings) annotate(identity(construct), warning);
  const misdirected = isRestApiTarget(construct) && errorOriginNotAllowed(policy.cors, policy.options?.errorOrigin);
  if (isSpokenOf && misdirected) annotate(identity(construct), misdirected);
}

function faultsOf(attachment: Attachment): string[] {
  const { construct, policy } = attachment;
  const isRest = isRestApiTarget(construct);
  const isUrl = isFunctionUrlTarget(construct);
  if (isDirect(attachment)) {
    if (isUrl) return functionUrlFaults(policy, construct);
    const faults = isRest
      ? restApiFaults(policy, construct)
      : [...httpApiFaults(policy, construct), ...functionFaults(policy)];
    return [...faults, ...documentTargetFaults(construct, policy.options)];
  }
  const faults = isUrl
    ? functionUrlSynthesisFaults(policy)
    : isRest
      ? synthesisFaults(policy)
      : [...httpSynthesisFaults(policy), ...functionFaults(policy)];
  return faults.map((fault) => `${construct.node.path}: ${fault}`);
}

/** Of a policy of an HTTP API that functions are to follow. */
function functionFaults({ cors, options }: AppliedPolicy): string[] {
  return options?.originMatching === OriginMatching.FUNCTIONS ? runtimeFaults(cors) : [];
}

/** All faults at once, each with the ways out. */
function applyDefaults(attachments: Attachment[], policies: Attachments): void {
  const faults = attachments.flatMap((attachment) =>
    [...faultsOf(attachment), ...documentTargetFaults(attachment.construct, undefined)].map((fault) =>
      withWaysOut(fault, attachment),
    ),
  );
  if (faults.length > 0) throw new CorsPolicyError(faults);
  for (const attachment of attachments) record(attachment, policies);
}

const DOCUMENT_PREFLIGHTS: DocumentPreflights = {
  describe: describedHandler,
  compare: (api, policy, verbs) =>
    PreflightFunction.existing({ scope: api })?.compare(preflightCode(policy, verbs, api)),
};

/** What happens at synthesis, in order. Idempotent: a tree may be looked at more than once. */
function coverStage(stage: IConstruct): void {
  const policies = policiesOf(stage);
  routePoliciesOf(stage)?.forget();
  const before = apiGatewayResources(stage);
  if (hasDefaultPolicies(stage)) applyDefaults(defaultAttachments(stage, before, policies), policies);
  // An L1 inside of somebody else's construct is known by that one, which is not an API itself.
  const reached = (construct: IConstruct) => policies.nearest(construct)!.construct;
  const restApis = policies.constructs.filter((construct) => isRestApiTarget(reached(construct)));
  const httpApis = policies.constructs.filter((construct) => isHttpApiTarget(reached(construct)));
  if (restApis.length > 0) coverRestApis(before, policies, restApis);
  if (httpApis.length > 0) coverHttpApis(before, policies, httpApis, preflightCode);
  coverFunctionUrls(policies, policies.constructs.filter(isFunctionUrlTarget));
  coverDocuments(stage, before, policies, DOCUMENT_PREFLIGHTS); // sees what the others added beside a document
  if (before.has(DISTRIBUTION)) warnAboutDistributions(stage);
}
