import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { OpenApiDocument } from '../api-gateway/open-api/document';
import { OriginMatching } from '../options/origin-matching';
import { PreflightHandler } from '../options/preflight-handler';
import { withAskedHeaders } from '../policy/asked-headers';
import { CorsPolicyError } from '../policy/faults';
import type { Policy } from '../policy/policy';
import { type AppliedPolicy, type Attachment, type Attachments, isDirect } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { noteOpenedOptions } from '../tree/cors-aware-backends';
import { property } from '../tree/properties';
import { propertyBeforePatch, wrapProperty } from '../tree/wrapped-property';
import { followsPolicy } from '../warnings/distributions';
import { notePolicies } from './backend-policies';
import { diagnoseDocument, diagnoseHttpDocument, diagnoseRestDocument } from './diagnostics';
import { type CoveredApi, documentApis } from './document-apis';
import { documentFaults } from './document-faults';
import { documentTargetFaults } from './document-target';
import { refuseUnmatchedOperations } from './function-matching';
import { type Answerer, type AskedRoute, httpDocumentWithCors, ownIntegration } from './http-document';
import { locationOfLarge } from './large-document';
import { restDocumentWithCors } from './rest-document';
import { answersForItself, writtenUri } from './written-backends';

/** What answers preflights outside of the document. */
export interface DocumentPreflights {
  /** The integration that answers, as a document describes it. */
  readonly describe: (handler: PreflightHandler, api: CfnResource) => unknown;
  /** Has the function that answers for an API compare origins, if it is there. */
  readonly compare: (api: CfnResource, policy: Policy, verbs: string[]) => void;
}

/** Idempotent: it may look at a tree more than once. */
export function coverDocuments(
  stage: IConstruct,
  resources: ApiGatewayResources,
  policies: Attachments,
  preflights: DocumentPreflights,
): void {
  for (const api of documentApis(stage, resources, policies.constructs)) {
    coverDocument(api, policies.nearest(api.targets[0])!, preflights);
  }
}

/**
 * The document is looked at now, for what is to be said about it, and patched whenever it is
 * resolved: what the app does to it until then is seen, and its deploy-time values keep their
 * meaning.
 */
function coverDocument(api: CoveredApi, attachment: Attachment, preflights: DocumentPreflights): void {
  const { cfn } = api;
  const { policy } = attachment;
  const body = Stack.of(cfn).resolve(propertyBeforePatch(cfn, 'Body'));
  const verbs = new OpenApiDocument(body).operations.map(({ verb }) => verb);
  followsPolicy(cfn, policy.cors, verbs);
  refuse(documentTargetFaults(cfn, isDirect(attachment) ? policy.options : undefined));
  diagnoseDocument(cfn, body);
  if (body === undefined) return; // An override is all there is.
  notePolicies(api, body, attachment);
  const isHttp = cfn.cfnResourceType === 'AWS::ApiGatewayV2::Api';
  refuse(documentFaults(body, { takesDefault: isHttp }).map((fault) => `${cfn.node.path}: body${fault}`));
  const patch = isHttp ? httpPatch(api, attachment, preflights) : restPatch(api, policy);
  const { document, diagnose } = patch(body);
  diagnose();
  const location = locationOfLarge(Stack.of(cfn).resolve(document), cfn);
  wrapProperty(cfn, 'Body', (resolved) => (location ? undefined : patch(resolved).document));
  wrapProperty(cfn, 'BodyS3Location', (before) => location ?? before);
}

function refuse(faults: string[]): void {
  if (faults.length > 0) throw new CorsPolicyError(faults);
}

type Patch = (body: object) => { document: unknown; diagnose(): void };

function restPatch(api: CoveredApi, { cors, options }: AppliedPolicy): Patch {
  const { cfn, beside } = api;
  return (body) => {
    const { document, findings } = restDocumentWithCors(body, {
      policy: cors,
      errorOrigin: options?.errorOrigin,
      takesBinary: takesBinary(cfn),
      askedElsewhere: beside.asked,
      answeredElsewhere: beside.rootMethods ? ['/'] : [],
      responsesElsewhere: beside.gatewayResponses,
    });
    return { document, diagnose: () => diagnoseRestDocument(api, cors, findings) };
  };
}

function httpPatch(api: CoveredApi, attachment: Attachment, preflights: DocumentPreflights): Patch {
  const { cfn, beside } = api;
  const { cors, options } = attachment.policy;
  const handler = options?.preflightHandler ?? PreflightHandler._default();
  const isMatchedByFunctions = options?.originMatching === OriginMatching.FUNCTIONS;
  return (body) => {
    const { document, findings } = httpDocumentWithCors(body, {
      policy: cors,
      answererOf: (route) => answererOf(route, handler, cfn, preflights),
      ...(isMatchedByFunctions && { unrouted: () => preflights.describe(PreflightHandler.builtIn(), cfn) }),
      routesElsewhere: beside.routes,
      askedElsewhere: beside.asked,
    });
    const diagnose = () => {
      refuse(findings.faults.map((fault) => `${cfn.node.path}: ${fault}`));
      for (const operation of findings.opened) noteOpenedOptions(writtenUri(cfn, operation), cfn);
      if (isMatchedByFunctions) {
        preflights.compare(cfn, withAskedHeaders(cors, findings.asked), findings.verbs);
        refuseUnmatchedOperations(cfn, { body, hasOwnCors: findings.hasOwnCors, attachment });
      }
      diagnoseHttpDocument(api, cors, findings);
    };
    return { document, diagnose };
  };
}

function answererOf(
  route: AskedRoute,
  handler: PreflightHandler,
  cfn: CfnResource,
  { describe }: DocumentPreflights,
): Answerer {
  if (handler._kind === 'backend') return ownIntegration(route);
  if (handler._kind === 'default') {
    if (!route.isClosed) return 'none';
    if (route.isSafeToOpen && answersForItself(cfn, route.operation)) return 'route';
  }
  return { integration: describe(handler, cfn) };
}

function takesBinary(api: CfnResource): boolean {
  const types = Stack.of(api).resolve(property(api, 'BinaryMediaTypes'));
  return types !== undefined && !(Array.isArray(types) && types.length === 0);
}
