import { watchInput } from '../serve/watch';
import { type GuardedTerminal, printable } from '../terminal';
import { settingsFile } from './asked';
import type { CheckOptions } from './options';

/**
 * Checks again whenever the input or the settings file has changed and come to rest, until Ctrl+C.
 * What cannot be read is said, and may be whole again a moment later. Gives the exit code of the
 * last check.
 */
export async function watching(
  path: string,
  options: CheckOptions,
  check: () => number,
  terminal: GuardedTerminal,
): Promise<number> {
  let exitCode = check(); // what is wrong from the start is not worth waiting for
  const again = (): void => {
    try {
      terminal.write(`\n${path} has changed.\n`);
      exitCode = check();
    } catch (error) {
      terminal.complain(`It cannot be checked: ${printable((error as Error).message)}`);
    }
  };
  const settings = settingsFile(options)?.path;
  const watches = [watchInput(path, again), ...(settings ? [watchInput(settings, again)] : [])];
  terminal.complain('Watching for changes. Ctrl+C ends it.');
  await terminal.interrupted();
  for (const watch of watches) watch.end();
  return exitCode;
}
