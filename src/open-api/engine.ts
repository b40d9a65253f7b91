import { type CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { memo } from '../collections';
import type { EnableCorsOptions } from '../options/cors-options';
import type { Policy } from '../policy/policy';
import { type Attachment, Attachments } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { atSynthesis } from '../tree/on-synthesis';
import { property } from '../tree/properties';
import { unwrappedProperty, wrapProperty } from '../tree/wrapped-property';
import { followsPolicy, warnAboutDistributions } from '../warnings/distributions';
import { diagnoseDocument, diagnoseHttpDocument, diagnoseRestDocument } from './diagnostics';
import { type CoveredApi, documentApis } from './document-apis';
import { documentFaults } from './document-faults';
import { documentTargetFaults } from './document-target';
import { httpDocumentWithCors } from './http-document';
import { locationOfLarge } from './large-document';
import { restDocumentWithCors } from './rest-document';

/** A validated policy, and the options as the user filled them in. */
export interface DocumentPolicy {
  readonly cors: Policy;
  readonly options?: EnableCorsOptions;
}

const attachmentsOf = new WeakMap<IConstruct, Attachments<DocumentPolicy>>();

/** Has the OpenAPI document of an API follow a policy, should it have one at synthesis. */
export function attachToDocument(attachment: Attachment<DocumentPolicy>): void {
  const { construct } = attachment;
  memo(attachmentsOf, Stage.of(construct)!, () => new Attachments()).add(attachment);
  atSynthesis(construct, coverDocuments);
  atSynthesis(construct, warnAboutDistributions);
}

/** Idempotent: it may look at a tree more than once. */
function coverDocuments(stage: IConstruct, resources: ApiGatewayResources): void {
  const attachments = attachmentsOf.get(stage)!;
  for (const api of documentApis(stage, resources, attachments.constructs)) {
    coverDocument(api, attachments.nearest(api.targets[0])!.policy);
  }
}

/**
 * The document is looked at now, for what is to be said about it, and patched whenever it is
 * resolved: what the app does to it until then is seen, and its deploy-time values keep their
 * meaning.
 */
function coverDocument(api: CoveredApi, policy: DocumentPolicy): void {
  const { cfn } = api;
  const body = Stack.of(cfn).resolve(unwrappedProperty(cfn, 'Body'));
  followsPolicy(cfn, policy.cors);
  refuse(documentTargetFaults(cfn, policy.options));
  diagnoseDocument(cfn, body);
  if (body === undefined) return; // An override is all there is.
  const isHttp = cfn.cfnResourceType === 'AWS::ApiGatewayV2::Api';
  refuse(documentFaults(body, { takesDefault: isHttp }).map((fault) => `${cfn.node.path}: body${fault}`));
  const patch = isHttp ? httpPatch(api, policy) : restPatch(api, policy);
  const { document, diagnose } = patch(body);
  diagnose();
  const location = locationOfLarge(document, cfn);
  wrapProperty(cfn, 'Body', (resolved) => (location ? undefined : patch(resolved).document));
  wrapProperty(cfn, 'BodyS3Location', (before) => location ?? before);
}

function refuse(faults: string[]): void {
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

type Patch = (body: object) => { document: unknown; diagnose(): void };

function restPatch(api: CoveredApi, { cors, options }: DocumentPolicy): Patch {
  const { cfn, beside } = api;
  return (body) => {
    const { document, findings } = restDocumentWithCors(body, {
      policy: cors,
      errorOrigin: options?.errorOrigin,
      takesBinary: takesBinary(cfn),
      answeredElsewhere: beside.rootMethods ? ['/'] : [],
      customisedElsewhere: beside.gatewayResponses,
    });
    return { document, diagnose: () => diagnoseRestDocument(api, cors, findings) };
  };
}

function httpPatch(api: CoveredApi, { cors, options }: DocumentPolicy): Patch {
  const { cfn, beside } = api;
  const preflights = () => options?.preflightHandler?._described(cfn);
  return (body) => {
    const { document, findings } = httpDocumentWithCors(body, {
      policy: cors,
      preflights,
      routesElsewhere: beside.routes,
    });
    return { document, diagnose: () => diagnoseHttpDocument(api, cors, findings) };
  };
}

function takesBinary(api: CfnResource): boolean {
  const types = Stack.of(api).resolve(property(api, 'BinaryMediaTypes'));
  return types !== undefined && !(Array.isArray(types) && types.length === 0);
}
