import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import picocolors from 'picocolors';
import { main } from '../../src/cli/main';
import type { Terminal } from '../../src/cli/terminal';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a person would, but in this process. */
export async function run(args: string[], more: Partial<Terminal> & { written?: string[] } = {}): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const { written = [], ...given } = more;
  const code = await main(args, {
    ...terminal(),
    ...given,
    write: (text) => void [written, out].map((lines) => lines.push(text)),
    complain: (text) => void [written, err].map((lines) => lines.push(text)),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** What no output may hold: commands of a CI, control characters, and marks that turn the direction of the text. */
export const ORDERS = /^\s*::|##vso\[|(?!\n)\p{Cc}|\u202e/mu;

/** One without colours, where nobody looks, and whoever starts something ends it at once. */
export function terminal(): Terminal {
  return {
    write: () => undefined,
    complain: () => undefined,
    colors: picocolors.createColors(false),
    width: Number.POSITIVE_INFINITY,
    interrupted: () => Promise.resolve(),
  };
}

/** A file of its own, for as long as the tests run: an object becomes JSON. */
export function file(name: string, content: object | string): string {
  const path = join(mkdtempSync(join(FOLDER, 'x')), name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** A cloud assembly of these templates, by the names of their files. */
export function assembly(templates: Record<string, object>): string {
  const directory = join(dirname(file('x', '')), 'cdk.out');
  mkdirSync(directory);
  const artifacts = Object.keys(templates).map((templateFile) => [
    templateFile,
    { type: 'aws:cloudformation:stack', properties: { templateFile } },
  ]);
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts: Object.fromEntries(artifacts) }));
  for (const [name, template] of Object.entries(templates))
    writeFileSync(join(directory, name), JSON.stringify(template));
  return directory;
}

const FOLDER = mkdtempSync(join(tmpdir(), 'cdk-cors-cli-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));
