import { type RouteKey, sameShape } from './route-key';

/**
 * A preflight that a route takes from API Gateway, which answers only those that no route matches.
 */
export interface SwallowedPreflight<Route extends RouteKey> {
  /** Where an OPTIONS route would take it from that route in turn. */
  readonly path: string;
  readonly by: Route;
}

/**
 * The preflights that these routes swallow: `ANY /path` those for its path, `$default` those for
 * all paths that no other route takes. `/{proxy+}` needs at least one segment, so `/` is a path of
 * its own. Paths with an OPTIONS route are the user's.
 *
 * @param others routes handled elsewhere
 */
export function swallowedPreflights<Route extends RouteKey>(
  routes: Route[],
  others: RouteKey[] = [],
): SwallowedPreflight<Route>[] {
  const takes = (verbs: string[], path: string) =>
    [...routes, ...others].some((route) => verbs.includes(route.verb) && sameShape(route.path, path));
  return [
    ...routes.filter(({ path }) => path !== undefined),
    ...routes.filter(({ path }) => path === undefined),
  ].flatMap((by) => {
    const { paths, verbs } = preflightsOf(by);
    return paths.filter((path) => !takes(verbs, path)).map((path) => ({ path, by }));
  });
}

/** A preflight that another route takes only where its own condition holds. */
export interface ConditionalPreflight<Route extends RouteKey> {
  readonly by: Route;
  readonly instead: Route;
}

/**
 * @param conditionOf what a route is made on (two routes on the same condition are there together)
 */
export function conditionalPreflights<Route extends RouteKey>(
  routes: Route[],
  conditionOf: (route: Route) => unknown,
): ConditionalPreflight<Route>[] {
  const conditional = routes.filter((route) => conditionOf(route) !== undefined);
  return routes.flatMap((by) => {
    const { paths, verbs } = preflightsOf(by);
    const takes = (route: Route) => verbs.includes(route.verb) && paths.some((path) => sameShape(route.path, path));
    return conditional
      .filter((route) => takes(route) && conditionOf(route) !== conditionOf(by))
      .map((instead) => ({ by, instead }));
  });
}

/**
 * The paths whose preflights come to a route, unless another one with one of these verbs takes them
 * before it.
 */
function preflightsOf({ verb, path }: RouteKey): { paths: string[]; verbs: string[] } {
  if (path === undefined) return { paths: ['/{proxy+}', '/'], verbs: ['ANY', 'OPTIONS'] };
  return { paths: verb === 'ANY' ? [path] : [], verbs: ['OPTIONS'] };
}
