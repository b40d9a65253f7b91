import type { ApiModel } from '../model/api-model';
import { isKnown, knownParts } from '../unknown';
import type { BrowserRequest } from '../verdict';
import { type RouteOfApi, routesOf } from './routes';

/** A request that pages make of one route. */
export interface SampleRequest {
  readonly route: RouteOfApi;
  readonly request: BrowserRequest & { readonly method: string };
}

/**
 * What pages of these origins can ask of an API: every route, with each of its methods, from each
 * origin, and with the headers that it asks for. Without a token, all that a page could read of a
 * closed route is the refusal.
 */
export function sampleRequests(
  api: ApiModel,
  origins: string[],
  common: Pick<BrowserRequest, 'headers' | 'credentials'> = {},
): SampleRequest[] {
  return routesOf(api).flatMap((route) => {
    const path = examplePath(route);
    return methodsOf(route).flatMap((method) => {
      const headers = { ...filled(route.headersFor(method)), ...common.headers };
      return origins.map((origin) => ({ route, request: { ...common, headers, origin, path, method } }));
    });
  });
}

/** The methods that pages ask for; OPTIONS is what browsers ask for on their own. */
function methodsOf({ verbs }: RouteOfApi): string[] {
  const methods = verbs.includes('ANY') ? ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD'] : verbs;
  return methods.filter((method) => method !== 'OPTIONS');
}

function filled(names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, name === 'content-type' ? 'application/json' : 'some']));
}

/**
 * '/items/{id}' → '/items/some-id': a name that hardly any literal sibling has. A part that only
 * the deployment knows stands for itself: whatever it is, this is the request for it.
 */
function examplePath(route: RouteOfApi): string {
  if (route.path.startsWith('/') && !isKnown(route.path)) return route.path.replace(/\{([^{}+]*)\+?\}/g, 'some-$1');
  const [, path = '/default'] =
    knownParts(route.path)
      .join('some')
      .match(/(?:^| )(\/.*)$/) ?? [];
  return path.replace(/\{([^}+]*)\+?\}/g, 'some-$1');
}
