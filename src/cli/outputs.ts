import { InvalidArgumentError } from 'commander';
import { nearest } from '../text/nearest';
import type { Annotation } from './annotation';
import { writeReport } from './report/write';
import { annotationLine, type GuardedTerminal } from './terminal';

/** A format, and the file that it goes to, if it does not go to standard output. */
export interface Output {
  readonly format: Format;
  readonly file?: string;
  /** The option that asked for it. */
  readonly option?: string;
}

/** Those that can be named. */
export const FORMATS = ['table', 'json', 'html', 'junit', 'sarif', 'github', 'markdown'] as const;

/** `list` is the short form of `--json`. */
export type Format = (typeof FORMATS)[number] | 'list';

/** What stands in a format. A table ends with notes: where files are. */
export type Renderer = (notes: string[]) => string | Annotation[];

/** The formats that there are of something, and what asks for it: '--diff'. */
export interface Rendering {
  readonly asker: string;
  readonly renderers: Partial<Record<Format, Renderer>>;
}

/** `sarif` or `sarif=cors.sarif`. */
export function collectFormat(text: string, before: Output[] = []): Output[] {
  const at = text.indexOf('=');
  const [name, file] = at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
  if (!isFormat(name)) {
    const meant = nearest(name, FORMATS);
    throw new InvalidArgumentError(`${meant ? `Did you mean ${meant}? ` : ''}There are ${FORMATS.join(', ')}.`);
  }
  if (file === '') throw new InvalidArgumentError(`Write it like ${name}=cors.${name}, or ${name} alone.`);
  return [...before, { format: name, ...(file && { file }) }];
}

/** Writes each format that is asked for: a table, where nothing else goes to standard output. */
export function writeOutputs(outputs: Output[], rendering: Rendering, terminal: GuardedTerminal): void {
  const shown = outputs.filter(({ file }) => file === undefined);
  const visible: Output[] = shown.length > 0 ? shown : [{ format: 'table' }];
  for (const { format } of outputs) rendererOf(format, rendering);
  checkShown(shown);
  const notes = outputs.flatMap(({ format, file, option = '--format' }) => {
    if (file === undefined) return [];
    const content = rendererOf(format, rendering)([]);
    writeReport(option, file, typeof content === 'string' ? content : content.map(annotationLine).join('\n'));
    return [`The ${format === 'html' ? 'report' : format} is in ${file}.`];
  });
  for (const { format } of visible) {
    const content = rendererOf(format, rendering)(notes);
    if (typeof content === 'string') terminal.write(content);
    else for (const annotation of content) terminal.annotate(annotation);
  }
}

function rendererOf(format: Format, { asker, renderers }: Rendering): Renderer {
  const renderer = renderers[format];
  if (renderer) return renderer;
  const known = FORMATS.filter((each) => renderers[each]);
  throw new Error(`${asker} has no ${format}: write ${known.slice(0, -1).join(', ')} or ${known.at(-1)}.`);
}

/**
 * A table and annotations are lines, and may stand together.
 * Anything else is a document of its own.
 */
function checkShown(shown: Output[]): void {
  const first = shown.find(({ format }) => format !== 'table' && format !== 'github');
  const other = shown.find((each) => each !== first);
  if (!first || !other) return;
  throw new Error(
    `--format: ${first.format} and ${other.format} would both go to standard output. Write one of them to a file: ` +
      `--format ${first.format}=cors.${first.format}.`,
  );
}

function isFormat(name: string): name is (typeof FORMATS)[number] {
  return FORMATS.some((format) => format === name);
}
