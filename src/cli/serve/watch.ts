import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Watch {
  end(): void;
}

/**
 * Tells when the input has changed and come to rest: a synthesis writes many files, one after the
 * other. It looks at times and sizes, since events of the file system differ between platforms and
 * get lost where a folder is replaced.
 */
export function watchInput(path: string, changed: () => void, interval = 500): Watch {
  let known = stateOf(path);
  let before = known;
  const timer = setInterval(() => {
    const now = stateOf(path);
    const isAtRest = now === before;
    before = now;
    if (!isAtRest || now === known) return;
    known = now;
    changed();
  }, interval);
  timer.unref();
  return { end: () => clearInterval(timer) };
}

/** Of a file also its neighbours', since it may be one template of an assembly. */
function stateOf(path: string): string {
  const folder = infoOf(path)?.isDirectory() ? path : dirname(path);
  return [infoLine(path), ...linesOf(folder)].join('\n');
}

function linesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const inside = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('assembly-') ? linesOf(inside) : [];
      return entry.name.endsWith('.json') ? [infoLine(inside)] : [];
    });
  } catch {
    return []; // gone for a moment
  }
}

function infoLine(path: string): string {
  const info = infoOf(path);
  return `${path} ${info?.mtimeMs} ${info?.size}`;
}

function infoOf(path: string): ReturnType<typeof statSync> {
  return statSync(path, { throwIfNoEntry: false });
}
