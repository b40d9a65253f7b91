import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CorsFile } from '../verify/cors-file/cors-file';
import { CONTEXT_KEY, CORS_FILE_NAME, type FoundCorsFile } from '../verify/cors-file/find';
import { CORS_FILE } from '../verify/cors-file/schema';
import type { ApiModel } from '../verify/model/api-model';
import { whyNot } from './report/write';
import { printable } from './terminal';

/** The settings of a folder that has none yet. */
export function newSettings(content: CorsFile = {}): FoundCorsFile {
  const installed = 'node_modules/cdk-cors/docs/cdk-cors.schema.json';
  const $schema = existsSync(installed) ? `./${installed}` : CORS_FILE.$id;
  return { path: join(process.cwd(), CORS_FILE_NAME), isContext: false, content: { $schema, ...content } as CorsFile };
}

/**
 * Writes settings where they were found: whole, or not at all.
 * The rest of a `cdk.json` stays as it is.
 */
export function writeSettings({ path, isContext, content }: FoundCorsFile): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const whole = isContext ? inContext(JSON.parse(before), content) : content;
  const [, indent = '  '] = /^\s*\{\s*\n([ \t]+)"/.exec(before) ?? [];
  const draft = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, `${JSON.stringify(whole, undefined, indent)}\n`);
    renameSync(draft, path);
  } catch (error) {
    throw new Error(`The settings cannot be written: ${whyNot(error as NodeJS.ErrnoException, path)}`);
  }
}

/**
 * As a file names an API: by its construct path, where the template has it.
 *
 * @param what wants to write it: 'init'
 * @throws where the file would mean others by it, too, or none
 */
export function keyOf({ constructPath, id }: ApiModel, what: string): string {
  const key = nameInFile(constructPath ?? id, what);
  if (!key.includes('*')) return key;
  throw new Error(
    `${what}: the settings cannot name "${key}": there, * makes a pattern, which other APIs may fit, too. ` +
      'Rename it, or write the settings by hand.',
  );
}

/** Results show other characters in place of unprintable ones: by those, nothing is found again. */
export function nameInFile(name: string, what: string): string {
  const shown = printable(name);
  if (!shown.includes('\ufffd')) return shown;
  throw new Error(`${what}: the settings cannot name "${shown}": it has characters that do not print. Rename it.`);
}

function inContext(file: Record<string, any>, content: CorsFile): object {
  return { ...file, context: { ...file.context, [CONTEXT_KEY]: content } };
}
