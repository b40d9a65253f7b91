import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { recognize } from '../../verify/console/recognize';
import { DEFAULT_INPUT, readInput } from '../input';
import type { Terminal } from '../terminal';
import { incidentLines, notRecognized } from './output';
import { routesFor } from './route';

interface ExplainOptions {
  readonly app?: string;
  readonly api?: string;
}

/**
 * `cdk-cors explain`: what the red line in the browser's console means,
 * and which route of the app it is about.
 */
export function defineExplain(
  program: Command,
  terminal: Terminal,
  end: (exitCode: number) => void,
  input: Input = process.stdin,
): void {
  program
    .command('explain')
    .description(
      'Explains what a browser printed: paste one line, or the whole console. ' +
        "Chrome's, Firefox's and Safari's words are known.",
    )
    .argument('[message...]', 'what the browser said, in quotes (default: standard input)')
    .option(
      '--app <path>',
      'the app it is about: cdk.out, a CloudFormation template or an OpenAPI document (default: cdk.out, ' +
        'if there is one)',
    )
    .option('--api <id>', 'only this API of it: its logical id or construct path')
    .addHelpText('after', EXAMPLES)
    .action(async (message: string[], options: ExplainOptions) => {
      const pasted = message.length > 0 ? message.join(' ') : await textOf(input, terminal);
      end(explain(pasted, options, terminal));
    });
}

type Input = Readable & { readonly isTTY?: boolean };

const EXAMPLES = `
Example:
  $ cdk-cors explain "Access to fetch at 'https://…' from origin 'https://…' has been blocked by CORS policy: …"
  $ pbpaste | cdk-cors explain

Exit code: 0 when at least one message was recognized, 2 when none was.`;

function explain(pasted: string, { app, api }: ExplainOptions, terminal: Terminal): number {
  const incidents = recognize(pasted);
  if (incidents.length === 0) {
    terminal.write(notRecognized(terminal));
    return 2;
  }
  const subject = app ?? (existsSync(DEFAULT_INPUT) ? DEFAULT_INPUT : undefined);
  const apis = subject === undefined ? [] : appOf(subject, api, app !== undefined, terminal);
  const shown = incidents.slice(0, MANY);
  const sections = shown.map((incident) => incidentLines(incident, routesFor(incident, apis), subject, terminal));
  const more = incidents.length - shown.length;
  terminal.write([...sections, ...(more > 0 ? [`… and ${more} more messages.`] : [])].join('\n\n'));
  return 0;
}

/** More than anybody reads. */
const MANY = 20;

/** A cdk.out that happens to be here must not keep the explanation back. */
function appOf(
  path: string,
  api: string | undefined,
  isAskedFor: boolean,
  terminal: Terminal,
): ReturnType<typeof readInput> {
  try {
    return readInput(path, api);
  } catch (error) {
    if (isAskedFor || api !== undefined) throw error;
    terminal.complain(`cdk-cors: ${(error as Error).message} What follows is said without it.`);
    return [];
  }
}

async function textOf(input: Input, terminal: Terminal): Promise<string> {
  if (input.isTTY) terminal.complain('Paste what the browser printed, then press Ctrl+D.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > LARGEST) break;
  }
  if (size > LARGEST) terminal.complain(`Only the first ${LARGEST / MEGABYTE} MB are read.`);
  return Buffer.concat(chunks).subarray(0, LARGEST).toString('utf8');
}

const MEGABYTE = 1024 * 1024;
const LARGEST = 16 * MEGABYTE;
