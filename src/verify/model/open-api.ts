import { OpenApiDocument, routeKeyOf } from '../../api-gateway/open-api/document';
import { valueAt } from '../../api-gateway/open-api/json-pointer';
import type { FoundResource } from '../template/all-resources';
import { isObject } from '../template/cloudformation-template';
import type { Authorization } from './api-model';
import { isOpen, textOf } from './properties';

/** An OpenAPI document of an API, if it has one. */
export interface OpenApiOfApi {
  readonly body?: Record<string, any>;
  readonly unreadable?: string;
}

/**
 * The Body of an API, or the document behind BodyS3Location where that is an asset of the assembly.
 */
export function readOpenApi({ name, scope, properties }: FoundResource): OpenApiOfApi {
  const { Body, BodyS3Location } = properties;
  if (isObject(Body)) return { body: Body };
  if (Body !== undefined) return { unreadable: `the Body of ${name} is known only after deployment` };
  if (BodyS3Location === undefined) return {};
  const document = scope.asset(textOf(BodyS3Location?.Key));
  if (isObject(document)) return { body: document };
  return { unreadable: `the OpenAPI document of ${name} is in S3, not in the template` };
}

/**
 * What an import puts before every path: nothing, unless it is asked to `prepend` the document's base path, or what is
 * behind its first part (`split`).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function basePathOf(document: Record<string, any>, mode: unknown): string {
  if (mode !== 'prepend' && mode !== 'split') return '';
  const [server] = asList(document.servers);
  const url = textOf(document.basePath ?? server?.url).replace(/\{([^{}]*)\}/g, (_, name) =>
    textOf(server?.variables?.[name]?.default),
  );
  const parts = url
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
    .split('/')
    .filter(Boolean);
  return (mode === 'split' ? parts.slice(1) : parts).map((part) => `/${part}`).join('');
}

export interface Operation {
  readonly path: string;
  /** 'GET', 'ANY', … */
  readonly verb: string;
  readonly operation: Record<string, any>;
  readonly isDefaultRoute: boolean;
}

/** The operations of a document, with the parameters that their path items share. */
export function operationsOf(document: Record<string, any>): Operation[] {
  return new OpenApiDocument(document).foundOperations.map((found) => {
    const { path, verb, item, operation: own } = found;
    const operation: Record<string, any> = isObject(own) ? { ...own } : { 'x-unknown': own };
    operation.parameters = [...asList(item.parameters), ...asList(operation.parameters)];
    return { path, verb, operation, isDefaultRoute: routeKeyOf(found).path === undefined };
  });
}

/** Follows `$ref` inside the document; what leads elsewhere stays as it is. */
export function dereference(value: any, document: Record<string, any>): any {
  for (let hops = 0; isObject(value) && typeof value.$ref === 'string' && hops < 20; hops++) {
    if (!value.$ref.startsWith('#/')) return value;
    value = valueAt(document, value.$ref);
  }
  return value;
}

/** The content types of the bodies that an operation takes: `consumes` of OpenAPI 2.0, `requestBody` of 3. */
export function bodyTypesOf(operation: Record<string, any>, document: Record<string, any>): string[] {
  const body = dereference(operation.requestBody, document);
  const content = isObject(body) && isObject(body.content) ? Object.keys(body.content) : [];
  const consumed = asList(operation.consumes ?? document.consumes).filter((type) => typeof type === 'string');
  return [...content, ...(consumed.length > 0 ? consumed : formTypesOf(operation, document))];
}

/** Parameters of OpenAPI 2.0 that are fields of a form say on their own which form it is. */
function formTypesOf(operation: Record<string, any>, document: Record<string, any>): string[] {
  const fields = asList(operation.parameters)
    .map((parameter) => dereference(parameter, document))
    .filter((parameter) => parameter?.in === 'formData');
  if (fields.length === 0) return [];
  return [fields.some(({ type }) => type === 'file') ? 'multipart/form-data' : 'application/x-www-form-urlencoded'];
}

/** `x-amazon-apigateway-integration`, written out or referring to the components. */
export function integrationOf(operation: Record<string, any>, document: Record<string, any>): any {
  return dereference(operation['x-amazon-apigateway-integration'], document);
}

export function securitySchemesOf(document: Record<string, any>): Record<string, any> {
  const schemes = document.securityDefinitions ?? document.components?.securitySchemes;
  return isObject(schemes) ? schemes : {};
}

/**
 * The names of the schemes that an operation asks for: its own, or the document's. `security: []`
 * opens it.
 */
export function requiredSchemes(operation: Record<string, any>, document: Record<string, any>): string[] {
  return asList(operation.security ?? document.security).flatMap((requirement) =>
    isObject(requirement) ? Object.keys(requirement) : [],
  );
}

/** Whether it is known only after deployment which authorizer an operation has. */
export function hasOpenSecurity(operation: Record<string, any>, document: Record<string, any>): boolean {
  const security = operation.security ?? document.security;
  const legacy = operation['x-amazon-apigateway-auth'];
  const names = requiredSchemes(operation, document);
  const homes =
    names.length > 0 ? [document.securityDefinitions, document.components, document.components?.securitySchemes] : [];
  const schemes = names.map((name) => dereference(securitySchemesOf(document)[name], document));
  const authorizers = schemes.flatMap((scheme) => [
    scheme?.['x-amazon-apigateway-authtype'],
    scheme?.['x-amazon-apigateway-authorizer'],
  ]);
  return isOpen(security, ...asList(security), legacy, legacy?.type, ...homes, ...schemes, ...authorizers);
}

/** What stands for an authorizer of which no more is known than that there may be one. */
export const OPEN_SECURITY: Authorization = {
  type: 'UNKNOWN',
  name: 'behind its security requirements',
  identitySources: [],
};

function asList(value: any): any[] {
  return Array.isArray(value) ? value : [];
}
