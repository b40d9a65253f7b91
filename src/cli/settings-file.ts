import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CorsFile } from '../verify/cors-file/cors-file';
import { CONTEXT_KEY, CORS_FILE_NAME, type FoundCorsFile } from '../verify/cors-file/find';
import { CORS_FILE } from '../verify/cors-file/schema';
import { whyNot } from './report/write';

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

function inContext(file: Record<string, any>, content: CorsFile): object {
  return { ...file, context: { ...file.context, [CONTEXT_KEY]: content } };
}
