import { isKeyedByOrigin } from '../../api-gateway/stage-cache';
import type { FoundResource } from '../template/all-resources';
import type { Integration, IntegrationResponse } from './api-model';
import { lambdaBehind } from './lambda-backend';
import { isOpen, listOf, mapOf, mappedHeaders, textOf } from './properties';

/** The Integration property of an AWS::ApiGateway::Method. */
export function readIntegration(properties: Record<string, any>, byId: Map<string, FoundResource>): Integration {
  const type = TYPES.find((known) => known === textOf(properties.Type).toUpperCase()) ?? 'UNKNOWN';
  const uri = textOf(properties.Uri);
  return {
    type,
    isLambda: /:lambda:path|\/functions\//.test(uri),
    lambda: type === 'AWS_PROXY' ? lambdaBehind(uri, byId) : undefined,
    uriVariables: Array.from(uri.matchAll(/\$\{stageVariables\.(\w+)\}/g), ([, name]) => name),
    requestHeaders: [...mappedHeaders(mapOf(properties.RequestParameters), 'integration.request.header.').keys()],
    isKeyedByOrigin: isKeyedByOrigin(properties.CacheKeyParameters),
    passthroughBehavior: textOf(properties.PassthroughBehavior || 'WHEN_NO_MATCH').toUpperCase(),
    contentHandling: contentHandlingOf(properties),
    requestTemplates: mapOf(properties.RequestTemplates),
    responses: listOf(properties.IntegrationResponses).map(readResponse),
  };
}

const TYPES = ['MOCK', 'HTTP', 'AWS', 'HTTP_PROXY', 'AWS_PROXY'] as const;

/** Whether parts that count are known only after deployment. */
export function isOpenIntegration(integration: any): boolean {
  return isOpen(
    integration,
    integration?.IntegrationResponses,
    integration?.RequestTemplates,
    integration?.PassthroughBehavior,
    integration?.ContentHandling,
    ...listOf(integration?.IntegrationResponses).flatMap((response) => [
      response,
      response.StatusCode,
      response.SelectionPattern,
      response.ContentHandling,
      response.ResponseParameters,
      response.ResponseTemplates,
    ]),
  );
}

function readResponse(properties: Record<string, any>): IntegrationResponse {
  return {
    statusCode: textOf(properties.StatusCode),
    selectionPattern: properties.SelectionPattern ? textOf(properties.SelectionPattern) : undefined,
    contentHandling: contentHandlingOf(properties),
    headers: mappedHeaders(mapOf(properties.ResponseParameters), 'method.response.header.'),
    templates: mapOf(properties.ResponseTemplates),
  };
}

function contentHandlingOf({ ContentHandling }: Record<string, any>): string | undefined {
  return ContentHandling ? textOf(ContentHandling).toUpperCase() : undefined;
}
