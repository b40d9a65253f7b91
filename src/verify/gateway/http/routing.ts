import type { HttpApiModel, HttpRoute } from '../../model/api-model';
import { couldTake, doubtOfKey } from '../../model/route-key';

/**
 * The route that takes a request, and those that could turn out to take it instead: their keys are
 * in doubt.
 */
interface HttpRouting {
  readonly route?: HttpRoute;
  readonly rivals: HttpRoute[];
}

/**
 * The route of an HTTP API for a request: a full match first, then a greedy path, then $default. On
 * one path a route for the method comes before one for ANY.
 * "Routing API requests" in
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export class HttpRouter {
  private readonly root = node();
  private readonly doubtful: HttpRoute[] = [];
  private fallback?: HttpRoute;

  public constructor({ routes }: HttpApiModel) {
    for (const route of routes) {
      if (doubtOfKey(route.key)) this.doubtful.push(route);
      else if (route.parts) this.place(route, route.parts);
      else this.fallback = surer(this.fallback, route);
    }
  }

  public find(verb: string, path: string): HttpRouting {
    const parts = path.split('/').filter((part) => part !== '');
    const full = search(this.root, parts, 0, verb, false);
    const route = full ?? search(this.root, parts, 0, verb, true) ?? this.fallback;
    return {
      route,
      rivals: route && isFirstOfAll(route, verb) ? [] : this.doubtful.filter(({ key }) => couldTake(key, verb, path)),
    };
  }

  private place(route: HttpRoute, parts: string[]): void {
    let at = this.root;
    for (const part of parts) {
      const key = part.endsWith('+}') ? '{+}' : part.startsWith('{') ? '{}' : part;
      let next = at.children.get(key);
      if (!next) {
        next = node();
        at.children.set(key, next);
      }
      at = next;
    }
    at.routes.set(route.verb, surer(at.routes.get(route.verb), route));
  }
}

/** Two routes with one key cannot be deployed: a route that is certain to exist has no twin. */
function surer(placed: HttpRoute | undefined, route: HttpRoute): HttpRoute {
  return placed && !placed.doubt ? placed : route;
}

/** The request's own method on its own path: no other key is nearer. */
function isFirstOfAll({ verb, parts, doubt }: HttpRoute, asked: string): boolean {
  return verb === asked && !doubt && parts !== undefined && !parts.some((part) => part.startsWith('{'));
}

interface Node {
  readonly children: Map<string, Node>;
  readonly routes: Map<string, HttpRoute>;
}

function node(): Node {
  return { children: new Map(), routes: new Map() };
}

function search(at: Node, parts: string[], index: number, verb: string, greedily: boolean): HttpRoute | undefined {
  if (index === parts.length) return routeFor(at, verb);
  const [literal, variable, greedy] = [parts[index], '{}', '{+}'].map((key) => at.children.get(key));
  return (
    (literal && search(literal, parts, index + 1, verb, greedily)) ??
    (variable && search(variable, parts, index + 1, verb, greedily)) ??
    (greedily && greedy ? routeFor(greedy, verb) : undefined)
  );
}

function routeFor({ routes }: Node, verb: string): HttpRoute | undefined {
  return routes.get(verb) ?? routes.get('ANY');
}
