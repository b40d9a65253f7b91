import { mapBranches } from '../api-gateway/cloudformation-conditions';
import {
  cannotCarryOrigin,
  contextFor,
  patchResponse,
  type ResponseContext,
  statusOf,
} from '../api-gateway/integration-response';
import type { OpenApiDocument, Operation } from '../api-gateway/open-api/document';
import { responseAdditions } from '../api-gateway/response-headers';
import { comparedOrigins, responseHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import { asText } from '../text/as-text';
import { type OwnResponse, ownResponses } from '../warnings/own-headers';
import { declareHeaders } from './header-declarations';

export interface ResponseFindings {
  /** Operations whose backends have to send the headers themselves. */
  readonly behindProxies: Operation[];
  /** Operations that API Gateway answers with 500. */
  readonly withoutResponses: Operation[];
  /** What the user mapped on responses. */
  readonly ownResponses: OwnResponse[];
  /** Operations whose bodies may be binary, so that no template can look for the page's origin. */
  readonly losingOrigin: Operation[];
}

/**
 * Has every response of the non-proxy integrations carry the headers. Proxies hand on what their
 * backends answer.
 */
export function coverResponses(
  document: OpenApiDocument,
  operations: Operation[],
  policy: Policy,
  mayBeBinary: boolean,
): ResponseFindings {
  const context: ResponseContext = {
    additions: responseAdditions(responseHeaders(policy), comparedOrigins(policy)),
    mayBeBinary,
  };
  const findings: ResponseFindings = { behindProxies: [], withoutResponses: [], ownResponses: [], losingOrigin: [] };
  for (const operation of operations) {
    for (const integration of document.integrationsOf(operation))
      coverIntegration(document, operation, integration, context, findings);
  }
  return findings;
}

function coverIntegration(
  document: OpenApiDocument,
  operation: Operation,
  integration: any,
  context: ResponseContext,
  findings: ResponseFindings,
): void {
  const type = asText(integration.type).toUpperCase();
  if (type.endsWith('_PROXY')) {
    findings.behindProxies.push(operation);
    return;
  }
  const byPattern = document.sides(integration.responses);
  const responses = byPattern.flatMap((patterns) =>
    Object.values(patterns).flatMap((response) => document.sides(response)),
  );
  if (responses.length === 0) findings.withoutResponses.push(operation);
  findings.ownResponses.push(
    ...responses.flatMap((response) => ownResponses(`${operation.verb} ${operation.path}, response`, response)),
  );
  if (responses.some((response) => cannotCarryOrigin(response, context))) findings.losingOrigin.push(operation);
  const inContext = contextFor(integration, context);
  for (const patterns of byPattern) {
    for (const [pattern, response] of Object.entries(patterns)) {
      patterns[pattern] = mapBranches(response, (plain) => patchResponse(plain, inContext, type === 'MOCK'));
    }
  }
  for (const status of new Set(responses.map(statusOf))) {
    declareHeaders(document, operation.operation, status, Object.keys(context.additions.headers));
  }
}
