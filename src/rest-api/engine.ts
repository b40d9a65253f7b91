import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { atSynthesis } from '../tree/at-synthesis';
import { type Attachment, Attachments } from '../tree/attachments';
import { memo } from '../tree/memo';
import { RestApiReader } from './api-tree';
import { Coverage } from './coverage';
import { warnAboutAuthorizers, warnAboutParameters } from './diagnostics';
import { attachPreflights } from './preflights';
import { renewDeployments } from './redeployment';
import type { RestApiPolicy } from './rest-api-policy';

const attachmentsOf = new WeakMap<IConstruct, Attachments<RestApiPolicy>>();

/** Puts a policy on a REST API or one of its resources; what follows from it is made at synthesis, on the finished tree. */
export function attachToRestApi(attachment: Attachment<RestApiPolicy>): void {
  const stage = Stage.of(attachment.construct)!;
  const attachments = memo(attachmentsOf, stage, () => new Attachments());
  attachments.add(attachment);
  atSynthesis(attachment.construct, coverRestApis);
}

/** Idempotent: it may look at a tree more than once. */
function coverRestApis(stage: IConstruct): void {
  const attachments = attachmentsOf.get(stage)!;
  const reader = RestApiReader.read(stage, attachments.constructs);
  for (const tree of reader.apis.values()) {
    const wholeApi = attachments.constructs.filter((construct) => reader.keyOfApi(construct) === tree.key);
    const coverage = new Coverage(
      tree,
      wholeApi.map((api) => attachments.nearest(api)!),
      attachments,
    );
    const preflights = attachPreflights(coverage);
    renewDeployments(tree, preflights);
    warnAboutAuthorizers(coverage);
    warnAboutParameters(coverage);
  }
}
