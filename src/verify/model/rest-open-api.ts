import type { FoundResource } from '../template/all-resources';
import { isObject } from '../template/cloudformation-template';
import type { Authorization, GatewayResponse, Integration, RestMethod } from './api-model';
import {
  basePathOf,
  bodyTypesOf,
  dereference,
  hasOpenSecurity,
  integrationOf,
  OPEN_SECURITY,
  type Operation,
  operationsOf,
  requiredSchemes,
  securitySchemesOf,
} from './open-api';
import { entriesOf, headerNamesOf, isOpen, mapOf, mappedHeaders, oneOrMore, textOf } from './properties';
import {
  NO_VALIDATOR,
  type Validation,
  type ValidatorSwitches,
  validationBy,
  validatorElsewhere,
} from './request-validator';
import { checkMethod, integrationBasics, requestMapping } from './rest-integration';
import type { RestTree } from './rest-tree';

interface Into {
  readonly api: FoundResource;
  readonly byId: Map<string, FoundResource>;
  readonly tree: RestTree;
  readonly gatewayResponses: Map<string, GatewayResponse>;
  readonly binaryMediaTypes: string[];
  readonly faults: string[];
}

/**
 * Adds what an OpenAPI document says:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function restOpenApi(document: Record<string, any>, into: Into): void {
  const base = basePathOf(document, into.api.properties.Parameters?.basepath);
  for (const found of operationsOf(document)) {
    const resource = into.tree.at(base + found.path);
    const method = readMethod(found, document, into);
    into.tree.add(resource, { ...method, path: resource.path });
    if (!method.doubt) checkMethod(method, [], into.faults);
  }
  for (const [type, properties] of entriesOf(document['x-amazon-apigateway-gateway-responses'])) {
    into.gatewayResponses.set(type, {
      type,
      statusCode: properties?.statusCode === undefined ? undefined : Number(properties.statusCode),
      headers: mappedHeaders(mapOf(properties?.responseParameters), 'gatewayresponse.header.'),
      where: `x-amazon-apigateway-gateway-responses of ${into.api.name}`,
      doubt: isOpen(properties, properties?.statusCode, properties?.responseParameters)
        ? `the gateway response ${type} of ${into.api.name} is known only after deployment`
        : undefined,
    });
  }
  into.binaryMediaTypes.push(...oneOrMore(document['x-amazon-apigateway-binary-media-types']));
}

function readMethod(
  { path, verb, operation }: Operation,
  document: Record<string, any>,
  { api, byId }: Into,
): RestMethod {
  const integration = integrationOf(operation, document);
  const { authorization, apiKeyRequired } = securityOf(operation, document);
  const responses = entriesOf(integration?.responses).flatMap(([, response]) => [
    response,
    response?.statusCode,
    response?.contentHandling,
    response?.responseParameters,
    response?.responseTemplates,
  ]);
  const referred = referredDoubt(operation, integration);
  const open =
    operation['x-unknown'] !== undefined ||
    isOpen(
      integration,
      integration?.responses,
      integration?.requestTemplates,
      integration?.passthroughBehavior,
      integration?.contentHandling,
      operation.responses,
      ...responses,
    );
  return {
    verb,
    path,
    where: `paths["${path}"] of ${api.name}`,
    authorization,
    apiKey: apiKeyRequired ? keySource(document, api) : 'NONE',
    bodyTypes: bodyTypesOf(operation, document),
    ...validationOf(operation, document),
    integration:
      isObject(integration) || open ? readIntegration(isObject(integration) ? integration : {}, byId) : undefined,
    methodResponses: new Map(
      entriesOf(operation.responses).map(([status, response]) => [
        status,
        headerNamesOf(entriesOf(dereference(response, document)?.headers).map(([name]) => name)),
      ]),
    ),
    doubt: open
      ? `${verb} ${path} of ${api.name} is known only after deployment`
      : referred && `${referred} (${verb} ${path} of ${api.name})`,
  };
}

/** API Gateway documents that an import does not follow these references; what comes of them instead nobody has established. */
function referredDoubt(operation: Record<string, any>, integration: any): string | undefined {
  const isReference = (value: any): boolean => isObject(value) && typeof value.$ref === 'string';
  const unsupported = 'which an import into a REST API does not support: write it in place';
  const given = operation['x-amazon-apigateway-integration'];
  const answers: any[] = entriesOf(integration?.responses).map(([, response]) => response);
  if (isReference(given) || answers.some(isReference)) return `the integration is a $ref, ${unsupported}`;
  if (textOf(integration?.type).toLowerCase().endsWith('_proxy')) return undefined; // no response of the document matters there
  const status = answers
    .map((answer) => textOf(answer?.statusCode))
    .find((each) => isReference(operation.responses?.[each]));
  return status && `the response ${status} is a $ref, ${unsupported}`;
}

