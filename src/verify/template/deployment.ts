/**
 * What is taken for granted about a deployment before it happens: values that the user gave, and
 * how open questions of conditions are answered. All templates that are read together share one.
 */
export class Deployment {
  private answers: readonly Answer[] = [];
  private memory = new WeakMap<object, Map<string, Remembered>>();
  private record: Asked = { questions: [], conditions: new Map() };
  private readonly wanted = new Set<string>();

  /** `values` by name: a parameter, 'Resource.Attribute', an export, a dynamic reference. */
  public constructor(private readonly values: Record<string, string> = {}) {}

  public get hasValues(): boolean {
    return Object.keys(this.values).length > 0;
  }

  /** The value that the user gave under one of these names. */
  public given(...names: string[]): string | undefined {
    for (const name of names) {
      if (!Object.hasOwn(this.values, name)) continue;
      this.wanted.add(name);
      return this.values[name];
    }
    return undefined;
  }

  /** Names under which no template asked for a value. */
  public get unused(): string[] {
    return Object.keys(this.values).filter((name) => !this.wanted.has(name));
  }

  /** Answers open questions from now on; what was worked out under other answers is forgotten. */
  public assume(answers: readonly Answer[]): void {
    this.answers = answers;
    this.memory = new WeakMap();
  }

  /**
   * Whether a value that is known only after deployment comes to this text; `undefined`, and a
   * question, where that is open.
   */
  public comesTo(value: string, text: string, allowed?: string[]): boolean | undefined {
    const { is, isNot } = this.answersTo(value);
    if (is !== undefined) return is === text;
    if (isNot.includes(text)) return false;
    const possible = allowed?.filter((each) => !isNot.includes(each));
    if (possible && !possible.includes(text)) return false;
    if (possible?.length === 1) return true;
    this.record.questions.push({ value, text });
    return undefined;
  }

  /** What such a value is taken to be. */
  public assumed(value: string, allowed?: string[]): string | undefined {
    const { is, isNot } = this.answersTo(value);
    const possible = allowed?.filter((each) => !isNot.includes(each));
    return is ?? (possible?.length === 1 ? possible[0] : undefined);
  }

  /** Notes that something depends on a condition. */
  public note(condition: string, holds: boolean | undefined): void {
    this.record.conditions.set(condition, holds);
  }

  /** Does some work, and tells what it asked. */
  public listening<T>(work: () => T): { result: T; asked: Asked } {
    const outer = this.record;
    const asked: Asked = { questions: [], conditions: new Map() };
    this.record = asked;
    try {
      return { result: work(), asked };
    } finally {
      this.record = outer;
      this.repeat(asked);
    }
  }

  /**
   * Works something out once under the same answers.
   * Asked for while it is being worked out, it is `undefined`.
   */
  public once<T>(owner: object, key: string, work: () => T): T | undefined {
    const memory = this.memory.get(owner) ?? new Map<string, Remembered>();
    this.memory.set(owner, memory);
    const known = memory.get(key);
    if (known) {
      this.repeat(known.asked);
      return known.result;
    }
    memory.set(key, { result: undefined, asked: { questions: [], conditions: new Map() } });
    const remembered = this.listening(work);
    memory.set(key, remembered);
    return remembered.result;
  }

  private repeat({ questions, conditions }: Asked): void {
    this.record.questions.push(...questions);
    for (const [name, holds] of conditions) this.record.conditions.set(name, holds);
  }

  private answersTo(value: string): { is?: string; isNot: string[] } {
    const own = this.answers.filter((answer) => answer.value === value);
    return { is: own.find(({ isSo }) => isSo)?.text, isNot: own.flatMap(({ isSo, text }) => (isSo ? [] : [text])) };
  }
}

/** Whether a value that is known only after deployment comes to a text. */
interface Question {
  readonly value: string;
  readonly text: string;
}

export interface Answer extends Question {
  readonly isSo: boolean;
}

/** What a piece of a template asked about its deployment. */
export interface Asked {
  readonly questions: Question[];
  /** The conditions by name, and whether they hold. */
  readonly conditions: Map<string, boolean | undefined>;
}

interface Remembered {
  readonly result: any;
  readonly asked: Asked;
}
