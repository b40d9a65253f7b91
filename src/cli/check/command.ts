import type { Command } from 'commander';
import { getOrCreate } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import { checkStrangers, checkWays, resultsOf } from '../../verify/check-ways';
import type { Entrance } from '../../verify/entrances';
import type { ApiModel } from '../../verify/model/api-model';
import { type PageHeaders, splitKey } from '../../verify/requests/page-headers';
import { strangersTo } from '../../verify/requests/strangers';
import { CorsOutcome } from '../../verify/verdict';
import { type DeploymentOptions, defineDeploymentOptions } from '../deployment-options';
import { DEFAULT_INPUT, readWays } from '../input';
import { tally } from '../outcomes';
import {
  bodyOption,
  collectBackendHeader,
  collectName,
  collectOrigin,
  definePageOptions,
  type PageOptions,
  type SampleBody,
} from '../page-options';
import { reportOf } from '../report/page';
import { writeReport } from '../report/write';
import { Secrets } from '../secrets';
import { printable, type Terminal } from '../terminal';
import { jsonOf } from './json';
import { namedOrigins, originsOfDistribution } from './named-origins';
import { problemsOf } from './problems';
import { tableOf, tableThrough } from './table';

interface CheckOptions extends PageOptions, DeploymentOptions {
  readonly origin?: string[];
  readonly api?: string;
  readonly body?: SampleBody;
  readonly reads?: string[];
  readonly backendHeader?: Record<string, string>;
  readonly only?: boolean;
  readonly errors?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly html?: string;
}

/** `cdk-cors check`: what pages of some origins could use of an API, before it is deployed. */
export function defineCheck(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
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
  const { apis, ways } = readWays(path, options.api, options);
  const { header: headers, credentials, body, reads, backendHeader } = options;
  const page = { headers, credentials, body, reads, backendHeaders: () => backendHeader };
  const secrets = new Secrets(namedHeaders(headers ?? {}));
  const shownVerdicts = new Map<object, Omit<CheckResult, 'api' | 'via' | 'request'>>();
  // What holds at several addresses is looked through once.
  const shownAs = ({ api, via, request, ...result }: CheckResult): CheckResult => {
    const shownOnce = getOrCreate(shownVerdicts, result.verdict, () => printable(secrets.in(result)));
    return { ...shownOnce, api, ...(via && { via }), request: printable(secrets.in(request)) };
  };
  const results = checkWays(ways, (way) => options.origin ?? originsOf(way), page).map(shownAs);
  const strangers = options.only ? checkStrangers(ways, strangersTo(listed(options)), page).map(shownAs) : [];
  if (options.html !== undefined) writeReport(options.html, reportOf(path, ways, results));
  const notes = [
    ...notesOn(apis),
    !options.origin && OWN_ORIGINS,
    results.some(sendsCookies) && COOKIES,
    options.html && `The report is in ${options.html}.`,
  ];
  terminal.write(options.json ? jsonOf([...results, ...strangers]) : textOf(ways, results, strangers, notes, terminal));
  const cannotBeDeployed = apis.some(({ faults }) => faults.length > 0);
  return cannotBeDeployed || strangers.length > 0 || results.some((result) => fails(result, options)) ? 1 : 0;
}

function listed({ origin }: CheckOptions): string[] {
  if (!origin) throw new Error('--only: say which origins should get in, with --origin for each.');
  return origin;
}

/** Whatever the methods that they go with. */
function namedHeaders(headers: PageHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([key, value]) => [splitKey(key).name, value]));
}

/** What was read in another way than the reader of the file may expect. */
function notesOn(apis: ApiModel[]): string[] {
  return [...new Set(apis.flatMap(({ notes = [] }) => notes))].map((note) => `Note: ${note}`);
}

/**
 * Without a list, the origins that an API lets in by name have to get in, and into no other API;
 * one without names is for any page. A response headers policy names pages, too.
 */
function originsOf({ api, via }: Entrance): string[] {
  const named = [...new Set([...namedOrigins(api), ...(via ? originsOfDistribution(via) : [])])];
  return named.length > 0 ? named : [ANY_PAGE];
}

const ANY_PAGE = 'https://any-page.example';
const OWN_ORIGINS =
  `Checked with the origins that each API names itself, or ${ANY_PAGE} where it names none: ` +
  '--origin checks others.';
const COOKIES =
  'Cookies: to pages of another site, such as every page is to an execute-api address, ' +
  'Safari and Firefox block or partition them ' +
  'with all headers right; Chrome sends those with SameSite=None. A custom domain on the site of the page avoids that.';

function sendsCookies({ request, verdict }: CheckResult): boolean {
  return request.credentials === true && verdict.outcome !== CorsOutcome.BLOCKED;
}

function textOf(
  ways: Entrance[],
  results: CheckResult[],
  strangers: CheckResult[],
  notes: (string | false | undefined)[],
  terminal: Terminal,
): string {
  const { bold, dim } = terminal.colors;
  const tables = ways.map((way) =>
    way.via
      ? tableThrough(way, resultsOf(way, results), resultsOf({ api: way.api }, results), terminal)
      : tableOf(way, resultsOf(way, results), terminal),
  );
  const summary = [
    bold(tally(results.map(({ verdict }) => verdict.outcome))),
    ...notes.flatMap((note) => (note ? [dim(note)] : [])),
  ];
  return [...tables, ...problemsOf([...results, ...strangers], terminal), summary.join('\n')].join('\n\n');
}

function fails(
  { verdict: { outcome }, unreadable, withCredentials }: CheckResult,
  { strict, errors }: CheckOptions,
): boolean {
  if (outcome === CorsOutcome.BLOCKED || outcome === CorsOutcome.BROKEN) return true;
  if ((strict || errors) && unreadable.length > 0) return true;
  return strict === true && (outcome !== CorsOutcome.ALLOWED || withCredentials !== undefined);
}
