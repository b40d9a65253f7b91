import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where a report cannot be written, Node.js names a system call; users want to know what to
 * write instead.
 */
export function writeReport(option: string, path: string, report: string): void {
  try {
    writeFileSync(path, report);
  } catch (error) {
    throw new Error(`${option}: ${whyNot(error as NodeJS.ErrnoException, path)}`);
  }
}

export function whyNot({ code, message }: NodeJS.ErrnoException, path: string): string {
  switch (code) {
    case 'ENOENT':
      return `there is no folder ${dirname(path)}. Create it, or write the report elsewhere.`;
    case 'EISDIR':
      return `${path} is a folder. Name a file in it, such as ${join(path, 'cors.html')}.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `you may not write to ${path}.`;
    default:
      return `${path} cannot be written: ${message}`;
  }
}
