import picocolors from 'picocolors';

/** Where the commands write, so that a test can read along. */
export interface Terminal {
  write(text: string): void;
  complain(text: string): void;
  readonly colors: ReturnType<typeof picocolors.createColors>;
  /** In characters; Infinity where nobody sees the lines break. */
  readonly width: number;
  /** Resolves once the person has had enough: Ctrl+C. */
  interrupted(): Promise<void>;
}

/** Colours and a width only where a person looks: https://no-color.org */
export function terminalOf(process: NodeJS.Process): Terminal {
  const { stdout, stderr, env } = process;
  const colored = Boolean(stdout.isTTY) && !env.NO_COLOR;
  return {
    write: (text) => void stdout.write(`${harmless(text)}\n`),
    complain: (text) => void stderr.write(`${harmless(text)}\n`),
    colors: picocolors.createColors(colored),
    width: stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY,
    interrupted: () => new Promise((end) => process.once('SIGINT', () => end()).once('SIGTERM', () => end())),
  };
}

/**
 * A name in a template must not move the cursor or rename the window: of all control characters,
 * line breaks and colours stay.
 */
function harmless(text: string): string {
  return text.replace(/(\p{Cc})(\[\d+m)?/gu, (found, control, color) =>
    control === '\n' || (control === ESCAPE && color) ? found : found.replace(control, '\ufffd'),
  );
}

const ESCAPE = '\u001b';
