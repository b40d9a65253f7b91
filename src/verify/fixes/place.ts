import { getOrCreate } from '../../collections';
import { normalizeMethod } from '../browser/methods';
import type { ApiModel, HttpRoute, RestMethod, RestResource } from '../model/api-model';
import { routesOf } from '../requests/routes';
import type { BrowserRequest } from '../verdict';

/** The method or route that answered: a gateway's answer names it as users would. */
export function routeOf(api: ApiModel, answeredBy: string | undefined): RestMethod | HttpRoute | undefined {
  return answeredBy === undefined ? undefined : getOrCreate(places, api, () => placesOf(api)).get(answeredBy);
}

/** By their names, the first of each: an API is asked again and again. */
function placesOf(api: ApiModel): Map<string, RestMethod | HttpRoute> {
  const sides = api.sides?.map(({ model }) => model) ?? [api];
  const routes = sides.flatMap(routesIn).reverse();
  return new Map(routes.map((route) => [route.where, route]));
}

const places = new WeakMap<ApiModel, Map<string, RestMethod | HttpRoute>>();

function routesIn(api: ApiModel): (RestMethod | HttpRoute)[] {
  switch (api.kind) {
    case 'REST':
      return methodsBelow(api.root);
    case 'HTTP':
      return api.routes;
    case 'FUNCTION_URL':
      return [api.route];
  }
}

export function methodOf(api: ApiModel, answeredBy: string | undefined): RestMethod | undefined {
  const route = routeOf(api, answeredBy);
  return route && 'methodResponses' in route ? route : undefined;
}

/** Whether an OPTIONS method answers preflights already, no matter who made it. */
export function hasOptions(api: ApiModel): boolean {
  return api.kind === 'REST' && methodsBelow(api.root).some(({ verb }) => verb === 'OPTIONS');
}

/** The methods that pages may send to a path: one answer to preflights speaks for all of them. */
export function methodsOn(api: ApiModel, { path, method = 'GET' }: BrowserRequest): string[] {
  const [plain] = path.split('?');
  const verbs = routesOf(api).flatMap((route) =>
    route.path !== '$default' && route.matches(plain) ? route.verbs : [],
  );
  return [...new Set([normalizeMethod(method), ...verbs])].filter((verb) => verb !== 'OPTIONS' && verb !== 'ANY');
}

function methodsBelow({ methods, children }: RestResource): RestMethod[] {
  return [...methods.values(), ...children.flatMap(methodsBelow)];
}
