import { reservedHeaderIn } from '../../api-gateway/reserved-headers';
import type { FoundResource } from '../template/all-resources';
import { isObject } from '../template/cloudformation-template';
import { readable } from '../unknown';
import type { Authorization, HttpApiModel, HttpRoute } from './api-model';
import type { ApiParts } from './api-parts';
import { checkCors, checkShape, readCors } from './http-cors';
import { httpOpenApi } from './http-open-api';
import { lambdaBehind } from './lambda-backend';
import { readOpenApi } from './open-api';
import { isOpen, mapOf, sharedVariables, strings, textOf } from './properties';
import { doubtOfKey, routeOfKey } from './route-key';

/**
 * An HTTP API from its CloudFormation resources and, if it has one, its OpenAPI document. WebSocket
 * APIs know no CORS.
 */
export function readHttpApi(all: ApiParts): HttpApiModel | undefined {
  const { api, unread, additions } = all;
  if (api?.properties.ProtocolType === 'WEBSOCKET') return undefined;
  if (
    !api &&
    !ofType(all, 'Route').some(({ properties }) => /^(\$default|[A-Z]+ \/.*)$/.test(textOf(properties.RouteKey)))
  )
    return undefined;
  const faults: string[] = [];
  const notes: string[] = [...additions];
  if (!api) notes.push(`the API ${readable(all.id)} itself is made elsewhere`);
  if (unread)
    notes.push(
      `the nested stack ${unread} may add to it, and its template is not at hand (try CorsSimulator.fromAssembly or fromStack)`,
    );

  const document = api ? readOpenApi(api) : {};
  if (document.unreadable) notes.push(document.unreadable);
  const fromDocument =
    api && document.body ? httpOpenApi(document.body, api, all.byId) : { routes: [], cors: undefined };
  const configured = api?.properties.CorsConfiguration;
  if (api && configured !== undefined && document.body) {
    faults.push(
      `${api.name} has CorsConfiguration beside a Body: the service refuses that, put x-amazon-apigateway-cors into the document.`,
    );
  }
  const cors = readCors(configured, api?.name ?? all.id) ?? fromDocument.cors;
  if (api && configured !== undefined) checkShape(configured, api.name, faults);
  if (api && cors) checkCors(cors, api.name, faults);
  const routes = [
    ...fromDocument.routes,
    ...ofType(all, 'Route').map((part) => readRoute(part, all)),
    ...quickRoute(all),
  ];
  checkRoutes(all, routes, faults);

  return {
    kind: 'HTTP',
    id: api?.logicalId ?? readable(all.id),
    reference: all.id,
    constructPath: api?.scope.constructPath(api.logicalId),
    templateFile: (api ?? all.parts[0]).scope.file,
    stages: ofType(all, 'Stage').map(({ properties }) => textOf(properties.StageName)),
    stageVariables: sharedVariables(ofType(all, 'Stage').map(({ properties }) => mapOf(properties.StageVariables))),
    faults,
    incomplete: notes.length > 0 ? notes.join('; ') : undefined,
    cors,
    routes,
  };
}

function ofType({ parts }: ApiParts, type: string): FoundResource[] {
  return parts.filter((part) => part.type === `AWS::ApiGatewayV2::${type}`);
}

function readRoute(part: FoundResource, all: ApiParts): HttpRoute {
  const { RouteKey, Target } = part.properties;
  const integration = all.byId.get(textOf(Target).replace(/^integrations\//, ''));
  return {
    ...routeOfKey(textOf(RouteKey)),
    where: part.name,
    authorization: authorizationOf(part, all),
    bodyTypes: [],
    integration: integration?.name,
    lambda:
      integration?.properties.IntegrationType === 'AWS_PROXY'
        ? lambdaBehind(integration.properties.IntegrationUri, all.byId)
        : undefined,
    reservedHeader:
      reservedHeaderIn(integration?.properties.RequestParameters) ??
      reservedHeaderIn(integration?.properties.ResponseParameters),
    doubt: part.doubt ?? doubtOfKey(textOf(RouteKey)),
  };
}

function authorizationOf({ properties }: FoundResource, all: ApiParts): Authorization {
  const type = textOf(properties.AuthorizationType || 'NONE');
  if (type === 'NONE') return { type, identitySources: [] };
  if (type === 'AWS_IAM') return { type, name: 'IAM', identitySources: ['$request.header.Authorization'] };
  const authorizer = all.byId.get(properties.AuthorizerId);
  const name = authorizer?.name ?? readable(textOf(properties.AuthorizerId ?? type));
  const sources = strings(authorizer?.properties.IdentitySource);
  if (type === 'JWT')
    return { type, name, identitySources: sources.length > 0 ? sources : ['$request.header.Authorization'] };
  if (type === 'CUSTOM') return { type: 'REQUEST', name, identitySources: sources };
  return { type: 'UNKNOWN', name: `of type ${readable(type)}`, identitySources: [] }; // it may also turn out to be NONE
}

/**
 * "Quick create": an API with a Target has a $default route for it, or the route that RouteKey
 * names; AWS::ApiGatewayV2::ApiGatewayManagedOverrides changes what API Gateway made on its own.
 */
function quickRoute(all: ApiParts): HttpRoute[] {
  const { api, byId } = all;
  if (api?.properties.Target === undefined) return [];
  const { RouteKey = '$default', Target } = api.properties;
  const [overrides] = ofType(all, 'ApiGatewayManagedOverrides');
  const changed = overrides?.properties.Route;
  const properties = { RouteKey, Target, ...(isObject(changed) ? changed : {}) };
  const doubt =
    overrides?.doubt ??
    (isOpen(changed)
      ? `${overrides.name} changes ${api.name} by ${changed}, which is known only after deployment`
      : undefined);
  const route = readRoute({ ...api, properties, doubt }, all);
  return [
    {
      ...route,
      integration: route.integration ?? api.name,
      lambda: route.lambda ?? lambdaBehind(properties.Target, byId),
    },
  ];
}

function checkRoutes(all: ApiParts, routes: HttpRoute[], faults: string[]): void {
  const seen = new Map<string, HttpRoute>();
  for (const route of routes.filter(({ doubt }) => !doubt)) {
    const twin = seen.get(route.key);
    if (twin)
      faults.push(
        `${route.key} is made twice, by ${twin.where} and by ${route.where}: "Route with key ${route.key} already exists for this API".`,
      );
    seen.set(route.key, route);
  }
  for (const { key, where, reservedHeader } of routes.filter(({ reservedHeader }) => reservedHeader !== undefined)) {
    faults.push(
      `${readable(key)} (${where}): its integration maps the header ${reservedHeader}, which HTTP APIs reserve, and the service ` +
        'refuses that. Take the mapping out; the CORS configuration of the API sends CORS headers.',
    );
  }
  for (const { name, properties, doubt } of ofType(all, 'Route')) {
    if (properties.RouteKey === undefined && !doubt) faults.push(`${name} has no RouteKey: the service refuses that.`);
    const open = (properties.AuthorizationType ?? 'NONE') === 'NONE';
    if (open && strings(properties.AuthorizationScopes).length > 0) {
      faults.push(`${name} has scopes, but no authorizer (AuthorizationType NONE): the service refuses that.`);
    }
  }
}
