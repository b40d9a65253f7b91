import type { Command } from 'commander';
import { defineDeploymentOptions } from '../deployment-options';
import { DEFAULT_INPUT } from '../input';
import { bodyOption, collectBackendHeader, collectName, collectOrigin, definePageOptions } from '../page-options';
import type { GuardedTerminal } from '../terminal';
import { askedApis, settingsFile } from './asked';
import { checkAll } from './checked';
import { collectFormat, FORMATS, type Output, writeAll } from './formats';
import type { CheckOptions } from './options';

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
    .option('--only', 'fail also where another origin than these gets in: look-alikes, localhost, null')
    .option('--errors', 'fail also where a page could not read an error')
    .option('--strict', 'fail also there, and where the outcome depends on a backend or is unknown')
    .option(
      '--format <format>',
      `${FORMATS.join(', ')}; or sarif=cors.sarif and so on: into a file; repeat it (default: table)`,
      collectFormat,
    )
    .option('--json', 'the results as a JSON list; --format json has a version and everything else')
    .option('--html <file>', 'also write a report that opens in any browser: the same as --format html=file')
    .option('--config <file>', 'settings file (default: cdk-cors.json here or in a folder above)')
    .option('--no-config', 'use no settings file')
    .addHelpText('after', EXAMPLES)
    .action((path: string, options: CheckOptions) => end(check(path, options, terminal)));
}

const EXAMPLES = `
Example:
  $ cdk synth
  $ cdk-cors check --origin https://app.example.com --origin http://localhost:3000

Exit code: 0 when nothing is blocked or broken, 1 when something is, 2 when there is nothing to check.`;

function check(path: string, options: CheckOptions, terminal: GuardedTerminal): number {
  const file = settingsFile(options);
  const checked = checkAll(path, askedApis(path, options, file?.content), file, today());
  writeAll(checked, outputsOf(options), terminal);
  return checked.fails ? 1 : 0;
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
