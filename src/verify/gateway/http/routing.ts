import type { HttpApiModel, HttpRoute } from '../../model/api-model';

/**
 * The route of an HTTP API for a request: a full match first, then a greedy path, then $default. On one path a route for the method comes
 * before one for ANY.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 */
export class HttpRouter {
  private readonly root = node();
  private fallback?: HttpRoute;

  public constructor({ routes }: HttpApiModel) {
    for (const route of routes) {
      if (route.parts) this.place(route, route.parts);
      else this.fallback = route;
    }
  }

  public find(verb: string, path: string): HttpRoute | undefined {
    const parts = path.split('/').filter((part) => part !== '');
    return search(this.root, parts, 0, verb) ?? this.fallback;
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
    at.routes.set(route.verb, route);
  }
}

interface Node {
  readonly children: Map<string, Node>;
  readonly routes: Map<string, HttpRoute>;
}

function node(): Node {
  return { children: new Map(), routes: new Map() };
}

function search(at: Node, parts: string[], index: number, verb: string): HttpRoute | undefined {
  if (index === parts.length) return routeFor(at, verb);
  const [literal, variable, greedy] = [parts[index], '{}', '{+}'].map((key) => at.children.get(key));
  return (
    (literal && search(literal, parts, index + 1, verb)) ??
    (variable && search(variable, parts, index + 1, verb)) ??
    (greedy && routeFor(greedy, verb))
  );
}

function routeFor({ routes }: Node, verb: string): HttpRoute | undefined {
  return routes.get(verb) ?? routes.get('ANY');
}
