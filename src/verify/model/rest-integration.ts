import { isKeyedByOrigin } from '../../api-gateway/stage-cache';
import type { FoundResource } from '../template/all-resources';
import { objectOf } from '../template/cloudformation-template';
import type { Json, JsonObject } from '../template/json';
import type { Integration, IntegrationResponse } from './api-model';
import { lambdaBehind } from './lambda-backend';
import { isOpen, listOf, mapOf, mappedHeaders, textOf } from './properties';

/** The Integration property of an AWS::ApiGateway::Method. */
export function readIntegration(properties: JsonObject, byId: Map<string, FoundResource>): Integration {
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
export function isOpenIntegration(given: Json): boolean {
  const { IntegrationResponses, RequestTemplates, PassthroughBehavior, ContentHandling } = objectOf(given);
  return (
    isOpen(given, IntegrationResponses, RequestTemplates, PassthroughBehavior, ContentHandling) ||
    listOf(IntegrationResponses).some((response) =>
      isOpen(
        response,
        response.StatusCode,
        response.SelectionPattern,
        response.ContentHandling,
        response.ResponseParameters,
        response.ResponseTemplates,
      ),
    )
  );
}

function readResponse(properties: JsonObject): IntegrationResponse {
  return {
    statusCode: textOf(properties.StatusCode),
    selectionPattern: properties.SelectionPattern ? textOf(properties.SelectionPattern) : undefined,
    contentHandling: contentHandlingOf(properties),
    headers: mappedHeaders(mapOf(properties.ResponseParameters), 'method.response.header.'),
    templates: mapOf(properties.ResponseTemplates),
  };
}

function contentHandlingOf({ ContentHandling }: JsonObject): string | undefined {
  return ContentHandling ? textOf(ContentHandling).toUpperCase() : undefined;
}
