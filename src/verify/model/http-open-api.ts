import { reservedHeaderIn } from '../../api-gateway/reserved-headers';
import type { FoundResource } from '../template/all-resources';
import { isObject } from '../template/cloudformation-template';
import type { Authorization, HttpCors, HttpRoute } from './api-model';
import { readCors } from './http-cors';
import { lambdaBehind } from './lambda-backend';
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
import { isOpen, strings, textOf } from './properties';
import { routeOfKey } from './route-key';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html */
export function httpOpenApi(
  document: Record<string, any>,
  api: FoundResource,
  byId: Map<string, FoundResource>,
): { routes: HttpRoute[]; cors?: HttpCors } {
  return {
    routes: operationsOf(document).map((operation) => readRoute(operation, document, api, byId)),
    cors: readCors(document['x-amazon-apigateway-cors'], api.name, misread),
  };
}

/** One report: such a document deploys, and its preflights get a 404. */
function misread(field: string): string {
  return (
    `${field} of x-amazon-apigateway-cors is a text where a list belongs; users report that such a document deploys and its ` +
    'preflights get a 404: write a list'
  );
}

function readRoute(
  { path, verb, operation, isDefaultRoute }: Operation,
  document: Record<string, any>,
  api: FoundResource,
  byId: Map<string, FoundResource>,
): HttpRoute {
  const integration = integrationOf(operation, document);
  const base = basePathOf(document, api.properties.BasePath);
  const isOpenRoute = operation['x-unknown'] !== undefined || isOpen(operation.isDefaultRoute);
  const mayBeDefault = isOpen(operation.isDefaultRoute) ? operation.isDefaultRoute : undefined;
  return {
    ...routeOfKey(isDefaultRoute ? '$default' : (mayBeDefault ?? `${verb} ${base}${path}`)),
    where: `paths["${path}"] of ${api.name}`,
    authorization: authorizationOf(operation, document),
    bodyTypes: bodyTypesOf(operation, document),
    integration: isObject(integration) ? `the integration of ${verb} ${path}` : undefined,
    lambda: textOf(integration?.type).toLowerCase() === 'aws_proxy' ? lambdaBehind(integration.uri, byId) : undefined,
    reservedHeader:
      reservedHeaderIn(integration?.requestParameters) ?? reservedHeaderIn(integration?.responseParameters),
    doubt: isOpenRoute ? `${verb} ${path} of ${api.name} is known only after deployment` : undefined,
  };
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
function authorizationOf(operation: Record<string, any>, document: Record<string, any>): Authorization {
  if (hasOpenSecurity(operation, document)) return OPEN_SECURITY;
  const schemes = securitySchemesOf(document);
  for (const name of requiredSchemes(operation, document)) {
    const scheme = dereference(schemes[name], document);
    if (!isObject(scheme)) continue;
    if (textOf(scheme['x-amazon-apigateway-authtype']).toLowerCase() === 'awssigv4')
      return { type: 'AWS_IAM', name: 'IAM', identitySources: ['$request.header.Authorization'] };
    const authorizer = scheme['x-amazon-apigateway-authorizer'];
    if (!isObject(authorizer)) continue;
    const sources = Array.isArray(authorizer.identitySource)
      ? strings(authorizer.identitySource)
      : textOf(authorizer.identitySource).split(',').filter(Boolean);
    const type = textOf(authorizer.type).toLowerCase();
    return {
      type: type === 'jwt' ? 'JWT' : type === 'request' ? 'REQUEST' : 'UNKNOWN',
      name,
      identitySources: sources,
    };
  }
  const legacy = operation['x-amazon-apigateway-auth']?.type;
  return textOf(legacy).toUpperCase() === 'AWS_IAM'
    ? { type: 'AWS_IAM', name: 'IAM', identitySources: ['$request.header.Authorization'] }
    : { type: 'NONE', identitySources: [] };
}
