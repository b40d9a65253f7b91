/**
 * Every way through a template whose conditions depend on what nobody knows: the template runs once
 * for each, and what all runs agree on is known. A condition that is asked twice may be answered in
 * two ways: that only makes more ways, never fewer.
 */
export class Choices {
  /** Why there is more than one way. */
  public why?: string;
  private readonly taken: { option: number; readonly options: number }[] = [];
  private at = 0;

  /** One of the numbers from 0 to `options` - 1; all the others have their turn in other runs. */
  public choose(options: number, why: string): number {
    this.why ??= why;
    if (this.at === this.taken.length) this.taken.push({ option: 0, options });
    return this.taken[this.at++].option;
  }

  /** Whether there is another way, which the next run takes. */
  public next(): boolean {
    this.at = 0;
    for (let last = this.taken.pop(); last; last = this.taken.pop()) {
      if (last.option + 1 < last.options) return this.taken.push({ ...last, option: last.option + 1 }) > 0;
    }
    return false;
  }
}
