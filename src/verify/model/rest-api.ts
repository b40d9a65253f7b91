import type { FoundResource } from '../template/all-resources';
import { isObject } from '../template/cloudformation-template';
import { isKnown, readable } from '../unknown';
import type { Authorization, GatewayResponse, RestApiModel, RestMethod, RestResource } from './api-model';
import type { ApiParts } from './api-parts';
import { readOpenApi } from './open-api';
import {
  entriesOf,
  headerNamesOf,
  isOpen,
  isTrue,
  listOf,
  mapOf,
  mappedHeaders,
  oneOrMore,
  textOf,
} from './properties';
import { NO_VALIDATOR, type Validation, validationBy, validatorElsewhere } from './request-validator';
import { readPolicy } from './resource-policy';
import { checkGatewayResponse, checkMethod, readIntegration } from './rest-integration';
import { restOpenApi } from './rest-open-api';
import { readStages } from './rest-stages';
import { RestTree } from './rest-tree';

/** A REST API from its CloudFormation resources and, if it has one, its OpenAPI document. */
export function readRestApi(all: ApiParts): RestApiModel {
  const { api } = all;
  const faults: string[] = [];
  const tree = new RestTree(faults);
  const gatewayResponses = new Map<string, GatewayResponse>();
  const binaryMediaTypes = oneOrMore(api?.properties.BinaryMediaTypes).map((type) => type.replace('~1', '/')); // as the service's API has it
  const notes = new Set(incompleteness(all));

  const document = api ? readOpenApi(api) : {};
  if (api) {
    if (document.body)
      restOpenApi(document.body, { api, byId: all.byId, tree, gatewayResponses, binaryMediaTypes, faults });
    else if (document.unreadable) notes.add(document.unreadable);
  }
  const resourceOf = placeResources(all, tree, notes);
  for (const part of ofType(all, 'Method')) addMethod(part, resourceOf(part.properties.ResourceId), all, tree, faults);
  for (const part of ofType(all, 'GatewayResponse')) addGatewayResponse(part, api, gatewayResponses);
  for (const response of gatewayResponses.values()) checkGatewayResponse(response, faults);

  return {
    kind: 'REST',
    id: api?.logicalId ?? readable(all.id),
    reference: all.id,
    constructPath: api?.scope.constructPath(api.logicalId),
    templateFile: (api ?? all.parts[0]).scope.file,
    ...readStages(all.parts),
    policy: api && readPolicy(api, document.body),
    faults,
    incomplete: notes.size > 0 ? Array.from(notes).join('; ') : undefined,
    binaryMediaTypes,
    root: tree.root,
    gatewayResponses,
  };
}

function ofType({ parts }: ApiParts, type: string): FoundResource[] {
  return parts.filter((part) => part.type === `AWS::ApiGateway::${type}`);
}

function incompleteness({ id, api, unread, additions }: ApiParts): string[] {
  return [
    ...additions,
    ...(api ? [] : [`the API ${readable(id)} itself is made elsewhere`]),
    ...(unread
      ? [
          `the nested stack ${unread} may add to it, and its template is not at hand (try CorsSimulator.fromAssembly or fromStack)`,
        ]
      : []),
  ];
}

/**
 * Puts every AWS::ApiGateway::Resource under its parent, and returns what finds a resource by the
 * id that a reference resolves to.
 */
function placeResources(all: ApiParts, tree: RestTree, notes: Set<string>): (id: any) => RestResource | undefined {
  const parts = new Map(ofType(all, 'Resource').map((part) => [part.id, part]));
  const placed = new Map<string, RestResource | undefined>([[rootIdOf(all), tree.root]]);

  const place = (id: any): RestResource | undefined => {
    if (placed.has(id)) return placed.get(id);
    placed.set(id, undefined); // resources that are each other's parents
    const part = parts.get(id);
    const parent = part && place(part.properties.ParentId);
    if (part && !isKnown(textOf(part.properties.PathPart)))
      notes.add(`the path of ${part.name} is known only after deployment`);
    if (part && parent) placed.set(id, tree.child(parent, textOf(part.properties.PathPart)));
    else notes.add(`where ${readable(textOf(id))} stands in the tree of resources is not in the template`);
    return placed.get(id);
  };
  for (const id of parts.keys()) place(id);
  return place;
}

/**
 * An imported API's root has an id that only the deployer knows: the one parent that is not a resource
 * of the template.
 */
function rootIdOf(all: ApiParts): string {
  if (all.api) return textOf(all.api.scope.attribute(all.api.logicalId, 'RootResourceId'));
  const resources = ofType(all, 'Resource');
  const own = new Set(resources.map(({ id }) => id));
  const parents = [
    ...resources.map(({ properties }) => properties.ParentId),
    ...ofType(all, 'Method').map(({ properties }) => properties.ResourceId),
  ];
  const foreign = new Set(parents.filter((id) => !own.has(id)).map(textOf));
  const named = Array.from(foreign).find((id) => /RootResourceId/.test(id));
  return named ?? (foreign.size === 1 ? Array.from(foreign)[0] : '');
}

