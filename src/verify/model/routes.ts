import { readable } from '../template/unknown';
import type { ApiModel, HttpRoute, RestResource } from './api-model';
import { couldTake } from './route-key';

/** One path of an API, whatever its methods. */
export interface RouteOfApi {
  /** '/items/{id}' or '$default'; '${Verb} /items' where a key is known only in part. */
  readonly name: string;
  readonly path: string;
  readonly verbs: string[];
  matches(path: string): boolean;
}

/** The paths that have a method, in the order of the template; worked out once for each API. */
export function routesOf(api: ApiModel): RouteOfApi[] {
  let routes = known.get(api);
  if (!routes) {
    routes = api.kind === 'REST' ? restRoutes(api.root) : httpRoutes(api.routes);
    known.set(api, routes);
  }
  return routes;
}

const known = new WeakMap<ApiModel, RouteOfApi[]>();

function restRoutes(resource: RestResource): RouteOfApi[] {
  const own = resource.methods.size > 0 ? [route(resource.path, Array.from(resource.methods.keys()))] : [];
  return [...own, ...resource.children.flatMap(restRoutes)];
}

function httpRoutes(routes: Pick<HttpRoute, 'key' | 'verb' | 'parts'>[]): RouteOfApi[] {
  const verbsByPath = new Map<string, string[]>();
  for (const { key, verb, parts } of routes) {
    const path = parts ? `/${parts.join('/')}` : key;
    verbsByPath.set(path, [...(verbsByPath.get(path) ?? []), verb]);
  }
  return Array.from(verbsByPath, ([path, verbs]) => route(path, verbs));
}

function route(path: string, verbs: string[]): RouteOfApi {
  if (path === '$default') return { name: path, path, verbs, matches: () => true };
  if (!path.startsWith('/')) {
    const matches = (asked: string): boolean => verbs.some((verb) => couldTake(path, verb, asked));
    return { name: readable(path), path, verbs, matches };
  }
  const parts = path.split('/').filter(Boolean);
  const greedy = parts[parts.length - 1]?.endsWith('+}') ?? false;
  const fixed = greedy ? parts.slice(0, -1) : parts;
  const matches = (asked: string): boolean => {
    const given = asked.split('?')[0].split('/').filter(Boolean);
    const fits = greedy ? given.length > fixed.length : given.length === fixed.length;
    return fits && fixed.every((part, index) => part.startsWith('{') || part === given[index]);
  };
  return { name: path, path, verbs, matches };
}
