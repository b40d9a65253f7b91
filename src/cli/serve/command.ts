import { type Command, Option } from 'commander';
import { type ApiModel, KINDS } from '../../verify/model/api-model';
import { type DeploymentOptions, defineDeploymentOptions } from '../deployment-options';
import { DEFAULT_INPUT, nameOf, readInput, readScopes } from '../input';
import { Secrets } from '../secrets';
import { printable, type Terminal } from '../terminal';
import { ApiServers } from './api-servers';
import { forwardTo } from './backend';
import { FunctionBackends } from './functions/backends';
import { LocalApi, type Outcome } from './local-api';
import { logLines } from './log';
import { mockWithCors, mockWithoutCors } from './mocks';
import { watchInput } from './watch';

interface ServeOptions extends DeploymentOptions {
  readonly api?: string;
  readonly port: number;
  readonly host: string;
  readonly backend?: URL;
  readonly mock: 'cors' | 'plain';
  readonly functions?: boolean;
}

/** `cdk-cors serve`: the API on this machine, with the CORS that it will have. */
export function defineServe(program: Command, terminal: Terminal): void {
  const command = program
    .command('serve')
    .description('Serves an API on this machine as API Gateway would, and logs what a browser makes of each answer.')
    .argument('[path]', 'cdk.out, a CloudFormation template or an OpenAPI document (JSON or YAML)', DEFAULT_INPUT)
    .option('--api <id>', 'only this API: its logical id or construct path')
    .option(
      '--port <port>',
      'port to listen on; further APIs get the ports after it; 0 for any that are free',
      portFrom,
      4000,
    )
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option(
      '--backend <url>',
      'forward what integrations would get to this backend, such as http://127.0.0.1:3000',
      backendFrom,
    )
    .addOption(
      new Option(
        '--mock <kind>',
        'without --backend: backends that answer with CORS headers, or plain ones that know nothing of CORS',
      )
        .choices(['cors', 'plain'])
        .default('cors'),
    )
    .option(
      '--functions',
      "run the app's own Node.js and Python functions behind the API: they are its code, with your AWS credentials",
    );
  defineDeploymentOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((path: string, options: ServeOptions) => run(path, options, terminal));
}

const EXAMPLES = `
Example:
  $ cdk synth
  $ cdk-cors serve --port 4000 --backend http://127.0.0.1:3000
  $ curl -i -X OPTIONS http://127.0.0.1:4000/items \\
      -H 'Origin: https://app.example.com' -H 'Access-Control-Request-Method: PUT'

A request without the token, key, signature or parameter that its route asks for gets
what API Gateway would answer: 401, 403 or 400.
Any value will do: nothing is verified.`;

async function run(path: string, options: ServeOptions, terminal: Terminal): Promise<void> {
  const isMock = options.backend === undefined;
  const backend = options.backend
    ? forwardTo(options.backend)
    : options.mock === 'cors'
      ? mockWithCors
      : mockWithoutCors;
  const log = (outcome: Outcome, api: ApiModel): void => {
    const name = servers.count > 1 ? `${terminal.colors.dim(nameOf(api))} ` : '';
    terminal.write(name + logLines(outcome, isMock, terminal));
  };
  let functions: FunctionBackends | undefined;
  const servers = new ApiServers(options, log);
  /** All of a synthesis, or nothing of it. */
  const take = async (apis: ApiModel[]) => {
    const next = options.functions ? functionsOf(path, options, terminal) : undefined;
    try {
      const taken = await servers.take(apis, (api) => new LocalApi(api, backend, next));
      functions?.end();
      functions = next;
      return taken;
    } catch (error) {
      next?.end();
      throw error;
    }
  };
  const behind = options.backend
    ? `in front of ${new Secrets().text(options.backend.href)}`
    : 'in front of mock backends';
  const running = options.functions ? `${behind}, and of the app's own functions` : behind;

  try {
    const apis = readInput(path, options.api, options);
    const { added } = await take(apis);
    terminal.write(`${tableOf(added, terminal)}, ${running}. Ctrl+C ends it.`);
    tellFaults(apis, terminal);
    const watch = watchInput(path, () => void reload(path, options, take, terminal));
    await terminal.interrupted();
    watch.end();
  } finally {
    functions?.end();
    await servers.close();
  }
}

/** What cannot be read now may be whole again a moment later: until then, what was there stays. */
async function reload(
  path: string,
  options: ServeOptions,
  take: (apis: ApiModel[]) => ReturnType<ApiServers['take']>,
  terminal: Terminal,
): Promise<void> {
  try {
    const apis = readInput(path, options.api, options);
    const { added, missing } = await take(apis);
    terminal.write(`${path} has changed, and is served as it is now.`);
    if (added.length > 0) terminal.write(`${tableOf(added, terminal)}.`);
    for (const name of missing) terminal.complain(`${name} is not in ${path} any more: it is served as it was.`);
    tellFaults(apis, terminal);
  } catch (error) {
    terminal.complain(
      `${path} has changed, but cannot be served, so what was there stays: ${printable((error as Error).message)}`,
    );
  }
}

function functionsOf(path: string, options: ServeOptions, terminal: Terminal): FunctionBackends {
  const say = (name: string, line: string): void =>
    terminal.write(`${terminal.colors.dim(printable(name))} ${printable(line)}`);
  const functions = new FunctionBackends(readScopes(path, options), say);
  for (const note of functions.notes) terminal.complain(printable(note));
  return functions;
}

/** One API in a sentence, several in a table. */
function tableOf(served: [ApiModel, string][], { colors: { bold } }: Terminal): string {
  if (served.length === 1) return `${bold(nameOf(served[0][0]))} is on ${served[0][1]}`;
  const width = Math.max(...served.map(([api]) => nameOf(api).length));
  const rows = served.map(([api, address]) => `  ${bold(nameOf(api).padEnd(width))}  ${KINDS[api.kind]}  ${address}`);
  return [`${served.length} APIs, a port each:`, ...rows, `They are`].join('\n');
}

function tellFaults(apis: ApiModel[], terminal: Terminal): void {
  for (const api of apis)
    for (const fault of api.faults)
      terminal.complain(`${nameOf(api)} cannot be deployed as it is: ${printable(fault)}`);
}

function portFrom(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port: "${text}" is not a port. Write a number from 0 to 65535.`);
}

function backendFrom(text: string): URL {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text);
  throw new Error(`--backend: "${text}" is not a URL of a backend. Write it like http://127.0.0.1:3000.`);
}
