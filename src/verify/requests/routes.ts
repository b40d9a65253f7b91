import type { ApiModel, HttpRoute, RestMethod, RestResource } from '../model/api-model';
import { couldTake } from '../model/route-key';
import { readable } from '../unknown';

/** One path of an API, whatever its methods. */
export interface RouteOfApi {
  /** '/items/{id}' or '$default'; '${Verb} /items' where a key is known only in part. */
  readonly name: string;
  readonly path: string;
  readonly verbs: string[];
  matches(path: string): boolean;
  /**
   * The method or route that takes a verb; several where conditions decide which of them there is.
   */
  called(verb: string): (RestMethod | HttpRoute)[];
}

/** The paths that have a method, in the order of the template; worked out once for each API. */
export function routesOf(api: ApiModel): RouteOfApi[] {
  let routes = known.get(api);
  if (!routes) {
    routes = api.sides ? merged(api.sides.map(({ model }) => routesOfSide(model))) : routesOfSide(api);
    known.set(api, routes);
  }
  return routes;
}

const known = new WeakMap<ApiModel, RouteOfApi[]>();

function routesOfSide(api: ApiModel): RouteOfApi[] {
  if (api.kind === 'FUNCTION_URL') return [{ ...route('/', [api.route]), matches: () => true }];
  return api.kind === 'REST' ? restRoutes(api.root) : httpRoutes(api.routes);
}

/** Routes that exist on one side only are routes, too. */
function merged(sides: RouteOfApi[][]): RouteOfApi[] {
  const byName = new Map<string, RouteOfApi>();
  for (const each of sides.flat()) {
    const twin = byName.get(each.name);
    const called = (verb: string) => [...(twin?.called(verb) ?? []), ...each.called(verb)];
    byName.set(each.name, twin ? { ...twin, verbs: [...new Set([...twin.verbs, ...each.verbs])], called } : each);
  }
  return [...byName.values()];
}

function restRoutes(resource: RestResource): RouteOfApi[] {
  const own = resource.methods.size > 0 ? [route(resource.path, Array.from(resource.methods.values()))] : [];
  return [...own, ...resource.children.flatMap(restRoutes)];
}

function httpRoutes(routes: HttpRoute[]): RouteOfApi[] {
  const byPath = new Map<string, HttpRoute[]>();
  for (const called of routes) {
    const path = called.parts ? `/${called.parts.join('/')}` : called.key;
    byPath.set(path, [...(byPath.get(path) ?? []), called]);
  }
  return Array.from(byPath, ([path, called]) => route(path, called));
}

function route(path: string, called: (RestMethod | HttpRoute)[]): RouteOfApi {
  const verbs = called.map(({ verb }) => verb);
  const calledBy = (verb: string) => {
    const found = called.find((each) => each.verb === verb) ?? called.find((each) => each.verb === 'ANY');
    return found ? [found] : [];
  };
  return { path, verbs, called: calledBy, ...naming(path, verbs) };
}

function naming(path: string, verbs: string[]): Pick<RouteOfApi, 'name' | 'matches'> {
  if (path === '$default') return { name: path, matches: () => true };
  if (!path.startsWith('/')) {
    const matches = (asked: string): boolean => verbs.some((verb) => couldTake(path, verb, asked));
    return { name: readable(path), matches };
  }
  const parts = path.split('/').filter(Boolean);
  const greedy = parts[parts.length - 1]?.endsWith('+}') ?? false;
  const fixed = greedy ? parts.slice(0, -1) : parts;
  const matches = (asked: string): boolean => {
    const given = asked.split('?')[0].split('/').filter(Boolean);
    const fits = greedy ? given.length > fixed.length : given.length === fixed.length;
    return fits && fixed.every((part, index) => part.startsWith('{') || part === given[index]);
  };
  return { name: readable(path), matches };
}
