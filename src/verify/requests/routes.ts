import type { ApiModel, HttpRoute, RestMethod, RestResource } from '../model/api-model';
import { couldTake } from '../model/route-key';
import { readable } from '../unknown';
import { requiredHeaders } from './required-headers';

/** One path of an API, whatever its methods. */
export interface RouteOfApi {
  /** '/items/{id}' or '$default'; '${Verb} /items' where a key is known only in part. */
  readonly name: string;
  readonly path: string;
  readonly verbs: string[];
  matches(path: string): boolean;
  /**
   * The names of headers without which a request of this method gets a refusal and nothing else.
   */
  headersFor(verb: string): string[];
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
  return api.kind === 'REST' ? restRoutes(api.root) : httpRoutes(api.routes);
}

/** Routes that exist on one side only are routes, too. */
function merged(sides: RouteOfApi[][]): RouteOfApi[] {
  const byName = new Map<string, RouteOfApi>();
  for (const each of sides.flat()) {
    const twin = byName.get(each.name);
    const headersFor = (verb: string): string[] => [
      ...new Set([...(twin?.headersFor(verb) ?? []), ...each.headersFor(verb)]),
    ];
    byName.set(each.name, twin ? { ...twin, verbs: [...new Set([...twin.verbs, ...each.verbs])], headersFor } : each);
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
  const headersFor = (verb: string): string[] => {
    const own = called.find((each) => each.verb === verb) ?? called.find((each) => each.verb === 'ANY');
    return own ? requiredHeaders(own) : [];
  };
  return { path, verbs, headersFor, ...naming(path, verbs) };
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
