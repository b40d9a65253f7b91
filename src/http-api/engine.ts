import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { corsConfiguration } from '../api-gateway/cors-configuration';
import { memo } from '../collections';
import { PreflightHandler } from '../options/preflight-handler';
import { PolicyError } from '../policy/faults';
import { isMadeFromDocument } from '../tree/api-documents';
import { type Attachment, Attachments, identity, isDirect } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { atSynthesis } from '../tree/on-synthesis';
import { followsPolicy, warnAboutDistributions } from '../warnings/distributions';
import { warn } from '../warnings/warn';
import { configureCors, hasOwnCorsConfiguration } from './cors-configuration';
import { allRoutesSeen, warnAboutApi } from './diagnostics';
import { type HttpApiPolicy, httpApiFaults, synthesisFaults } from './http-api-policy';
import { type HttpApiTree, readHttpApis } from './http-api-tree';
import { addPreflightRoutes } from './preflight-routes';

const attachmentsOf = new WeakMap<IConstruct, Attachments<HttpApiPolicy>>();

/**
 * Puts a policy on an HTTP API; what follows from it is made at synthesis, on the finished tree.
 *
 * @param others faults of the construct that are known already
 * @throws what keeps the policy from the API that the user named, all of it at once.
 */
export function attachToHttpApi(attachment: Attachment<HttpApiPolicy>, others: string[]): void {
  const { construct, policy } = attachment;
  const attachments = memo(attachmentsOf, Stage.of(construct)!, () => new Attachments());
  const named = isDirect(attachment);
  const faults = named
    ? [...httpApiFaults(policy, construct), ...others]
    : synthesisFaults(policy).map((fault) => `${construct.node.path}: ${fault}`);
  if (faults.length > 0) throw new PolicyError(faults);
  attachments.add(attachment);
  for (const { id, text } of policy.cors.warnings) warn(identity(construct), id, text);
  atSynthesis(construct, coverHttpApis);
  atSynthesis(construct, warnAboutDistributions);
}

/** Idempotent: it may look at a tree more than once. */
function coverHttpApis(stage: IConstruct, resources: ApiGatewayResources): void {
  const attachments = attachmentsOf.get(stage)!;
  for (const tree of readHttpApis(resources, attachments.constructs)) {
    coverHttpApi(tree, attachments.single(tree.targets).policy);
  }
}

function coverHttpApi(tree: HttpApiTree, { cors, options }: HttpApiPolicy): void {
  if (tree.api && !isMadeFromDocument(tree.api) && !hasOwnCorsConfiguration(tree.api)) {
    const verbs = allRoutesSeen(tree) ? tree.routes.map(({ verb }) => verb) : ['ANY'];
    configureCors(tree.api, corsConfiguration(cors, verbs));
  }
  if (tree.api) followsPolicy(tree.api, cors);
  addPreflightRoutes(tree, options?.preflightHandler ?? PreflightHandler.backend());
  warnAboutApi(tree, cors);
}
