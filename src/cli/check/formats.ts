import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { nearest } from '../../text/nearest';
import { workflowCommand } from '../annotation';
import { reportOf } from '../report/page';
import { writeReport } from '../report/write';
import type { GuardedTerminal } from '../terminal';
import type { Checked } from './checked';
import { annotationsOf } from './github';
import { documentOf, jsonOf } from './json';
import { junitOf } from './junit';
import { markdownOf } from './markdown';
import { sarifOf } from './sarif';
import { textOf } from './text';

/** A format, and the file that it goes to, if it does not go to standard output. */
export interface Output {
  readonly format: Format | 'list';
  readonly file?: string;
  /** The option that asked for it. */
  readonly option?: string;
}

export const FORMATS = ['table', 'json', 'html', 'junit', 'sarif', 'github', 'markdown'] as const;

type Format = (typeof FORMATS)[number];

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

/** Writes a check in each format that is asked for: a table, where nothing else goes to standard output. */
export function writeAll(checked: Checked, asked: Output[], terminal: GuardedTerminal): void {
  const shown = asked.filter(({ file }) => file === undefined);
  const files = asked.flatMap(({ format, file, option }) => (file ? [{ format, file, option }] : []));
  const [first, ...others] = shown.filter(({ format }) => format !== 'table' && format !== 'github');
  if (first && shown.length > 1) {
    const [other] = [...others, ...shown.filter((each) => each !== first)];
    throw new Error(
      `--format: ${first.format} and ${other.format} would both go to standard output. Write one of them to a file: ` +
        `--format ${first.format}=cors.${first.format}.`,
    );
  }
  for (const { format, file, option } of files)
    writeReport(option ?? '--format', file, RENDERERS[format](checked, terminal));
  const written = files.map(({ format, file }) => `The ${format === 'html' ? 'report' : format} is in ${file}.`);
  const visible: Output[] = shown.length > 0 ? shown : [{ format: 'table' }];
  for (const { format } of visible) {
    if (format === 'table')
      terminal.write(textOf(checked, [...checked.notes, ...checked.remarks, ...written], terminal));
    else if (format === 'github') for (const each of annotationsOf(checked)) terminal.annotate(each);
    else terminal.write(RENDERERS[format](checked, terminal));
  }
}

const RENDERERS: Record<Format | 'list', (checked: Checked, terminal: GuardedTerminal) => string> = {
  table: (checked, terminal) => textOf(checked, [...checked.notes, ...checked.remarks], terminal),
  json: documentOf,
  list: jsonOf,
  html: htmlOf,
  junit: junitOf,
  sarif: sarifOf,
  github: (checked) => annotationsOf(checked).map(workflowCommand).join('\n'),
  markdown: markdownOf,
};

function htmlOf({ subject, asked, results }: Checked): string {
  const ways = asked.flatMap((each) => each.ways);
  return reportOf(subject, ways, results, {
    headers: [...new Set(asked.flatMap(({ settings }) => Object.keys(settings.headers ?? {})))],
    credentials: asked.some(({ settings }) => settings.credentials),
    version: require('../../../package.json').version,
    at: new Date(),
    written: writtenAt(subject),
  });
}

/** An assembly is as old as its manifest. */
function writtenAt(path: string): Date | undefined {
  const [found] = [join(path, 'manifest.json'), path].filter((each) => existsSync(each));
  return found === undefined ? undefined : statSync(found).mtime;
}

function isFormat(name: string): name is Format {
  return FORMATS.some((format) => format === name);
}
