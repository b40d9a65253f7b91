/**
 * Which of a viewer's headers or query parameters a policy of CloudFront names.
 * Header names are in lower case.
 */
export class Selection {
  public static readonly NONE = new Selection([], false);
  public static readonly ALL = new Selection([], true);

  public static only(names: string[]): Selection {
    return new Selection(names, false);
  }

  public static allExcept(names: string[]): Selection {
    return new Selection(names, true);
  }

  private constructor(
    private readonly names: string[],
    /** Whether the names are those that are left out. */
    public readonly isOpen: boolean,
  ) {}

  /** Whether it takes everything but these names. */
  public leavesOutOnly(...names: string[]): boolean {
    return this.isOpen && this.names.length === names.length && names.every((name) => this.names.includes(name));
  }

  public has(name: string): boolean {
    return this.names.includes(name) !== this.isOpen;
  }
}
