import type { IConstruct } from 'constructs';

/**
 * Tells where each application of a mixin began. `x.with(mixin)` offers x and everything below it,
 * one by one, and does not say so: the first construct that is offered outside of what is left of a
 * walk begins another one.
 */
export class Walk {
  private origin?: IConstruct;
  private left = new Set<IConstruct>();

  public offer(construct: IConstruct): void {
    if (this.left.delete(construct)) return;
    this.origin = construct;
    this.left = new Set(construct.node.findAll());
    this.left.delete(construct);
  }

  /**
   * The construct that the user named; a mixin may also be applied without asking first whether it
   * is supported.
   */
  public originOf(construct: IConstruct): IConstruct {
    const isBelow =
      this.origin !== undefined && construct.node.scopes.includes(this.origin) && !this.left.has(construct);
    return isBelow ? this.origin! : construct;
  }
}
