import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { checkWays } from '../../verify/check-ways';
import type { ApiSettings } from '../../verify/cors-file/cors-file';
import { findCorsFile } from '../../verify/cors-file/find';
import type { Entrance } from '../../verify/entrances';
import type { ApiModel } from '../../verify/model/api-model';
import { namedOrigins, originsOf } from '../../verify/requests/named-origins';
import { originPatterns } from '../../verify/requests/origin-patterns';
import { isKnown, readable } from '../../verify/unknown';
import { type DeploymentOptions, defineDeploymentOptions } from '../deployment-options';
import { DEFAULT_INPUT, nameOf, readWays } from '../input';
import { keyOf, newSettings, writeSettings } from '../settings-file';
import { printable, type Terminal } from '../terminal';

/** `cdk-cors init`: a settings file from what the templates show, for people to correct. */
export function defineInit(program: Command, terminal: Terminal): void {
  const command = program
    .command('init')
    .description('Writes cdk-cors.json from what the templates show: which pages may use which API today.')
    .argument('[path]', 'cdk.out, a CloudFormation template or an OpenAPI document (JSON or YAML)', DEFAULT_INPUT);
  defineDeploymentOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((path: string, options: DeploymentOptions) => init(path, options, terminal));
}

const EXAMPLES = `
Example:
  $ cdk synth
  $ cdk-cors init cdk.out
  $ cdk-cors check

What it writes is what the APIs allow today, not what they should allow: read it.`;

function init(path: string, options: DeploymentOptions, terminal: Terminal): void {
  const file = newSettings();
  const found = existsSync(file.path) ? file : findCorsFile(process.cwd());
  if (found) throw new Error(`${found.path} is there already: change it, or remove it first.`);
  const { apis, ways } = readWays(path, undefined, options);
  const entries = apis.map((api) => {
    const own = ways.filter((way) => way.api === api && !way.via);
    return [keyOf(api, 'init'), settingsOf(api, own)] as const;
  });
  writeSettings({ ...file, content: { ...file.content, apis: Object.fromEntries(entries) } });
  const open = entries.filter(([, { origins }]) => !origins).map(([name]) => name);
  const count = `${entries.length} API${entries.length === 1 ? '' : 's'}`;
  terminal.write(`${file.path} says which pages may use ${count}. Read it: it is what they allow today.`);
  if (open.length > 0)
    terminal.write(
      `Without origins, since they let in any page, none, or one that only the deployment knows: ${open.join(', ')}.`,
    );
  for (const api of apis) tellLeftOut(api, terminal);
}

/** A file holds exact origins: neither patterns nor what only the deployment knows. */
function tellLeftOut(api: ApiModel, terminal: Terminal): void {
  const open = namedOrigins(api).filter((origin) => !isKnown(origin));
  const leftOut = [...originPatterns(api), ...open].map(readable).map(printable);
  if (leftOut.length === 0) return;
  terminal.write(
    `Left out of ${nameOf(api)}: ${leftOut.join(', ')}. ` +
      'Origins in the file are exact: list those that have to get in.',
  );
}

/** Of origins that only the deployment knows, a file can hold none. */
function settingsOf(api: ApiModel, ways: Entrance[]): ApiSettings {
  const origins = namedOrigins(api).filter(isKnown);
  const answers = checkWays(ways, originsOf).flatMap(({ verdict: { preflight, response } }) => [preflight, response]);
  const sent = (name: string): string[] => answers.flatMap((answer) => answer?.headers[name] ?? []);
  const exposed = sent('access-control-expose-headers').flatMap((list) => list.split(','));
  const reads = [...new Set(exposed.map((name) => name.trim()))].filter((name) => name !== '' && name !== '*');
  return {
    ...(origins.length > 0 && { origins }),
    ...(sent('access-control-allow-credentials').includes('true') && { credentials: true }),
    ...(reads.length > 0 && { reads }),
  };
}
