import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { parseText } from '../../text/json-or-yaml';

/**
 * The snippet that an AWS::Include names by a path, as `aws cloudformation package` takes it:
 * relative to the template. A template cannot be trusted with other files than those beside it and
 * below.
 */
export function includedFile(templateFile: string | undefined, location: string): any {
  if (templateFile === undefined || isAbsolute(location) || /^[a-z][a-z0-9+.-]*:/i.test(location)) return undefined;
  try {
    const folder = realpathSync(dirname(resolve(templateFile)));
    const path = realpathSync(resolve(folder, location));
    const isInside = path.startsWith(folder + sep) && statSync(path).isFile();
    return isInside ? parseText(readFileSync(path, 'utf8'), location) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error; // there is a file, and it cannot be read
    return undefined;
  }
}
