import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseText } from '../../text/json-or-yaml';
import { isObject } from '../template/cloudformation-template';
import { type CorsFile, checkedCorsFile, readCorsFile } from './cors-file';

/** A settings file, and where it is. */
export interface FoundCorsFile {
  readonly path: string;
  /** Whether it is the context of this `cdk.json`, not a file of its own. */
  readonly isContext: boolean;
  readonly content: CorsFile;
}

export const CORS_FILE_NAME = 'cdk-cors.json';

/** The key of the context in `cdk.json`. */
export const CONTEXT_KEY = 'cdk-cors';

/**
 * The settings for a folder: `cdk-cors.json`, or `cdk-cors` in the context of `cdk.json`, in it or
 * in the nearest folder above that has one.
 *
 * @throws where a folder has both, and for everything that is wrong with it
 */
export function findCorsFile(folder: string): FoundCorsFile | undefined {
  const here = resolve(folder);
  const own = join(here, CORS_FILE_NAME);
  const context = contextIn(join(here, 'cdk.json'));
  if (existsSync(own)) {
    if (context)
      throw new Error(`${own} and the context of ${context.path} both have settings of cdk-cors: keep one of them.`);
    return readFoundCorsFile(own);
  }
  if (context) return context;
  const above = dirname(here);
  return above === here ? undefined : findCorsFile(above);
}

/**
 * The settings of a named file: of its own, or a `cdk.json`.
 *
 * @throws where it is not there, and for everything that is wrong with it
 */
export function readFoundCorsFile(path: string): FoundCorsFile {
  if (!existsSync(path)) throw new Error(`There is no ${path} here.`);
  const context = path.endsWith('cdk.json') ? contextIn(path) : undefined;
  return context ?? { path, isContext: false, content: readCorsFile(readFileSync(path, 'utf8'), path) };
}

/** A `cdk.json` that cannot be read is for the CDK to complain about. */
function contextIn(path: string): FoundCorsFile | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  if (!text.includes(`"${CONTEXT_KEY}"`)) return undefined;
  const { context } = parseText(text, path) ?? {};
  if (!isObject(context) || !Object.hasOwn(context, CONTEXT_KEY)) return undefined;
  const content = checkedCorsFile(context[CONTEXT_KEY], `${path}, context["${CONTEXT_KEY}"]`);
  return { path, isContext: true, content };
}
