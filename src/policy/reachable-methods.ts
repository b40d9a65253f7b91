import { memo } from '../tree/memo';
import type { ResourceNode, RestApiTree } from './api-tree';

/**
 * A resource's own methods, and those that a request for its path falls through to: API Gateway routes on the pair of resource and method, so
 * `PUT /pets` goes to a greedy `/{proxy+}` where `/pets` has no PUT. Without these, an OPTIONS on `/pets` would refuse what
 * the proxy behind it allows. Only methods under the same policy count: another one's are not ours to announce.
 */
export class ReachableMethods {
  private readonly children = new Map<string, Children>();

  constructor(
    private readonly tree: RestApiTree,
    private readonly ownMethods: (node: ResourceNode) => string[],
    private readonly samePolicy: (a: ResourceNode, b: ResourceNode) => boolean,
  ) {
    for (const node of tree.resources.values()) if (node.parentKey !== undefined) this.childrenOf(node.parentKey).add(node);
  }

  public at(node: ResourceNode): string[] {
    const [top, ...path] = this.lineage(node);
    const others = this.matching(top, path).filter((other) => other !== node && this.samePolicy(other, node));
    return [...new Set([node, ...others].flatMap((reached) => this.ownMethods(reached)))];
  }

  /** From the root, or the highest resource that is known, down to the resource. */
  private lineage(node: ResourceNode): ResourceNode[] {
    const parent = node.parentKey === undefined ? undefined : this.tree.resources.get(node.parentKey);
    return parent ? [...this.lineage(parent), node] : [node];
  }

  /** The resources below `from` that a path matches: a variable matches one part of it, a greedy one all that is left. */
  private matching(from: ResourceNode, [next, ...rest]: ResourceNode[]): ResourceNode[] {
    if (!next) return [from];
    const { literal, variable, greedy } = this.childrenOf(from.key);
    const steps = isVariable(next) ? [variable] : [literal.get(next.part!), variable];
    return [...(greedy ? [greedy] : []), ...steps.flatMap((step) => (step ? this.matching(step, rest) : []))];
  }

  private childrenOf(key: string): Children {
    return memo(this.children, key, () => new Children());
  }
}

/** Of the resources below one, API Gateway lets at most one have a variable part. */
class Children {
  public readonly literal = new Map<string, ResourceNode>();
  public variable?: ResourceNode;
  public greedy?: ResourceNode;

  public add(node: ResourceNode): void {
    if (isGreedy(node)) this.greedy = node;
    else if (isVariable(node)) this.variable = node;
    else this.literal.set(node.part ?? node.key, node);
  }
}

export function isGreedy({ part = '' }: ResourceNode): boolean {
  return part.startsWith('{') && part.endsWith('+}');
}

export function isVariable({ part = '' }: ResourceNode): boolean {
  return part.startsWith('{') && part.endsWith('}');
}
