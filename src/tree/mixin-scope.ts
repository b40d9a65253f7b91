import type { IConstruct } from 'constructs';

/**
 * Tells where each application of a mixin began. `x.with(mixin)` asks about x and everything below
 * it, one by one. The CDK does not announce a new call, so it is inferred: a construct outside of
 * what is left of a traversal starts another one.
 */
export class MixinScope {
  private origin?: IConstruct;
  private left = new Set<IConstruct>();

  /** @returns whether another application begins with this construct */
  public visit(construct: IConstruct): boolean {
    if (this.left.delete(construct)) return false;
    this.origin = construct;
    this.left = new Set(construct.node.findAll());
    this.left.delete(construct);
    return true;
  }

  /**
   * The construct that the user named. A mixin may also be applied without asking about it first.
   */
  public appliedAt(construct: IConstruct): IConstruct {
    const isBelow =
      this.origin !== undefined && construct.node.scopes.includes(this.origin) && !this.left.has(construct);
    return isBelow ? this.origin! : construct;
  }
}
