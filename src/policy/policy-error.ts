/** What is wrong with a policy, all of it at once, one fault a line. */
export class PolicyError extends Error {
  public constructor(public readonly faults: string[]) {
    super(faults.join('\n'));
    this.name = 'PolicyError';
  }
}
