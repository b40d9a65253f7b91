import { isGreedy } from '../api-gateway/path-part';
import type { ReachableMethods } from '../api-gateway/reachable-methods';
import type { ResourceNode } from './rest-api-tree';

/** The resources that get an OPTIONS method, with the methods that it announces. */
type PreflightPlan = Map<ResourceNode, string[]>;

/** What a plan has to know of the resources; pure. */
export interface Paths {
  readonly reachable: ReachableMethods<ResourceNode>;
  /** The resources of one policy that preflights are sent to, and have no OPTIONS of the user's. */
  readonly called: ResourceNode[];
  /** Greedy resources that are there for preflights alone. */
  readonly shared: ResourceNode[];
  readonly verbs: (node: ResourceNode) => string[];
  /** Whether preflights that fall through to a resource are answered there, by whomever. */
  readonly takesPreflights: (node: ResourceNode) => boolean;
}

/** An OPTIONS on each resource. */
export function planPerResource({ called, reachable }: Paths): PreflightPlan {
  return new Map(called.map((node) => [node, reachable.at(node)]));
}

/**
 * An OPTIONS only where a preflight stops on its own: on the root, which no greedy resource
 * matches, on greedy resources, and on those with ANY, which take every method. What falls through
 * to these, and to nothing else, needs none: each announces the methods of all that it answers for.
 * A resource beside another policy's OPTIONS, or the user's, keeps its own: the other one would
 * answer for it.
 */
export function planShared(paths: Paths): PreflightPlan {
  const { called, shared, reachable, verbs } = paths;
  const answering = new Set([
    ...shared,
    ...called.filter((node) => node.part === '' || isGreedy(node) || verbs(node).includes('ANY')),
  ]);
  const answerersOf = (node: ResourceNode) =>
    reachable.alternatives(node).filter((other) => answering.has(other) || paths.takesPreflights(other));
  const falls = (node: ResourceNode) =>
    answerersOf(node).length > 0 && answerersOf(node).every((other) => answering.has(other));

  // An OPTIONS that is added may stand in the way of others, which then fall to it.
  for (let before = -1; before !== answering.size; ) {
    before = answering.size;
    for (const node of called) if (!answering.has(node) && !falls(node)) answering.add(node);
  }

  const plan = new Map([...answering].map((node) => [node, new Set(reachable.at(node))]));
  for (const node of called.filter((each) => !answering.has(each))) {
    for (const answerer of answerersOf(node)) for (const verb of reachable.at(node)) plan.get(answerer)!.add(verb);
  }
  return new Map([...plan].map(([node, methods]) => [node, [...methods]]));
}
