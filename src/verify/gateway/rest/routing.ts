import type { RestApiModel, RestMethod, RestResource } from '../../model/api-model';
import { isGreedy, isVariable } from '../../model/rest-tree';
import { isKnown } from '../../unknown';

/** Where a request goes. */
export interface Route {
  readonly method: RestMethod;
  /** What the path variables stand for. */
  readonly pathParameters: Record<string, string>;
}

export interface Routing {
  /** undefined: no method answers, and API Gateway says "Missing Authentication Token". */
  readonly route?: Route;
  /**
   * Other methods that it may be instead, where nobody has established which one API Gateway takes.
   */
  readonly rivals: Route[];
  /** A method that would come first, should its verb turn out to be the one that is asked for. */
  readonly doubtful?: RestMethod;
  /** The resources whose path matches, whatever their methods. */
  readonly onPath: { readonly resource: RestResource }[];
}

/** The verbs that ANY stands for. */
const VERBS = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/**
 * A path and a verb find their method together: a path whose own resource lacks the verb falls
 * through to a resource with a variable, and then to the most specific greedy one, before any
 * authorizer is asked. A resource with ANY keeps every verb. See docs/how-cors-works-here.md,
 * Routing.
 */
export class Router {
  private readonly root: Node;
  private last?: { path: string; matches: Match[] };

  public constructor(api: RestApiModel) {
    this.root = nodeOf(api.root);
  }

  public find(verb: string, path: string): Routing {
    const matches = this.matching(path);
    const routes: FoundRoute[] = [];
    for (const { resource, pathParameters, shape } of matches) {
      const method = methodFor(resource, verb);
      if (method) routes.push({ method, pathParameters, shape });
    }
    return {
      route: routes[0],
      rivals: rivalsOf(routes, matches[0]),
      doubtful: doubtfulOf(matches, verb),
      onPath: matches,
    };
  }

  /** A preflight and its request ask for the same path, one after the other. */
  private matching(path: string): Match[] {
    if (this.last?.path !== path) {
      const matches: Match[] = [];
      const parts = path.split('/').filter((part) => part !== '');
      collect(this.root, parts, 0, {}, [], matches);
      this.last = { path, matches };
    }
    return this.last.matches;
  }
}

function doubtfulOf(matches: Match[], verb: string): RestMethod | undefined {
  for (const { resource } of matches) {
    if (resource.methods.has(verb)) return undefined;
    for (const method of resource.methods.values()) if (!isKnown(method.verb)) return method;
    if (methodFor(resource, verb)) return undefined;
  }
  return undefined;
}

interface FoundRoute extends Route {
  readonly shape: Step[];
}

function methodFor(resource: RestResource, verb: string): RestMethod | undefined {
  return resource.methods.get(verb) ?? (VERBS.has(verb) ? resource.methods.get('ANY') : undefined);
}

/**
 * A request that its own resource answers is no question. Beyond that, which one of a variable
 * resource and a greedy one elsewhere in the tree API Gateway prefers is not known.
 */
function rivalsOf(routes: FoundRoute[], own: Match): Route[] {
  if (routes.length < 2) return [];
  const [best, ...others] = routes;
  const isGreedyRoute = best.shape.includes('greedy');
  if (own.shape === best.shape && !isGreedyRoute) return [];
  return others.filter(({ shape }) => shape.includes('greedy') !== isGreedyRoute).slice(0, 1);
}

type Step = 'literal' | 'variable' | 'greedy';

interface Match {
  readonly resource: RestResource;
  readonly pathParameters: Record<string, string>;
  readonly shape: Step[];
}

interface Node {
  readonly resource: RestResource;
  readonly literals: Map<string, Node>;
  readonly variables: Node[];
  readonly greedy: Node[];
}

function nodeOf(resource: RestResource): Node {
  const nodes = resource.children.map(nodeOf);
  return {
    resource,
    literals: new Map(
      nodes.filter(({ resource: { pathPart } }) => !isVariable(pathPart)).map((node) => [node.resource.pathPart, node]),
    ),
    variables: nodes.filter(({ resource: { pathPart } }) => isVariable(pathPart) && !isGreedy(pathPart)),
    greedy: nodes.filter(({ resource: { pathPart } }) => isGreedy(pathPart)),
  };
}

/**
 * Every resource whose path matches, the most specific first: literal before variable before
 * greedy, from the left.
 */
function collect(
  node: Node,
  parts: string[],
  at: number,
  parameters: Record<string, string>,
  shape: Step[],
  into: Match[],
): void {
  if (at === parts.length) {
    into.push({ resource: node.resource, pathParameters: parameters, shape });
    return;
  }
  const literal = node.literals.get(parts[at]);
  if (literal) collect(literal, parts, at + 1, parameters, [...shape, 'literal'], into);
  for (const variable of node.variables) {
    collect(variable, parts, at + 1, { ...parameters, [nameOf(variable)]: parts[at] }, [...shape, 'variable'], into);
  }
  for (const { resource } of node.greedy) {
    const rest = { ...parameters, [resource.pathPart.slice(1, -2)]: parts.slice(at).join('/') };
    into.push({ resource, pathParameters: rest, shape: [...shape, 'greedy'] });
  }
}

function nameOf({ resource }: Node): string {
  return resource.pathPart.slice(1, -1);
}
