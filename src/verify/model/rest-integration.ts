import { isKeyedByOrigin } from '../../api-gateway/stage-cache';
import type { FoundResource } from '../template/all-resources';
import { isKnown, readable } from '../unknown';
import type { GatewayResponse, Integration, IntegrationResponse, RestMethod } from './api-model';
import { lambdaBehind } from './lambda-backend';
import { listOf, mapOf, mappedHeaders, textOf } from './properties';

const TYPES = ['MOCK', 'HTTP', 'AWS', 'HTTP_PROXY', 'AWS_PROXY'] as const;

/** The Integration property of an AWS::ApiGateway::Method. */
export function readIntegration(properties: Record<string, any>, byId: Map<string, FoundResource>): Integration {
  return {
    ...integrationBasics(properties.Type, properties.Uri, byId),
    ...requestMapping(properties.RequestParameters, properties.CacheKeyParameters),
    passthroughBehavior: textOf(properties.PassthroughBehavior || 'WHEN_NO_MATCH').toUpperCase(),
    contentHandling: properties.ContentHandling && textOf(properties.ContentHandling).toUpperCase(),
    requestTemplates: mapOf(properties.RequestTemplates),
    responses: listOf(properties.IntegrationResponses).map(readResponse),
  };
}

export function integrationBasics(
  typeProperty: any,
  uri: any,
  byId: Map<string, FoundResource>,
): Pick<Integration, 'type' | 'isLambda' | 'lambda' | 'uriVariables'> {
  const type = TYPES.find((known) => known === textOf(typeProperty).toUpperCase()) ?? 'UNKNOWN';
  const lambda = type === 'AWS_PROXY' ? lambdaBehind(uri, byId) : undefined;
  return {
    type,
    isLambda: /:lambda:path|\/functions\//.test(textOf(uri)),
    lambda,
    uriVariables: Array.from(textOf(uri).matchAll(/\$\{stageVariables\.(\w+)\}/g), ([, name]) => name),
  };
}

export function requestMapping(
  parameters: any,
  cacheKeys: any,
): Pick<Integration, 'requestHeaders' | 'isKeyedByOrigin'> {
  return {
    requestHeaders: Array.from(mappedHeaders(mapOf(parameters), 'integration.request.header.').keys()),
    isKeyedByOrigin: isKeyedByOrigin(cacheKeys),
  };
}

function readResponse(properties: Record<string, any>): IntegrationResponse {
  return {
    statusCode: textOf(properties.StatusCode),
    selectionPattern: properties.SelectionPattern ? textOf(properties.SelectionPattern) : undefined,
    contentHandling: properties.ContentHandling && textOf(properties.ContentHandling).toUpperCase(),
    headers: mappedHeaders(mapOf(properties.ResponseParameters), 'method.response.header.'),
    templates: mapOf(properties.ResponseTemplates),
  };
}

/**
 * What makes the deployment of a method fail.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export function checkMethod(method: RestMethod, declaredStatuses: string[], faults: string[]): void {
  const name = `${method.verb} ${method.path} (${method.where})`;
  const twice = declaredStatuses.find((status, index) => declaredStatuses.indexOf(status) !== index);
  if (twice)
    faults.push(
      `${name} has two method responses with the status ${twice}: "Response already exists for this resource".`,
    );
  const { integration } = method;
  if (!integration || integration.type.endsWith('_PROXY')) return; // proxy integrations have no integration responses

  for (const response of integration.responses) {
    const declared = method.methodResponses.get(response.statusCode);
    for (const [header, expression] of response.headers) {
      if (!declared?.has(header.toLowerCase())) {
        faults.push(
          `${name} maps ${header} on the integration response ${response.statusCode}, but its method response ${response.statusCode} does not declare it: ` +
            `add "method.response.header.${header}": true there.`,
        );
      }
      if (!isMapping(expression, RESPONSE_SOURCES)) {
        faults.push(
          `${name} maps ${header} to ${readable(expression)}, which is not a mapping expression: ${inSingleQuotes(expression)}.`,
        );
      }
    }
  }
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function checkGatewayResponse({ type, where, headers }: GatewayResponse, faults: string[]): void {
  for (const [header, expression] of headers) {
    if (isMapping(expression, GATEWAY_SOURCES)) continue;
    faults.push(
      `the gateway response ${type} (${where}) maps ${header} to ${readable(expression)}, which is not a mapping expression: ${inSingleQuotes(expression)}.`,
    );
  }
}

/** Double quotes around a value would be sent with it. */
function inSingleQuotes(expression: string): string {
  const bare = readable(expression).replace(/^["']+|["']+$/g, '');
  const instead = /^["']/.test(expression) ? ', in place of the other quotes' : '';
  return `a static value stands in single quotes, "'${bare}'"${instead}`;
}

const RESPONSE_SOURCES = /^(integration\.response\.|context\.|stageVariables\.)/;
const GATEWAY_SOURCES = /^(method\.request\.|context\.|stageVariables\.)/;

/**
 * A quoted value, or where the value comes from. What is unknown until deployment is not judged.
 */
function isMapping(expression: string, sources: RegExp): boolean {
  return /^'[\s\S]*'$/.test(expression) || sources.test(expression) || !isKnown(expression);
}
