import { readable } from '../unknown';
import type { GatewayResponse, RestApiModel } from './api-model';
import { type ApiParts, incompleteness, partsOfType } from './api-parts';
import { checkGatewayResponse, readGatewayResponse } from './gateway-response';
import { checkMethod } from './method-faults';
import { type DocumentOfApi, documentOfApi } from './open-api/document-of-api';
import { importRestApi } from './open-api/import-rest-api';
import { oneOrMore } from './properties';
import { readPolicy } from './resource-policy';
import { readMethod } from './rest-method';
import { placeResources } from './rest-resources';
import { readStages } from './rest-stages';
import { RestTree } from './rest-tree';

/**
 * A REST API from its CloudFormation resources,
 * and from those that an import of its document makes.
 */
export function readRestApi(given: ApiParts): RestApiModel {
  const { document, unreadable }: DocumentOfApi = given.api ? documentOfApi(given.api) : {};
  const all = given.api && document ? importRestApi(document, given.api, given) : given;
  const { api } = all;
  const faults: string[] = [];
  const tree = new RestTree(faults);
  const notes = new Set([...incompleteness(all), ...(unreadable === undefined ? [] : [unreadable])]);
  const resourceOf = placeResources(all, tree, notes);
  for (const part of partsOfType(all, 'AWS::ApiGateway::Method')) {
    const resource = resourceOf(part.properties.ResourceId);
    if (!resource) continue;
    const method = readMethod(part, resource.path, all);
    tree.add(resource, method);
    if (!method.doubt) checkMethod(method, part, faults);
  }

  return {
    kind: 'REST',
    id: api?.logicalId ?? readable(all.id),
    reference: all.id,
    constructPath: api?.scope.constructPath(api.logicalId),
    templateFile: (api ?? all.parts[0]).scope.file,
    ...readStages(all.parts),
    policy: api && readPolicy(api, document),
    gatewayResponses: readGatewayResponses(all, given, faults),
    faults,
    incomplete: notes.size > 0 ? Array.from(notes).join('; ') : undefined,
    // `~1` stands for a slash, as in the service's API.
    binaryMediaTypes: oneOrMore(api?.properties.BinaryMediaTypes).map((type) => type.replace('~1', '/')),
    root: tree.root,
  };
}

/** By type: one of the template stands in for one of the document. */
function readGatewayResponses(all: ApiParts, given: ApiParts, faults: string[]): Map<string, GatewayResponse> {
  const read = partsOfType(all, 'AWS::ApiGateway::GatewayResponse').map((part) =>
    readGatewayResponse(part, given.parts.includes(part) ? given.api : undefined),
  );
  const responses = new Map(read.map((response) => [response.type, response]));
  for (const response of responses.values()) checkGatewayResponse(response, faults);
  return responses;
}
