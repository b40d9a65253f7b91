import { type Budget, within } from './budget';
import type { Choices } from './choices';
import type { Dialect, Value } from './values';

/** One run of a template: its variables, its output, and what it met on the way. */
export class Run {
  public readonly macros = new Map<string, (parameters: Value[]) => void>();
  private readonly written: string[] = [];

  public constructor(
    public readonly variables: Map<string, Value>,
    private readonly dialect: Dialect,
    /** Where nobody knows which way the template takes. */
    public readonly choices: Choices,
    /** Where a run did what Velocity 1.7 and 2 do differently. */
    private readonly doubts: Set<string>,
    public readonly budget: Budget,
  ) {}

  public get output(): string {
    return within(this.written.join(''));
  }

  public write(text: string): void {
    this.written.push(text);
  }

  /** What is written during `work`, instead of to the output. */
  public capture(work: () => void): string {
    const start = this.written.length;
    work();
    return within(this.written.splice(start).join(''));
  }

  /** Asked wherever the two differ, so that it can be told whether the difference matters. */
  public followsVelocity2(where: string): boolean {
    this.doubts.add(where);
    return this.dialect === '2';
  }

  public restore(name: string, value: Value | undefined): void {
    if (value === undefined) this.variables.delete(name);
    else this.variables.set(name, value);
  }
}

/** #break */
export class Interruption extends Error {}
