import type { Command } from 'commander';
import type { ApiModel } from '../../verify/model/api-model';
import { CorsOutcome } from '../../verify/verdict';
import { type CheckResult, checkResults } from '../check-results';
import { type DeploymentOptions, defineDeploymentOptions } from '../deployment-options';
import { DEFAULT_INPUT, readInput } from '../input';
import { type Outcome, tally } from '../outcomes';
import { collectOrigin, definePageOptions, type PageOptions } from '../page-options';
import { reportOf } from '../report/page';
import { writeReport } from '../report/write';
import type { Terminal } from '../terminal';
import { jsonOf } from './json';
import { namedOrigins } from './named-origins';
import { problemsOf } from './problems';
import { tableOf } from './table';

interface CheckOptions extends PageOptions, DeploymentOptions {
  readonly origin?: string[];
  readonly api?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly html?: string;
}

/** `cdk-cors check`: what pages of some origins could use of an API, before it is deployed. */
export function defineCheck(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  const command = program
    .command('check')
    .description(
      'Tells for every route, method and origin whether a browser would let a page use it, and what to change where not.',
    )
    .argument('[path]', 'cdk.out, a CloudFormation template or an OpenAPI document (JSON or YAML)', DEFAULT_INPUT)
    .option(
      '--origin <origin>',
      'origin of a page that uses the API; repeat it for several (default: those that each API names)',
      collectOrigin,
    );
  defineDeploymentOptions(definePageOptions(command))
    .option('--api <id>', 'only this API: its logical id or construct path')
    .option('--strict', 'fail also where the outcome depends on a backend or is unknown')
    .option('--json', 'write everything as JSON instead')
    .option('--html <file>', 'also write a report: one page that opens in any browser')
    .addHelpText('after', EXAMPLES)
    .action((path: string, options: CheckOptions) => end(check(path, options, terminal)));
}

const EXAMPLES = `
Example:
  $ cdk synth
  $ cdk-cors check --origin https://app.example.com --origin http://localhost:3000

Exit code: 0 when nothing is blocked or broken, 1 when something is, 2 when there is nothing to check.`;

function check(path: string, options: CheckOptions, terminal: Terminal): number {
  const apis = readInput(path, options.api, options);
  const cells = apis.flatMap((api) =>
    checkResults(api, options.origin ?? originsFor(api), { headers: options.header, credentials: options.credentials }),
  );
  if (options.html !== undefined) writeReport(options.html, reportOf(path, apis, cells));
  const notes = [...notesOn(apis), !options.origin && OWN_ORIGINS, options.html && `The report is in ${options.html}.`];
  terminal.write(options.json ? jsonOf(cells) : textOf(apis, cells, notes, terminal));
  const broken = apis.some(({ faults }) => faults.length > 0);
  return broken || cells.some(({ verdict }) => fails(verdict.outcome, options)) ? 1 : 0;
}

/** What was read in another way than the reader of the file may expect. */
function notesOn(apis: ApiModel[]): string[] {
  return [...new Set(apis.flatMap(({ notes = [] }) => notes))].map((note) => `Note: ${note}`);
}

/**
 * Without a list, the origins that an API lets in by name have to get in, and into no other API;
 * one without names is for any page.
 */
function originsFor(api: ApiModel): string[] {
  const named = namedOrigins(api);
  return named.length > 0 ? named : [ANY_PAGE];
}

const ANY_PAGE = 'https://any-page.example';
const OWN_ORIGINS = `Checked with the origins that each API names itself, or ${ANY_PAGE} where it names none: --origin checks others.`;

function textOf(
  apis: ApiModel[],
  cells: CheckResult[],
  notes: (string | false | undefined)[],
  terminal: Terminal,
): string {
  const { bold, dim } = terminal.colors;
  const tables = apis.map((api) =>
    tableOf(
      api,
      cells.filter((cell) => cell.api === api),
      terminal,
    ),
  );
  const summary = [
    bold(tally(cells.map(({ verdict }) => verdict.outcome))),
    ...notes.flatMap((note) => (note ? [dim(note)] : [])),
  ];
  return [...tables, ...problemsOf(cells, terminal), summary.join('\n')].join('\n\n');
}

function fails(outcome: Outcome, { strict }: CheckOptions): boolean {
  return (
    outcome === CorsOutcome.BLOCKED || outcome === 'BROKEN' || (strict === true && outcome !== CorsOutcome.ALLOWED)
  );
}
