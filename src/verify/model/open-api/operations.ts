import { type OpenApiDocument, type OpenApiObject, routeKeyOf } from '../../../api-gateway/open-api/document';
import { isObject } from '../../template/cloudformation-template';
import type { Json } from '../../template/json';
import { listOf } from '../properties';

/** An operation with what its path item and its document add to it. */
export interface ImportedOperation {
  readonly path: string;
  /** 'GET', 'ANY', … */
  readonly verb: string;
  readonly operation: OpenApiObject;
  /**
   * Whether something stands in its place that cannot be read; a reference that leads nowhere is an
   * empty operation.
   */
  readonly isUnreadable: boolean;
  readonly isDefaultRoute: boolean;
  /** Those of the path item first: a later one of the same name and place stands in for them. */
  readonly parameters: OpenApiObject[];
  /** The `x-amazon-apigateway-integration`, written out or referring to the components. */
  readonly integration: Json;
}

export function operationsOf(document: OpenApiDocument): ImportedOperation[] {
  return document.foundOperations.map((found) => {
    const operation: OpenApiObject = isObject(found.operation) ? found.operation : {};
    return {
      path: found.path,
      verb: found.verb,
      operation,
      isUnreadable: found.operation !== undefined && !isObject(found.operation),
      isDefaultRoute: routeKeyOf(found).path === undefined,
      parameters: [...listOf(found.item.parameters), ...listOf(operation.parameters)]
        .map((parameter) => document.resolve(parameter))
        .filter(isObject),
      integration: document.resolve(operation['x-amazon-apigateway-integration']),
    };
  });
}

/**
 * Models by the content types of the bodies that an operation takes: `consumes` of OpenAPI 2.0,
 * `requestBody` of 3. 'Empty' is API Gateway's model that takes everything.
 */
export function requestModels(found: ImportedOperation, document: OpenApiDocument): Record<string, string> {
  const { operation, parameters } = found;
  const types = [...bodyTypesOf(operation, document), ...(consumedTypes(operation, document) ?? formTypes(parameters))];
  const hasBody = operation.requestBody !== undefined || parameters.some((parameter) => parameter.in === 'body');
  const all = types.length === 0 && hasBody ? ['application/json'] : types;
  return Object.fromEntries(all.map((type) => [type, hasBody ? 'Body' : 'Empty']));
}

function bodyTypesOf({ requestBody }: OpenApiObject, document: OpenApiDocument): string[] {
  const body = document.resolve(requestBody);
  return isObject(body) && isObject(body.content) ? Object.keys(body.content) : [];
}

function consumedTypes({ consumes }: OpenApiObject, { root }: OpenApiDocument): string[] | undefined {
  const types = listOf(consumes ?? root.consumes).filter((type) => typeof type === 'string');
  return types.length > 0 ? types : undefined;
}

/** Parameters of OpenAPI 2.0 that are fields of a form say which form it is. */
function formTypes(parameters: OpenApiObject[]): string[] {
  const fields = parameters.filter((parameter) => parameter.in === 'formData');
  if (fields.length === 0) return [];
  return [fields.some(({ type }) => type === 'file') ? 'multipart/form-data' : 'application/x-www-form-urlencoded'];
}
