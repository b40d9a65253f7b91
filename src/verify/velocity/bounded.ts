import { type Context, createContext, Script } from 'node:vm';
import { Unknowable } from './values';

/**
 * Expressions that users wrote may take longer than anybody waits: `(a+)+` doubles its work with
 * each letter. One that could explode runs under a time limit, and what it would have said is
 * unknown.
 */
export function bounded<T>(regex: RegExp, text: string, work: () => T): T | Unknowable {
  if (!mayExplode(regex.source, text.length)) return work();
  context ??= createContext({});
  context.work = work;
  try {
    return SCRIPT.runInContext(context, { timeout: MILLISECONDS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return new Unknowable(
      `the regular expression ${regex.source} takes too long on a text of ${text.length} characters`,
    );
  }
}

/**
 * Whether the text matches. Pages of one origin ask again and again, and the time limit costs more
 * than most matches.
 */
export function boundedTest(regex: RegExp, text: string): boolean | Unknowable {
  if (!mayExplode(regex.source, text.length)) return regex.test(text);
  const key = `${regex}\n${text}`;
  let answer = answers.get(key);
  if (answer === undefined) {
    answer = bounded(regex, text, () => regex.test(text));
    if (answers.size > 1_000) answers.clear();
    answers.set(key, answer);
  }
  return answer;
}

const MILLISECONDS = 250;
const SCRIPT = new Script('work()');
let context: Context | undefined;
const answers = new Map<string, boolean | Unknowable>();

/**
 * A repeated group may double its work with each character,
 * several repetitions in a row multiply with the length.
 */
function mayExplode(source: string, length: number): boolean {
  if (length < 12) return false;
  return length < 300 ? /\)(?:[*+]|\{\d+,)/.test(source) : /[*+}].*[*+}]/.test(source);
}
