/**
 * What the runs of one template may use up together. A template that loops without end, or that
 * doubles a text again and again, is one whose result is unknown, not one that is waited for.
 */
export class Budget {
  private steps = 0;
  private start?: number;

  /**
   * Called before each step of a template; now and then it looks at the clock,
   * since single steps may be slow.
   */
  public spend(): void {
    this.steps++;
    if (this.steps > MOST_STEPS) throw new TooMuch(`takes more than ${MOST_STEPS} steps`);
    if (this.steps % 16 > 0) return;
    this.start ??= Date.now();
    if (Date.now() - this.start > MOST_MILLISECONDS) throw new TooMuch('takes too long');
  }
}

const MOST_STEPS = 500_000;
const MOST_MILLISECONDS = 2_000;

/** API Gateway's own limit is 10 MB; no header comes near either. */
const MOST_TEXT = 1_000_000;

/** The text itself, unless it has grown beyond what is followed here. */
export function within(text: string): string {
  if (text.length > MOST_TEXT) throw new TooMuch(`makes a text of more than ${MOST_TEXT} characters`);
  return text;
}

/** Why the evaluation was given up. */
export class TooMuch extends Error {}
