import type { ApiModel } from './model/api-model';
import { type RouteOfApi, routesOf } from './model/routes';
import { knownParts } from './template/unknown';
import type { BrowserRequest } from './verdict';

/** A request that pages make of one route. */
export interface Trial {
  readonly route: RouteOfApi;
  readonly request: BrowserRequest & { readonly method: string };
}

/** What pages of these origins can ask of an API: every route, with each of its methods, from each origin. */
export function trialsOf(api: ApiModel, origins: string[], common: Pick<BrowserRequest, 'headers' | 'credentials'> = {}): Trial[] {
  return routesOf(api).flatMap((route) => {
    const path = examplePath(route);
    return methodsOf(route).flatMap((method) => origins.map((origin) => ({ route, request: { ...common, origin, path, method } })));
  });
}

/** The methods that pages ask for; OPTIONS is what browsers ask for on their own. */
function methodsOf({ verbs }: RouteOfApi): string[] {
  const methods = verbs.includes('ANY') ? ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD'] : verbs;
  return methods.filter((method) => method !== 'OPTIONS');
}

/** '/items/{id}' → '/items/some-id': a name that hardly any literal sibling has. */
function examplePath(route: RouteOfApi): string {
  const [, path = '/default'] =
    knownParts(route.path)
      .join('some')
      .match(/(?:^| )(\/.*)$/) ?? [];
  return path.replace(/\{([^}+]*)\+?\}/g, 'some-$1');
}
