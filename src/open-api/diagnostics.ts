import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AskedHeaders } from '../api-gateway/asked-headers';
import { type Operation, routeKeyOf } from '../api-gateway/open-api/document';
import { missingAllowHeader } from '../policy/asked-headers';
import type { Policy } from '../policy/policy';
import { wildcardMissesAuthorization } from '../policy/policy-warnings';
import { identity } from '../tree/attachments';
import { overrideOf } from '../tree/properties';
import { warnAboutOwnHeaders } from '../warnings/own-headers';
import { warnAboutCaches } from '../warnings/stage-caches';
import { inform, warn } from '../warnings/warn';
import type { CoveredApi } from './document-apis';
import { isVersion31 } from './document-faults';
import type { HttpDocumentFindings } from './http-document';
import type { RestDocumentFindings } from './rest-document';
import { answersForItself } from './written-backends';

/**
 * What a person should know about an API's document that CORS alone cannot mend. Each id is
 * explained in `docs/rules.md`.
 */

export function diagnoseDocument(api: CfnResource, body: unknown): void {
  if (isVersion31(body)) {
    warn(
      identity(api),
      'OpenApi31',
      'the document is of OpenAPI 3.1, and API Gateway imports 2.0 and 3.0. CORS is put into it all the same; deploy a 3.0 document if the import fails, or leaves schemas out.',
    );
  }
  const addition = additionIn(body);
  if (addition !== undefined) {
    warn(
      identity(api),
      'IncompleteDocument',
      `${addition} adds to the document only when it is deployed, so paths and responses that it brings have no CORS. Write them into the document, or put CORS into what is included.`,
    );
  }
  if (overrideOf(api, 'Body') !== undefined) {
    warn(
      identity(api),
      'DocumentOverride',
      'addPropertyOverride("Body…") changes the document after CORS was put into it, so paths and responses that it brings have no CORS. Change the document itself.',
    );
  }
}

/** The transform or loop that CloudFormation works out in a document. */
function additionIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Fn::Transform') return `Fn::Transform (${String(inner?.Name ?? 'a macro')})`;
    const found = key.startsWith('Fn::ForEach::') ? key : additionIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function diagnoseRestDocument(
  { cfn, beside }: CoveredApi,
  policy: Policy,
  findings: RestDocumentFindings,
): void {
  const api = identity(cfn);
  const unsure = findings.behindProxies.filter((operation) => !answersForItself(cfn, operation));
  if (findings.ownOptions.length > 0) {
    warn(
      api,
      'OwnOptions',
      `${findings.ownOptions.join(', ')}: the document has an OPTIONS operation here, which stays as it is and answers the preflights. Remove it to have the CORS policy answer.`,
    );
  }
  if (findings.withoutResponses.length > 0) {
    warn(
      api,
      'NoIntegrationResponses',
      `${names(findings.withoutResponses)}: this integration is no proxy and has no responses, so API Gateway answers 500. Add one, such as "default": {"statusCode": "200"}, and the CORS headers go on it.`,
    );
  }
  if (findings.losingOrigin.length > 0) {
    warn(
      api,
      'BinaryBody',
      `${names(findings.losingOrigin)}: who may read this response depends on the page, which takes a response template, and a template would break a binary body. No page can read it. If the body is text, set contentHandling CONVERT_TO_TEXT on the integration response; otherwise allow one exact origin, or "*".`,
    );
  }
  const { origins, credentials } = policy;
  const own = [...findings.ownResponses, ...findings.ownErrors];
  warnAboutOwnHeaders(api, own, { origin: origins.staticOrigin, credentials }, 'gatewayresponse.header.');
  if (unsure.length > 0) {
    inform(
      api,
      'BackendAnswers',
      `${names(unsure)}: behind a proxy integration the backend itself has to send Access-Control-Allow-Origin on every response, also on errors; the preflight is answered here.`,
    );
  }
  if (findings.answeredElsewhere.length > 0 && policy.methods === undefined) {
    warn(
      api,
      'DividedRoot',
      'constructs add methods to / beside the document, and their preflight announces theirs only. Say which methods the API has in cors.allowMethods, or keep / in one place.',
    );
  }
  if (findings.hasAuthorizers) warnAboutAuthorizers(api, policy);
  warnAboutMissingHeaders(api, policy, findings.asked);
  warnAboutCaches(beside.stages, findings.varying);
}

export function diagnoseHttpDocument({ cfn }: CoveredApi, policy: Policy, findings: HttpDocumentFindings): void {
  const api = identity(cfn);
  const opened = findings.opened.filter((operation) => !answersForItself(cfn, operation));
  const open = findings.open.filter((operation) => !answersForItself(cfn, operation));
  if (findings.hasOwnCors) {
    warn(
      api,
      'OwnCorsConfiguration',
      'the document has x-amazon-apigateway-cors of its own, which stays as it is and wins over the CORS policy. Remove it, or the policy.',
    );
  }
  if (findings.closedOptions.length > 0) {
    warn(
      api,
      'ClosedPreflight',
      `${names(findings.closedOptions)}: the OPTIONS route has an authorizer, so API Gateway refuses the preflights that reach it: browsers send them without a token. Write "security": [] there.`,
    );
  }
  if (opened.length > 0) {
    warn(
      api,
      'BackendAnswersPreflight',
      `${names(opened)}: preflights reach the integration without a token. For OPTIONS it has to answer with a 2xx status, and do nothing else. If it does not, use PreflightHandler.builtIn(), or list methods instead of ANY.`,
    );
  }
  if (findings.unsafe.length > 0) {
    warn(
      api,
      'UnsafePreflightBackend',
      `${names(findings.unsafe)}: browsers cannot use this route, as its authorizer refuses preflights. No OPTIONS route was added, as the integration does, or may do, the same whatever the method of a request is, and anyone could send one without a token. Leave preflightHandler out, use PreflightHandler.builtIn(), or list methods instead of ANY.`,
    );
  }
  if (open.length > 0) {
    inform(
      api,
      'BackendAnswersOpenPreflight',
      `${names(open)}: the integration gets the preflights of these routes, and has to answer OPTIONS with a 2xx status. List methods instead of ANY and API Gateway answers by itself, or use PreflightHandler.builtIn().`,
    );
  }
  if (findings.hasAuthorizers) warnAboutAuthorizers(api, policy);
  warnAboutMissingHeaders(api, policy, findings.asked);
}

/** `*` among the request headers is no word for Authorization. */
function warnAboutAuthorizers(api: IConstruct, policy: Policy): void {
  const warning = wildcardMissesAuthorization(policy);
  if (warning) warn(api, warning.id, warning.text);
}

/** A list by hand that stops the requests which the routes ask for. */
function warnAboutMissingHeaders(api: IConstruct, policy: Policy, asked: AskedHeaders): void {
  const warning = missingAllowHeader(policy, asked);
  if (warning) warn(api, warning.id, warning.text);
}

function names(operations: Operation[]): string {
  const routes = operations.map((operation) => routeKeyOf(operation).path ?? '$default');
  const keys = operations.map(({ verb }, index) =>
    routes[index] === '$default' ? '$default' : `${verb} ${routes[index]}`,
  );
  return [...new Set(keys)].sort().join(', ');
}
