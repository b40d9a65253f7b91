/** What a route answers. */
export interface RouteKey {
  /** Upper-case, or `ANY`. */
  readonly verb: string;
  /** `undefined` for `$default`, which takes whatever no other route does. */
  readonly path?: string;
}

/** `undefined` for what is known only at deployment, and for what is no key: aws-cdk-lib writes `undefined /path` where a method is missing. */
export function parseRouteKey(key: unknown): RouteKey | undefined {
  if (key === '$default') return { verb: 'ANY' };
  const [, verb, path] = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) (\/.*)$/i.exec(String(key)) ?? [];
  return path === undefined ? undefined : { verb: verb.toUpperCase(), path };
}

/** A preflight that a route takes from API Gateway, which answers only those that no route matches. */
export interface SwallowedPreflight<Route extends RouteKey> {
  /** Where an OPTIONS route would take it from that route in turn. */
  readonly path: string;
  readonly by: Route;
}

/**
 * The preflights that these routes swallow: `ANY /path` those for its path, `$default` those for all paths that no other route takes.
 * `/{proxy+}` needs at least one segment, so `/` is a path of its own. Paths with an OPTIONS route are the user's.
 *
 * @param others routes of the API that somebody else sees to
 */
export function swallowedPreflights<Route extends RouteKey>(routes: Route[], others: RouteKey[] = []): SwallowedPreflight<Route>[] {
  const takes = (verbs: string[], path: string) =>
    [...routes, ...others].some((route) => verbs.includes(route.verb) && sameShape(route.path, path));
  const byAny = routes.flatMap((by) =>
    by.verb === 'ANY' && by.path !== undefined && !takes(['OPTIONS'], by.path) ? [{ path: by.path, by }] : [],
  );
  const byDefault = routes
    .filter((by) => by.path === undefined)
    .flatMap((by) => ['/{proxy+}', '/'].filter((path) => !takes(['ANY', 'OPTIONS'], path)).map((path) => ({ path, by })));
  return [...byAny, ...byDefault];
}

/** A preflight that another route takes only where its own condition holds. */
export interface ConditionalPreflight<Route extends RouteKey> {
  readonly by: Route;
  readonly instead: Route;
}

/** @param conditionOf what a route is made on; two routes on the same condition are there together */
export function conditionalPreflights<Route extends RouteKey>(
  routes: Route[],
  conditionOf: (route: Route) => unknown,
): ConditionalPreflight<Route>[] {
  const conditional = routes.filter((route) => conditionOf(route) !== undefined);
  return routes
    .filter(({ verb }) => verb === 'ANY')
    .flatMap((by) => {
      const paths = by.path === undefined ? ['/{proxy+}', '/'] : [by.path];
      const verbs = by.path === undefined ? ['ANY', 'OPTIONS'] : ['OPTIONS'];
      const takes = (route: Route) => verbs.includes(route.verb) && paths.some((path) => sameShape(route.path, path));
      return conditional.filter((route) => takes(route) && conditionOf(route) !== conditionOf(by)).map((instead) => ({ by, instead }));
    });
}

/** `/pets/{id}` and `/pets/{petId}` are one path to API Gateway. */
function sameShape(a: string | undefined, b: string): boolean {
  return a !== undefined && shape(a) === shape(b);
}

function shape(path: string): string {
  return path.replace(/\{[^}+]*(\+?)\}/g, '{$1}');
}
