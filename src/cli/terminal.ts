import picocolors from 'picocolors';
import { type Annotation, workflowCommand } from './annotation';

/** Where the commands write, so that tests can capture it. */
export interface Terminal {
  write(text: string): void;
  complain(text: string): void;
  /**
   * Shows what is going on in place of what was shown before, where somebody looks;
   * nothing, when it is over.
   */
  progress?(text: string): void;
  readonly colors: ReturnType<typeof picocolors.createColors>;
  /** In characters; Infinity when output is not a terminal. */
  readonly width: number;
  /** Resolves when the user presses Ctrl+C. */
  interrupted(): Promise<void>;
}

/** Colours and a width only where somebody looks: https://no-color.org */
export function terminalOf(process: NodeJS.Process): Terminal {
  const { stdout, stderr, env } = process;
  const colored = Boolean(stdout.isTTY) && !env.NO_COLOR;
  return {
    write: (text) => void stdout.write(`${text}\n`),
    complain: (text) => void stderr.write(`${text}\n`),
    progress: stderr?.isTTY ? (text) => void stderr.write(`\r${ESCAPE}[2K${text}`) : undefined,
    colors: picocolors.createColors(colored),
    width: stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY,
    interrupted: () => new Promise((end) => process.once('SIGINT', () => end()).once('SIGTERM', () => end())),
  };
}

/** A terminal that is safe to write to, no matter who wrote the text. */
export interface GuardedTerminal extends Terminal {
  /** The one order that output may give to a CI, in a form that no text can break out of. */
  annotate(annotation: Annotation): void;
}

/**
 * All output goes through here: nothing that came from a template or from a server moves the
 * cursor, or gives orders to a CI.
 */
export function guarded(terminal: Terminal): GuardedTerminal {
  return {
    ...terminal,
    write: (text) => terminal.write(harmless(text)),
    complain: (text) => {
      terminal.progress?.('');
      terminal.complain(harmless(text));
    },
    progress: (text) => terminal.progress?.(printable(text)),
    annotate: (annotation) => terminal.write(annotationLine(annotation)),
  };
}

/**
 * What somebody else wrote (a name in a template, an answer's header), as part of a line: without
 * line breaks, colours, control characters, and marks that turn the direction of the text. The same
 * for all texts of a value.
 */
export function printable<Value>(value: Value): Value {
  if (isPrintable(value)) return value;
  if (typeof value === 'string') return value.replace(new RegExp(UNPRINTABLE, 'gu'), '\ufffd') as Value;
  if (Array.isArray(value)) return value.map(printable) as Value;
  return Object.fromEntries(Object.entries(value as object).map((entry) => entry.map(printable))) as Value;
}

/** Most values are, and need no copy. */
function isPrintable(value: unknown): boolean {
  if (typeof value === 'string') return !UNPRINTABLE.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isPrintable);
  return Object.entries(value).every(([key, item]) => !UNPRINTABLE.test(key) && isPrintable(item));
}

/** JSON that says the same wherever it is written. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return text.replace(ORDER, '\\u0023#').replace(new RegExp(DIRECTION, 'gu'), escaped);
}

/**
 * Of all control characters, line breaks and colours stay;
 * no line is a command of a CI such as `::error::` or `##vso[…]`.
 */
function harmless(text: string): string {
  return text
    .replace(/(\p{Cc})(\[\d+m)?/gu, (found, control, color) =>
      control === '\n' || (control === ESCAPE && color) ? found : found.replace(control, '\ufffd'),
    )
    .replace(new RegExp(DIRECTION, 'gu'), '\ufffd')
    .replace(/^((?:\s|\p{Cc}\[\d+m)*)::/gmu, '$1: :')
    .replace(ORDER, '# #');
}

/** The one command that may be in an output; nothing in it is a command of another CI. */
export function annotationLine(annotation: Annotation): string {
  return workflowCommand(printable(annotation)).replace(ORDER, '# #');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const ORDER = /##(?=\w*\[)/g;

const ESCAPE = '\u001b';

/** Separators of lines count, too: not every program takes them for what they are. */
const DIRECTION = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
