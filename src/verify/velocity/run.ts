import type { Dialect, Unknowable, Value } from './values';

/** One run of a template: its variables, its output, and what it met on the way. */
export class Run {
  public readonly macros = new Map<string, (parameters: Value[]) => void>();
  /** Where this run did what Velocity 1.7 and 2 do differently. */
  public readonly doubts = new Set<string>();
  private readonly written: string[] = [];

  public constructor(
    public readonly variables: Map<string, Value>,
    private readonly dialect: Dialect,
  ) {}

  public get output(): string {
    return this.written.join('');
  }

  public write(text: string): void {
    this.written.push(text);
  }

  /** What is written during `work`, instead of to the output. */
  public capture(work: () => void): string {
    const start = this.written.length;
    work();
    return this.written.splice(start).join('');
  }

  /** Asked wherever the two differ, so that it can be told whether the difference matters. */
  public followsVelocity2(where: string): boolean {
    this.doubts.add(where);
    return this.dialect === '2';
  }

  /** Nothing that follows can be known. */
  public giveUp(value: Unknowable): never {
    throw new GaveUp(value.why);
  }

  public restore(name: string, value: Value | undefined): void {
    if (value === undefined) this.variables.delete(name);
    else this.variables.set(name, value);
  }
}

/** #break */
export class Interruption extends Error {}

export class GaveUp extends Error {}
