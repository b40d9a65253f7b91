import type { ApiModel } from '../model/api-model';
import { isKnown, knownParts } from '../unknown';
import type { BrowserRequest } from '../verdict';
import { bodyTypeFor, type SampleBody } from './body-type';
import { headersForMethod, type PageHeaders } from './page-headers';
import { requirementsOf } from './requirements';
import { type RouteOfApi, routesOf } from './routes';

/** A request that pages make of one route. */
export interface SampleRequest {
  readonly route: RouteOfApi;
  readonly request: BrowserRequest & { readonly method: string };
}

/** What pages send besides what each route asks for. */
export interface PageOptions {
  readonly headers?: PageHeaders;
  readonly credentials?: boolean;
  readonly body?: SampleBody;
}

/**
 * What pages of these origins ask of an API: every route, with each of its methods, from each
 * origin, with the headers that it asks for, and with a JSON body where that is usual. Without a
 * token, all that a page could read of a closed route is the refusal.
 */
export function sampleRequests(api: ApiModel, origins: string[], page: PageOptions = {}): SampleRequest[] {
  const routes = routesOf(api);
  return routes.flatMap((route) =>
    methodsOf(route).flatMap((method) => {
      const called = route.called(method);
      const { headers, query, cookies } = requirementsOf(called);
      const sent = {
        headers: headersFor(method, headers, bodyTypeFor(method, called, page.body), page.headers ?? {}),
        ...((page.credentials || cookies) && { credentials: true }),
      };
      return pathsFor(route, method, routes).flatMap((path) =>
        origins.map((origin) => ({ route, request: { ...sent, origin, path: withQuery(path, query), method } })),
      );
    }),
  );
}

/** The methods that pages ask for; OPTIONS is what browsers ask for on their own. */
function methodsOf({ verbs }: RouteOfApi): string[] {
  const methods = verbs.includes('ANY') ? ['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD'] : verbs;
  return [...new Set(methods)].filter((method) => method !== 'OPTIONS');
}

/** CORS is about names: the values of tokens, keys and signatures do not matter. */
function headersFor(
  method: string,
  names: string[],
  bodyType: string | undefined,
  own: PageHeaders,
): Record<string, string> {
  const required = Object.fromEntries(
    names.map((name) => [name, name === 'content-type' ? 'application/json' : 'some']),
  );
  const all = { ...required, ...(bodyType && { 'content-type': bodyType }), ...headersForMethod(method, own) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/**
 * '/items/{id}' → '/items/some-id': a name that hardly any literal sibling has. A greedy variable
 * is tried at one and at two levels, $default at the root as well. Paths that another route takes
 * are left out, as long as one is left.
 */
function pathsFor(route: RouteOfApi, method: string, routes: RouteOfApi[]): string[] {
  const example = examplePath(route);
  if (!isCatchAll(route.path)) return [example];
  const all = route.path === '$default' ? ['/', example, `${example}/some`] : [example, `${example}/below`];
  const free = all.filter(
    (path) => !routes.some((other) => other !== route && takesBefore(other, route, method, path)),
  );
  return free.length > 0 ? free : [example];
}

/**
 * '/items/{id}' → '/items/some-id': a name that hardly any literal sibling has. A part that only
 * the deployment knows stands for itself: whatever it is, this is the request for it.
 */
function examplePath(route: RouteOfApi): string {
  if (route.path.startsWith('/') && !isKnown(route.path)) return route.path.replace(/\{([^{}+]*)\+?\}/g, 'some-$1');
  const [, path = '/default'] = /(?:^| )(\/.*)$/.exec(knownParts(route.path).join('some')) ?? [];
  return path.replace(/\{([^}+]*)\+?\}/g, 'some-$1');
}

function isCatchAll(path: string): boolean {
  return path === '$default' || path.endsWith('+}');
}

/**
 * Full matches come before greedy ones, longer greedy ones before shorter, and all before $default.
 */
function takesBefore(other: RouteOfApi, route: RouteOfApi, method: string, path: string): boolean {
  const takes = (other.verbs.includes(method) || other.verbs.includes('ANY')) && other.matches(path);
  return takes && rank(other.path) > rank(route.path);
}

function rank(path: string): number {
  if (path === '$default') return 0;
  return path.endsWith('+}') ? path.split('/').length : Number.POSITIVE_INFINITY;
}

function withQuery(path: string, names: string[]): string {
  return names.length > 0 ? `${path}?${names.map((name) => `${encodeURIComponent(name)}=some`).join('&')}` : path;
}
