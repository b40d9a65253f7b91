import { OpenApiDocument, type OpenApiObject } from '../../../api-gateway/open-api/document';
import type { FoundResource } from '../../template/all-resources';
import { isObject, objectOf } from '../../template/cloudformation-template';
import type { Json } from '../../template/json';
import type { ApiParts } from '../api-parts';
import { entriesOf, isOpen, oneOrMore, textOf } from '../properties';
import { basePathOf } from './document-of-api';
import { ImportedResources } from './imported-resources';
import { type ImportedOperation, operationsOf, requestModels } from './operations';
import { restSecurity } from './rest-security';

/**
 * A REST API with the resources that the import of its document makes:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function importRestApi(root: OpenApiObject, api: FoundResource, all: ApiParts): ApiParts {
  const imported = new ImportedResources(api, 'AWS::ApiGateway');
  const document = new OpenApiDocument(root);
  const resourceAt = pathsBelow(api, imported);
  const validators = validatorsOf(document, imported);
  const base = basePathOf(root, api.properties.Parameters?.basepath);
  for (const found of operationsOf(document)) {
    const { path, verb, operation, integration } = found;
    const properties = {
      HttpMethod: verb,
      ResourceId: resourceAt(base + path),
      ...restSecurity(operation, document, imported),
      RequestValidatorId: validators(operation['x-amazon-apigateway-request-validator']),
      RequestParameters: requestParameters(found),
      RequestModels: requestModels(found, document),
      Integration: integrationProperties(integration),
      MethodResponses: methodResponses(operation, document),
    };
    imported.add('Method', `paths["${path}"] of ${api.name}`, properties, { doubt: doubtOf(found, api) });
  }
  addGatewayResponses(document, api, imported);
  return imported.within({ ...all, api: { ...api, properties: { ...api.properties, ...settings(root, api) } } });
}

/** What a document says of the API itself. */
function settings(root: OpenApiObject, { properties }: FoundResource): Record<string, unknown> {
  return {
    ApiKeySourceType: properties.ApiKeySourceType || root['x-amazon-apigateway-api-key-source'],
    BinaryMediaTypes: [
      ...oneOrMore(properties.BinaryMediaTypes),
      ...oneOrMore(root['x-amazon-apigateway-binary-media-types']),
    ],
  };
}

/** Makes the resources of a path, each below its parent, where they are not made yet. */
function pathsBelow(api: FoundResource, imported: ImportedResources): (path: string) => string {
  const made = new Map<string, string>();
  const rootId = textOf(api.scope.attribute(api.logicalId, 'RootResourceId'));
  return (path) => {
    let [id, at] = [rootId, ''];
    for (const part of path.split('/').filter((each) => each !== '')) {
      at = `${at}/${part}`;
      id = made.get(at) ?? imported.add('Resource', `${at} of ${api.name}`, { ParentId: id, PathPart: part });
      made.set(at, id);
    }
    return id;
  };
}

/** What RequestValidatorId is, by the name that an operation, or else the document, gives. */
function validatorsOf({ root }: OpenApiDocument, imported: ImportedResources): (own: unknown) => string | undefined {
  const declared = root['x-amazon-apigateway-request-validators'];
  const made = new Map<string, string>();
  return (own) => {
    const given = own ?? root['x-amazon-apigateway-request-validator'];
    const name = textOf(given);
    const validator = isObject(declared) && Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (given !== undefined && isOpen(given, declared, validator)) return name;
    if (!isObject(validator)) return undefined;
    const switches = {
      ValidateRequestParameters: validator.validateRequestParameters,
      ValidateRequestBody: validator.validateRequestBody,
    };
    const id = made.get(name) ?? imported.add('RequestValidator', name, switches);
    made.set(name, id);
    return id;
  };
}

function requestParameters({ parameters }: ImportedOperation): Record<string, unknown> {
  const places: Record<string, string> = { header: 'header', query: 'querystring', path: 'path' };
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const place = Object.hasOwn(places, textOf(parameter.in)) ? places[textOf(parameter.in)] : undefined;
      return place ? [[`method.request.${place}.${textOf(parameter.name)}`, parameter.required]] : [];
    }),
  );
}

function integrationProperties(integration: Json): unknown {
  if (!isObject(integration)) return integration;
  const { responses } = integration;
  return {
    Type: textOf(integration.type).toUpperCase(),
    Uri: integration.uri,
    PassthroughBehavior: integration.passthroughBehavior,
    ContentHandling: integration.contentHandling,
    CacheKeyParameters: integration.cacheKeyParameters,
    RequestParameters: integration.requestParameters,
    RequestTemplates: integration.requestTemplates,
    IntegrationResponses: isObject(responses) ? Object.entries(responses).map(integrationResponse) : responses,
  };
}

function integrationResponse([pattern, response]: [string, Json]): unknown {
  if (isOpen(response)) return response;
  const { statusCode, contentHandling, responseParameters, responseTemplates } = objectOf(response);
  return {
    SelectionPattern: pattern === 'default' ? undefined : pattern,
    StatusCode: statusCode,
    ContentHandling: contentHandling,
    ResponseParameters: responseParameters,
    ResponseTemplates: responseTemplates,
  };
}

function methodResponses({ responses }: OpenApiObject, document: OpenApiDocument): unknown {
  if (!isObject(responses)) return responses;
  return Object.entries(responses).map(([status, response]) => {
    const plain = document.resolve(response);
    if (isOpen(plain)) return plain;
    const declared = entriesOf(plain?.headers).map(([header]) => [`method.response.header.${header}`, true]);
    return { StatusCode: status, ResponseParameters: Object.fromEntries(declared) };
  });
}

function addGatewayResponses({ root }: OpenApiDocument, api: FoundResource, imported: ImportedResources): void {
  const key = 'x-amazon-apigateway-gateway-responses';
  for (const [type, response] of entriesOf(root[key])) {
    const properties = {
      ResponseType: type,
      StatusCode: response?.statusCode,
      ResponseParameters: response?.responseParameters,
    };
    const doubt = isOpen(response) ? `${type} of ${api.name} is known only after deployment` : undefined;
    imported.add('GatewayResponse', `${key} of ${api.name}`, properties, { doubt });
  }
}

function doubtOf(found: ImportedOperation, { name }: FoundResource): string | undefined {
  const { verb, path, isUnreadable } = found;
  if (isUnreadable) return `${verb} ${path} of ${name} is known only after deployment`;
  const referred = referredDoubt(found);
  return referred && `${referred} (${verb} ${path} of ${name})`;
}

/**
 * API Gateway documents that an import does not follow these references; what comes of them instead
 * nobody has established.
 */
function referredDoubt({ operation, integration }: ImportedOperation): string | undefined {
  const isReference = (value: Json): boolean => isObject(value) && typeof value.$ref === 'string';
  const unsupported = 'which an import into a REST API does not support: write it in place';
  const given = operation['x-amazon-apigateway-integration'];
  const answers = entriesOf(objectOf(integration).responses).map(([, response]) => response);
  if (integration === undefined) return undefined; // one that leads nowhere is as good as none
  if (isReference(given) || answers.some(isReference)) return `the integration is a $ref, ${unsupported}`;
  // Responses do not matter behind a proxy.
  if (textOf(objectOf(integration).type).toLowerCase().endsWith('_proxy')) return undefined;
  const status = answers
    .map((answer) => textOf(answer?.statusCode))
    .find((each) => isReference(operation.responses?.[each]));
  return status && `the response ${status} is a $ref, ${unsupported}`;
}
