import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Output, writeOutputs } from '../outputs';
import { reportOf } from '../report/page';
import type { GuardedTerminal } from '../terminal';
import type { Checked } from './checked';
import { annotationsOf } from './github';
import { documentOf, jsonOf } from './json';
import { junitOf } from './junit';
import { markdownOf } from './markdown';
import { sarifOf } from './sarif';
import { acceptedIn, textOf } from './text';

/** Writes a check in each format that is asked for. */
export function writeCheck(checked: Checked, outputs: Output[], terminal: GuardedTerminal): void {
  const { notes, remarks } = checked;
  const renderers = {
    table: (written: string[]) => textOf(checked, [...notes, ...remarks, ...written], terminal),
    json: () => documentOf(checked),
    list: () => jsonOf(checked),
    html: () => htmlOf(checked),
    junit: () => junitOf(checked),
    sarif: () => sarifOf(checked),
    github: () => annotationsOf(checked),
    markdown: () => markdownOf(checked),
  };
  writeOutputs(outputs, { asker: 'check', renderers }, terminal);
}

function htmlOf(checked: Checked): string {
  const { subject, asked } = checked;
  const accepted = acceptedIn(checked);
  const results = checked.results.map((result) => ({ ...result, accepted: accepted.get(result)?.why }));
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
