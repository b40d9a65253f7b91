import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AskedHeaders } from '../api-gateway/asked-headers';
import { type Operation, routeKeyOf } from '../api-gateway/open-api/document';
import { refusedPreflights } from '../api-gateway/refused-preflights';
import { missingAllowHeader } from '../policy/asked-headers';
import type { Policy } from '../policy/policy';
import { wildcardMissesAuthorization } from '../policy/policy-warnings';
import { asText } from '../text/as-text';
import { identity } from '../tree/attachments';
import { overrideOf, property } from '../tree/properties';
import { warnAboutOwnHeaders } from '../warnings/own-headers';
import { warnAboutCaches } from '../warnings/stage-caches';
import { annotate, inform, warn } from '../warnings/warn';
import type { CoveredApi } from './document-apis';
import { isVersion31 } from './document-faults';
import type { HttpDocumentFindings } from './http-document';
import type { RestDocumentFindings } from './rest-document';
import { answersForItself } from './written-backends';

/**
 * Problems of an API's document that a policy alone cannot solve. Each id is explained in
 * `docs/rules.md`.
 */

export function diagnoseDocument(api: CfnResource, body: unknown): void {
  if (isVersion31(body)) {
    warn(identity(api), 'OpenApi31');
  }
  const addition = additionIn(body);
  if (addition !== undefined) {
    warn(identity(api), 'IncompleteDocument', { addition });
  }
  if (overrideOf(api, 'Body') !== undefined) {
    warn(identity(api), 'DocumentOverride');
  }
}

/** The transform or loop that CloudFormation works out in a document. */
function additionIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'Fn::Transform') return `Fn::Transform (${asText(inner?.Name ?? 'a macro')})`;
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
  const unaware = findings.behindProxies.filter((operation) => !answersForItself(cfn, operation));
  if (findings.ownOptions.length > 0) {
    warn(api, 'OwnOptions', { at: findings.ownOptions });
  }
  if (findings.withoutResponses.length > 0) {
    warn(api, 'NoIntegrationResponses', { at: names(findings.withoutResponses) });
  }
  if (findings.losingOrigin.length > 0) {
    warn(api, 'BinaryBody', { at: names(findings.losingOrigin) });
  }
  const { origins, credentials } = policy;
  const own = [...findings.ownResponses, ...findings.ownErrors];
  warnAboutOwnHeaders(api, own, { origin: origins.staticOrigin, credentials }, 'gatewayresponse.header.');
  if (unaware.length > 0) {
    inform(api, 'BackendAnswers', { at: names(unaware) });
  }
  const resourcePolicy = Stack.of(cfn).resolve(property(cfn, 'Policy')) ?? findings.resourcePolicy;
  const refused = refusedPreflights(resourcePolicy, findings.paths);
  if (refused.length > 0) warn(api, 'RefusedByResourcePolicy', { paths: refused });
  if (findings.securedByRoot.length > 0) {
    warn(api, 'RootSecurity', { routes: names(findings.securedByRoot) });
  }
  const lost = beside.gatewayResponses.filter(({ response }) => !response).map(({ type }) => type);
  if (lost.length > 0) {
    warn(api, 'GatewayResponseBeside', { types: lost });
  }
  if (findings.answeredElsewhere.length > 0 && policy.methods === undefined) {
    warn(api, 'DividedRoot');
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
    warn(api, 'OwnCorsConfiguration', { property: 'x-amazon-apigateway-cors' });
  }
  if (findings.closedOptions.length > 0) {
    warn(api, 'ClosedPreflight', { at: names(findings.closedOptions), needs: 'an authorizer' });
  }
  if (opened.length > 0) {
    warn(api, 'BackendAnswersPreflight', { backends: `the integration of ${names(opened).join(', ')}` });
  }
  if (findings.unsafe.length > 0) {
    warn(api, 'UnsafePreflightBackend', {
      at: names(findings.unsafe),
      why: 'its integration does the same whatever the method, or may do so',
    });
  }
  if (open.length > 0) {
    inform(api, 'BackendAnswersOpenPreflight', { at: names(open) });
  }
  if (findings.hasAuthorizers) warnAboutAuthorizers(api, policy);
  warnAboutMissingHeaders(api, policy, findings.asked);
}

/** `*` in Access-Control-Allow-Headers does not cover Authorization. */
function warnAboutAuthorizers(api: IConstruct, policy: Policy): void {
  const warning = wildcardMissesAuthorization(policy);
  if (warning) annotate(api, warning);
}

/** A list by hand that stops the requests which the routes ask for. */
function warnAboutMissingHeaders(api: IConstruct, policy: Policy, asked: AskedHeaders): void {
  const warning = missingAllowHeader(policy, asked);
  if (warning) annotate(api, warning);
}

function names(operations: Operation[]): string[] {
  const routes = operations.map((operation) => routeKeyOf(operation).path ?? '$default');
  const keys = operations.map(({ verb }, index) =>
    routes[index] === '$default' ? '$default' : `${verb} ${routes[index]}`,
  );
  return [...new Set(keys)].sort();
}