function readIntegration(properties: Record<string, any>, byId: Map<string, FoundResource>): Integration {
  return {
    ...integrationBasics(properties.type, properties.uri, byId),
    ...requestMapping(properties.requestParameters, properties.cacheKeyParameters),
    passthroughBehavior: textOf(properties.passthroughBehavior || 'WHEN_NO_MATCH').toUpperCase(),
    contentHandling: properties.contentHandling && textOf(properties.contentHandling).toUpperCase(),
    requestTemplates: mapOf(properties.requestTemplates),
    responses: entriesOf(properties.responses).map(([pattern, response]) => ({
      statusCode: textOf(response?.statusCode),
      selectionPattern: pattern === 'default' ? undefined : pattern,
      contentHandling: response?.contentHandling && textOf(response.contentHandling).toUpperCase(),
      headers: mappedHeaders(mapOf(response?.responseParameters), 'method.response.header.'),
      templates: mapOf(response?.responseTemplates),
    })),
  };
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
function securityOf(
  operation: Record<string, any>,
  document: Record<string, any>,
): { authorization: Authorization; apiKeyRequired: boolean } {
  const schemes = securitySchemesOf(document);
  const required = requiredSchemes(operation, document).map((name) => ({
    name,
    scheme: dereference(schemes[name], document),
  }));
  const isKey = (scheme: any): boolean =>
    scheme?.type === 'apiKey' && /^x-api-key$/i.test(textOf(scheme.name)) && !isAuthorizer(scheme);
  const authorizer = required.find(({ scheme }) => isAuthorizer(scheme));
  const legacy = operation['x-amazon-apigateway-auth']?.type;
  const apiKeyRequired = required.some(({ scheme }) => isKey(scheme));
  if (operation.security === undefined && required.some(({ scheme }) => isKey(scheme) || isAuthorizer(scheme)))
    return { apiKeyRequired: false, authorization: rootSecurity(authorizer, apiKeyRequired) };
  if (hasOpenSecurity(operation, document)) return { apiKeyRequired, authorization: OPEN_SECURITY };
  return {
    apiKeyRequired,
    authorization: authorizer
      ? authorizationOf(authorizer.name, authorizer.scheme)
      : textOf(legacy).toUpperCase() === 'AWS_IAM'
        ? { type: 'AWS_IAM', name: 'IAM', identitySources: ['header.Authorization'] }
        : { type: 'NONE', identitySources: [] },
  };
}

/** A request that carries what it asks for gets through whether it counts or not. */
function rootSecurity(authorizer: { name: string; scheme: any } | undefined, key: boolean): Authorization {
  const asked = authorizer ? authorizationOf(authorizer.name, authorizer.scheme).identitySources : [];
  const identitySources = [...asked, ...(key ? ['header.X-Api-Key'] : [])];
  return { type: 'UNKNOWN', name: 'at the root of the document', identitySources, doubt: ROOT_DOUBT };
}

const ROOT_DOUBT =
  'whether security at the root of a document counts is not known (AWS’s notes say no, a report says yes): write it on each operation';

function isAuthorizer(scheme: any): boolean {
  return (
    isObject(scheme) &&
    (scheme['x-amazon-apigateway-authtype'] !== undefined || scheme['x-amazon-apigateway-authorizer'] !== undefined)
  );
}

function authorizationOf(name: string, scheme: Record<string, any>): Authorization {
  const header = [`header.${textOf(scheme.name ?? 'Authorization')}`];
  if (textOf(scheme['x-amazon-apigateway-authtype']).toLowerCase() === 'awssigv4')
    return { type: 'AWS_IAM', name: 'IAM', identitySources: header };
  const authorizer = scheme['x-amazon-apigateway-authorizer'];
  if (!isObject(authorizer)) return { type: 'UNKNOWN', name, identitySources: [] };
  const type = textOf(authorizer.type).toLowerCase();
  if (type === 'cognito_user_pools') return { type: 'COGNITO', name, identitySources: header };
  if (type === 'token') return { type: 'TOKEN', name, identitySources: header };
  if (type !== 'request') return { type: 'UNKNOWN', name, identitySources: [] };
  const sources = textOf(authorizer.identitySource).split(',');
  return {
    type: 'REQUEST',
    name,
    identitySources: sources.map((source) => source.trim().replace(/^method\.request\./, '')).filter(Boolean),
  };
}

function validationOf(operation: Record<string, any>, document: Record<string, any>): Validation {
  const parameters = operation.parameters.map((parameter: any) => dereference(parameter, document));
  const placed = (place: string): any[] => parameters.filter((parameter: any) => parameter?.in === place);
  const named = (place: string, prefix: string): [string, unknown][] =>
    placed(place).map(({ name, required }) => [`${prefix}.${textOf(name)}`, required]);
  return validationBy(
    validatorOf(operation, document),
    [...named('header', 'header'), ...named('query', 'querystring')],
    [...placed('body'), ...(operation.requestBody === undefined ? [] : [operation.requestBody])],
  );
}

function validatorOf(operation: Record<string, any>, document: Record<string, any>): ValidatorSwitches {
  const key = 'x-amazon-apigateway-request-validator';
  const name = operation[key] ?? document[key];
  const validators = document[`${key}s`];
  const validator = validators?.[textOf(name)];
  if (name !== undefined && isOpen(name, validators, validator)) return validatorElsewhere(textOf(name));
  return isObject(validator)
    ? { parameters: validator.validateRequestParameters, body: validator.validateRequestBody }
    : NO_VALIDATOR;
}

function keySource(document: Record<string, any>, { properties }: FoundResource): RestMethod['apiKey'] {
  const source = textOf(properties.ApiKeySourceType || document['x-amazon-apigateway-api-key-source'] || 'HEADER');
  return source === 'HEADER' || source === 'AUTHORIZER' ? source : 'UNKNOWN';
}