function addMethod(
  part: FoundResource,
  resource: RestResource | undefined,
  all: ApiParts,
  tree: RestTree,
  faults: string[],
): void {
  if (!resource) return;
  const { properties } = part;
  const integration = properties.Integration;
  const responses = listOf(integration?.IntegrationResponses).flatMap((response) => [
    response.StatusCode,
    response.SelectionPattern,
    response.ContentHandling,
    response.ResponseParameters,
    response.ResponseTemplates,
  ]);
  const open = isOpen(
    integration,
    integration?.IntegrationResponses,
    integration?.RequestTemplates,
    integration?.PassthroughBehavior,
    integration?.ContentHandling,
    properties.MethodResponses,
    ...listOf(properties.MethodResponses).map(({ StatusCode }) => StatusCode),
    ...responses,
  );
  const isVague = open || isOpen(properties.ApiKeyRequired, properties.HttpMethod);
  const doubt = isVague ? `parts of ${part.name} are known only after deployment` : part.doubt;
  const method = {
    verb: isOpen(properties.HttpMethod) ? properties.HttpMethod : textOf(properties.HttpMethod).toUpperCase(),
    path: resource.path,
    where: part.name,
    authorization: authorizationOf(properties, all),
    apiKey: apiKeyOf(properties, all),
    ...validationOf(properties, all),
    bodyTypes: entriesOf(properties.RequestModels).map(([type]) => type),
    integration:
      isObject(integration) || doubt ? readIntegration(isObject(integration) ? integration : {}, all.byId) : undefined,
    methodResponses: new Map(
      listOf(properties.MethodResponses).map((response) => [
        textOf(response.StatusCode),
        headerNamesOf(Object.keys(response.ResponseParameters ?? {})),
      ]),
    ),
    doubt,
  };
  tree.add(resource, method);
  if (properties.AuthorizationType === 'CUSTOM' && properties.AuthorizerId === undefined && !open) {
    faults.push(
      `${method.verb} ${resource.path} (${part.name}) has AuthorizationType CUSTOM and no AuthorizerId: "Invalid authorizer ID specified".`,
    );
  }
  const statuses = listOf(properties.MethodResponses).map(({ StatusCode }) => textOf(StatusCode));
  if (!open) checkMethod(method, statuses, faults);
}

function apiKeyOf({ ApiKeyRequired }: Record<string, any>, { api }: ApiParts): RestMethod['apiKey'] {
  if (!isTrue(ApiKeyRequired)) return 'NONE';
  const source = textOf(api?.properties.ApiKeySourceType || 'HEADER');
  return source === 'HEADER' || source === 'AUTHORIZER' ? source : 'UNKNOWN';
}

function validationOf(properties: Record<string, any>, { byId }: ApiParts): Validation {
  const { RequestValidatorId, RequestParameters, RequestModels } = properties;
  const validator = byId.get(RequestValidatorId)?.properties;
  return validationBy(
    validator
      ? { parameters: validator.ValidateRequestParameters, body: validator.ValidateRequestBody }
      : RequestValidatorId === undefined
        ? NO_VALIDATOR
        : validatorElsewhere(textOf(RequestValidatorId)),
    entriesOf(RequestParameters).map(([name, required]) => [name.replace(/^method\.request\./, ''), required]),
    entriesOf(RequestModels).filter(([, model]) => model !== 'Empty'),
  );
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
 */
function authorizationOf(properties: Record<string, any>, all: ApiParts): Authorization {
  const type = textOf(properties.AuthorizationType || 'NONE');
  if (type === 'NONE') return { type, identitySources: [] };
  if (type === 'AWS_IAM') return { type, name: 'IAM', identitySources: ['header.Authorization'] };
  const authorizer = all.byId.get(properties.AuthorizerId);
  const name = authorizer?.name ?? readable(textOf(properties.AuthorizerId ?? type));
  const sources = textOf(authorizer?.properties.IdentitySource)
    .split(',')
    .map((source) => source.trim().replace(/^method\.request\./, ''))
    .filter(Boolean);
  if (type === 'COGNITO_USER_POOLS')
    return { type: 'COGNITO', name, identitySources: sources.length ? sources : ['header.Authorization'] };
  if (type !== 'CUSTOM' || !authorizer || isOpen(authorizer.properties.Type))
    return { type: 'UNKNOWN', name, identitySources: [] };
  return authorizer.properties.Type === 'REQUEST'
    ? { type: 'REQUEST', name, identitySources: sources }
    : { type: 'TOKEN', name, identitySources: sources.length ? sources : ['header.Authorization'] };
}

function addGatewayResponse(
  part: FoundResource,
  api: FoundResource | undefined,
  responses: Map<string, GatewayResponse>,
): void {
  const { ResponseType, StatusCode, ResponseParameters } = part.properties;
  const type = textOf(ResponseType);
  const open = isOpen(ResponseType, StatusCode, ResponseParameters);
  responses.set(type, {
    type,
    statusCode: StatusCode === undefined ? undefined : Number(StatusCode),
    headers: mappedHeaders(mapOf(ResponseParameters), 'gatewayresponse.header.'),
    where: part.name,
    doubt: part.doubt ?? (open ? `parts of ${part.name} are known only after deployment` : lostAtImport(part, api)),
  });
}

/** CloudFormation does not put back what an import of a changed document takes away. */
function lostAtImport({ name }: FoundResource, api: FoundResource | undefined): string | undefined {
  if (!api || (api.properties.Body === undefined && api.properties.BodyS3Location === undefined)) return undefined;
  return (
    `${name} stands beside the document of ${api.name}, and the next import of a changed Body takes it away: ` +
    'write it into x-amazon-apigateway-gateway-responses'
  );
}
