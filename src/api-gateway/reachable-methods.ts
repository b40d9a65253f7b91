import { isGreedy, isVariable } from './path-part';

/** One path of a REST API, as a node of the tree that the parts of all paths form. */
export interface PathNode {
  readonly key: string;
  /** `''` for the root, `undefined` where it is not known. */
  readonly part?: string;
  readonly parentKey?: string;
}

/**
 * A resource's own methods, and those that a request for its path falls through to: API Gateway
 * routes on the pair of resource and method, so `PUT /pets` goes to a greedy `/{proxy+}` where
 * `/pets` has no PUT. Without these, an OPTIONS on `/pets` would refuse what the proxy behind it
 * allows. Only methods under the same policy count: another one's are not ours to announce.
 */
export class ReachableMethods<Node extends PathNode> {
  private readonly children = new Map<string, Children<Node>>();

  public constructor(
    private readonly nodes: ReadonlyMap<string, Node>,
    private readonly ownMethods: (node: Node) => string[],
    private readonly samePolicy: (a: Node, b: Node) => boolean,
  ) {
    for (const node of nodes.values()) if (node.parentKey !== undefined) this.childrenOf(node.parentKey).add(node);
  }

  public at(node: Node): string[] {
    const others = this.alternatives(node).filter((other) => this.samePolicy(other, node));
    return [...new Set([node, ...others].flatMap((reached) => this.ownMethods(reached)))];
  }

  /**
   * The other resources that a request for a resource's path may go to, where that one lacks the
   * method.
   */
  public alternatives(node: Node): Node[] {
    const [top, ...path] = this.lineage(node);
    return this.matching(top, path).filter((other) => other !== node);
  }

  /** From the root, or the highest resource that is known, down to the resource. */
  private lineage(node: Node): Node[] {
    const parent = node.parentKey === undefined ? undefined : this.nodes.get(node.parentKey);
    return parent ? [...this.lineage(parent), node] : [node];
  }

  /**
   * The resources below `from` that a path matches: a variable matches one part of it, a greedy one
   * all that is left.
   */
  private matching(from: Node, [next, ...rest]: Node[]): Node[] {
    if (!next) return [from];
    const { literal, variable, greedy } = this.childrenOf(from.key);
    const steps = isVariable(next) ? [variable] : [literal.get(next.part!), variable];
    return [...(greedy ? [greedy] : []), ...steps.flatMap((step) => (step ? this.matching(step, rest) : []))];
  }

  private childrenOf(key: string): Children<Node> {
    const children = this.children.get(key) ?? new Children<Node>();
    this.children.set(key, children);
    return children;
  }
}

/** Of the resources below one, API Gateway lets at most one have a variable part. */
class Children<Node extends PathNode> {
  public readonly literal = new Map<string, Node>();
  public variable?: Node;
  public greedy?: Node;

  public add(node: Node): void {
    if (isGreedy(node)) this.greedy = node;
    else if (isVariable(node)) this.variable = node;
    else this.literal.set(node.part ?? node.key, node);
  }
}
