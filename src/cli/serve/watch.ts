import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Watch {
  end(): void;
}

/**
 * Tells when the input says something else and has come to rest: a synthesis writes many files, one
 * after the other, and some of them twice. It looks at times and sizes first, since events of the
 * file system differ between platforms and get lost where a folder is replaced.
 */
export function watchInput(path: string, changed: () => void, interval = 500): Watch {
  let known = stateOf(path);
  let before = known;
  let content = contentOf(path);
  const timer = setInterval(() => {
    const now = stateOf(path);
    const isAtRest = now === before;
    before = now;
    if (!isAtRest || now === known) return;
    known = now;
    const told = content;
    content = contentOf(path);
    if (content !== told) changed();
  }, interval);
  timer.unref();
  return { end: () => clearInterval(timer) };
}

function stateOf(path: string): string {
  return filesOf(path).map(infoLine).join('\n');
}

function contentOf(path: string): string {
  const hash = createHash('sha256');
  for (const file of filesOf(path)) hash.update(`\n${file}\n`).update(readOrNothing(file));
  return hash.digest('hex');
}

/** Of a file also its neighbours, since it may be one template of an assembly. */
function filesOf(path: string): string[] {
  const isFolder = infoOf(path)?.isDirectory() === true;
  return isFolder ? filesIn(path) : [path, ...filesIn(dirname(path))];
}

/** What validation writes about a synthesis, after it, is not a part of it. */
const REPORT = /validation-report\.json$/;

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const inside = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name.startsWith('assembly-') ? filesIn(inside) : [];
      return entry.name.endsWith('.json') && !REPORT.test(entry.name) ? [inside] : [];
    });
  } catch {
    return []; // gone for a moment
  }
}

function readOrNothing(file: string): string | Buffer {
  try {
    return readFileSync(file);
  } catch {
    return ''; // gone for a moment
  }
}

function infoLine(path: string): string {
  const info = infoOf(path);
  return `${path} ${info?.mtimeMs} ${info?.size}`;
}

function infoOf(path: string): ReturnType<typeof statSync> {
  return statSync(path, { throwIfNoEntry: false });
}
