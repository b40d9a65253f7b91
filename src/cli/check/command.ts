import { type Command, InvalidArgumentError } from 'commander';
import { isDay } from '../../verify/cors-file/schema';
import { defineDeploymentOptions } from '../deployment-options';
import { compare } from '../diff/compared';
import { writeDiff } from '../diff/formats';
import { exitCodeOf } from '../diff/report';
import { DEFAULT_INPUT } from '../input';
import { collectFormat, FORMATS, type Output } from '../outputs';
import { bodyOption, collectBackendHeader, collectName, collectOrigin, definePageOptions } from '../page-options';
import type { GuardedTerminal } from '../terminal';
import { acceptAll } from './accept';
import { askedApis, settingsFile } from './asked';
import { type Judging, judgeAll } from './checked';
import { writeCheck } from './formats';
import type { CheckOptions } from './options';
import { tryAll } from './tried';
import { watching } from './watching';

/** `cdk-cors check`: what pages of some origins could use of an API, before it is deployed. */
export function defineCheck(program: Command, terminal: GuardedTerminal, end: (exitCode: number) => void): void {
  const command = program
    .command('check')
    .description(
      'Tells for every route, method and origin whether a browser would let a page use it, ' +
        'and what to change where not.',
    )
    .argument('[path]', 'cdk.out, a CloudFormation template or an OpenAPI document (JSON or YAML)', DEFAULT_INPUT)
    .option(
      '--origin <origin>',
      'origin of a page that uses the API; repeat it for several (default: those that each API names)',
      collectOrigin,
    );
  defineDeploymentOptions(definePageOptions(command))
    .addOption(bodyOption())
    .option('--reads <header>', 'header that the page reads from responses; repeat it for several', collectName)
    .option(
      '--backend-header <name: value>',
      'header that proxy backends send; repeat it for several',
      collectBackendHeader,
    )
    .option('--api <id>', 'only this API: its logical id or construct path')
    .option(
      '--only',
      'fail also where another origin than these gets in: look-alikes, localhost, null, what the API names',
    )
    .option('--errors', 'fail also where a page could not read an error')
    .option('--strict', 'fail also as --errors does, and where the outcome depends on a backend or is unknown')
    .option(
      '--format <format>',
      `${FORMATS.join(', ')}; or sarif=cors.sarif and so on: into a file; repeat it (default: table)`,
      collectFormat,
    )
    .option('--json', 'the results as a JSON list; --format json has a version and everything else')
    .option('--html <file>', 'also write a report that opens in any browser: the same as --format html=file')
    .option('--config <file>', 'settings file (default: cdk-cors.json here or in a folder above)')
    .option('--no-config', 'use no settings file')
    .option(
      '--accept [why]',
      'write what fails today into the settings file as accepted: only what is new fails then',
      whyFrom,
    )
    .option('--until <day>', 'with --accept: the last day on which it is accepted, such as 2030-12-31', dayFrom)
    .option('--diff <old>', 'compare with an older cdk.out or template: which pages can do more or less than before?')
    .option('--watch', 'check again whenever a synthesis or somebody changes something, until Ctrl+C')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: CheckOptions) => end(await run(path, options, terminal)));
}

const EXAMPLES = `
Example:
  $ cdk synth
  $ cdk-cors check --origin https://app.example.com --origin http://localhost:3000

Exit code: 0 when nothing is blocked or broken, 1 when something is, 2 when the command could not do its work.
Of --diff: 0 when pages can do what they could do before, 1 less, 3 more, 4 both.`;

async function run(path: string, options: CheckOptions, terminal: GuardedTerminal): Promise<number> {
  if (options.until !== undefined && options.accept === undefined)
    throw new Error('--until goes with --accept: it says how long something is accepted.');
  if (options.accept !== undefined && (options.watch || options.config === false))
    throw new Error(
      `--accept writes the settings file, so it does not go with ${options.watch ? '--watch' : '--no-config'}.`,
    );
  const outputs = outputsOf(options);
  if (options.diff !== undefined) return diff(options.diff, path, options, outputs, terminal);
  const once = (): number => check(path, options, outputs, terminal);
  return options.watch ? watching(path, options, once, terminal) : once();
}

function check(path: string, options: CheckOptions, outputs: Output[], terminal: GuardedTerminal): number {
  const file = settingsFile(options);
  const judging: Judging = {
    subject: path,
    file,
    today: today(),
    isPart: options.api !== undefined,
    strict: options.strict === true,
  };
  terminal.progress?.(`Reading ${path} …`);
  const tried = tryAll(askedApis(path, options, file?.content), isBrief(outputs), terminal.progress);
  terminal.progress?.('');
  const checked = judgeAll(tried, judging);
  const final = options.accept === undefined ? checked : acceptAll(checked, options, judging);
  writeCheck(final, outputs, terminal);
  return final.fails ? 1 : 0;
}

function diff(old: string, path: string, options: CheckOptions, outputs: Output[], terminal: GuardedTerminal): number {
  if (options.accept !== undefined || options.watch)
    throw new Error(`--diff compares, so it does not go with ${options.watch ? '--watch' : '--accept'}.`);
  const compared = compare(old, path, options, settingsFile(options)?.content);
  writeDiff(compared, outputs, terminal);
  return exitCodeOf(compared);
}

/** Which formats show what was sent and what came back of every request. */
function isBrief(outputs: Output[]): boolean {
  return !outputs.some(({ format }) => format === 'json' || format === 'list' || format === 'html');
}

/** `--json` and `--html` are short forms. */
function outputsOf({ format = [], json, html }: CheckOptions): Output[] {
  return [
    ...format,
    ...(json ? [{ format: 'list' as const }] : []),
    ...(html === undefined ? [] : [{ format: 'html' as const, file: html, option: '--html' }]),
  ];
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function whyFrom(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Say why, or leave the reason out.');
}

function dayFrom(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('Write a day like 2030-12-31.');
  if (text < today()) throw new InvalidArgumentError(`That day has passed: today is ${today()} (UTC).`);
  return text;
}
