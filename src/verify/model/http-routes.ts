import { reservedHeaderIn } from '../../api-gateway/reserved-headers';
import type { FoundResource } from '../template/all-resources';
import { isObject } from '../template/cloudformation-template';
import { isKnown, readable } from '../unknown';
import type { Authorization, HttpRoute } from './api-model';
import { type ApiParts, partsOfType } from './api-parts';
import { lambdaBehind } from './lambda-backend';
import { entriesOf, isOpen, strings, textOf } from './properties';
import { doubtOfKey, routeOfKey } from './route-key';

const ROUTE = 'AWS::ApiGatewayV2::Route';

export function readRoutes(all: ApiParts): HttpRoute[] {
  return [...partsOfType(all, ROUTE).map((part) => readRoute(part, all)), ...quickRoute(all)];
}

/**
 * Whether an API that is made elsewhere is not one of WebSockets, whose route keys look otherwise.
 */
export function hasRouteOfHttpApi(all: ApiParts): boolean {
  return partsOfType(all, ROUTE).some(({ properties }) =>
    /^(\$default|[A-Z]+ \/.*)$/.test(textOf(properties.RouteKey)),
  );
}

function readRoute(part: FoundResource, all: ApiParts): HttpRoute {
  const { RouteKey, Target, RequestModels } = part.properties;
  const integration = all.byId.get(textOf(Target).replace(/^integrations\//, ''));
  return {
    ...routeOfKey(textOf(RouteKey)),
    where: part.name,
    authorization: authorizationOf(part, all),
    bodyTypes: entriesOf(RequestModels).map(([type]) => type),
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
  const stated = authorizer?.properties.IdentitySource;
  const sources = typeof stated === 'string' && !isKnown(stated) ? [stated] : strings(stated);
  if (type === 'JWT')
    return { type, name, identitySources: sources.length > 0 ? sources : ['$request.header.Authorization'] };
  if (type === 'CUSTOM') return { type: 'REQUEST', name, identitySources: sources };
  const vague = authorizer?.name ?? `of type ${readable(type)}`; // which may turn out to be NONE
  return { type: 'UNKNOWN', name: vague, identitySources: sources };
}

/**
 * "Quick create": an API with a Target has a $default route for it, or the route that RouteKey
 * names; AWS::ApiGatewayV2::ApiGatewayManagedOverrides changes what API Gateway made on its own.
 */
function quickRoute(all: ApiParts): HttpRoute[] {
  const { api, byId } = all;
  if (api?.properties.Target === undefined) return [];
  const { RouteKey = '$default', Target } = api.properties;
  const [overrides] = partsOfType(all, 'AWS::ApiGatewayV2::ApiGatewayManagedOverrides');
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

/** What the service refuses about the routes of an API. */
export function checkRoutes(all: ApiParts, routes: HttpRoute[], faults: string[]): void {
  const seen = new Map<string, HttpRoute>();
  for (const route of routes.filter(({ doubt }) => !doubt)) {
    const twin = seen.get(route.key);
    if (twin)
      faults.push(
        `${route.key} is made twice, by ${twin.where} and by ${route.where}: ` +
          `"Route with key ${route.key} already exists for this API".`,
      );
    seen.set(route.key, route);
  }
  for (const { key, where, reservedHeader } of routes.filter(({ reservedHeader }) => reservedHeader !== undefined)) {
    faults.push(
      `${readable(key)} (${where}): its integration maps the header ${reservedHeader}, ` +
        'which HTTP APIs reserve, and the service refuses that. Take the mapping out; ' +
        'the CORS configuration of the API sends CORS headers.',
    );
  }
  for (const { name, properties, doubt } of partsOfType(all, ROUTE)) {
    if (properties.RouteKey === undefined && !doubt) faults.push(`${name} has no RouteKey: the service refuses that.`);
    const open = (properties.AuthorizationType ?? 'NONE') === 'NONE';
    if (open && strings(properties.AuthorizationScopes).length > 0) {
      faults.push(`${name} has scopes, but no authorizer (AuthorizationType NONE): the service refuses that.`);
    }
  }
}
