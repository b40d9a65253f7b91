import { type Command, Option } from 'commander';
import { type DeploymentOptions, defineDeploymentOptions } from '../deployment-options';
import { DEFAULT_INPUT, readScopes, readWays } from '../input';
import { Secrets } from '../secrets';
import { printable, type Terminal } from '../terminal';
import { forwardTo } from './backend';
import { FunctionBackends } from './functions/backends';
import { LocalApi, type Outcome } from './local-api';
import { LocalDistribution } from './local-distribution';
import { logLines } from './log';
import { mockWithCors, mockWithoutCors } from './mocks';
import { type Place, placesOf } from './places';
import { Servers } from './servers';
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
  const log = (outcome: Outcome, place: Place): void => {
    const name = servers.count > 1 ? `${terminal.colors.dim(place.name)} ` : '';
    terminal.write(name + logLines(outcome, isMock, terminal));
  };
  let functions: FunctionBackends | undefined;
  const servers = new Servers(options, log);
  /** All of a synthesis, or nothing of it. */
  const take = async (): Promise<Taken> => {
    const { ways, entrances } = readWays(path, options.api, options);
    const next = options.functions ? functionsOf(path, options, terminal) : undefined;
    try {
      const places = placesOf(ways, entrances, (api) => new LocalApi(api, backend, next));
      const taken = await servers.take(places);
      functions?.end();
      functions = next;
      return { ...taken, places };
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
    const { added, places } = await take();
    terminal.write(`${tableOf(added, terminal)}, ${running}. Ctrl+C ends it.`);
    tellFaults(places, terminal);
    const watch = watchInput(path, () => void reload(path, take, terminal));
    await terminal.interrupted();
    watch.end();
  } finally {
    functions?.end();
    await servers.close();
  }
}

/** What of a synthesis is online now. */
interface Taken {
  readonly places: Place[];
  /** Those that were not there before, with their addresses. */
  readonly added: [Place, string][];
  readonly missing: string[];
}

/** What cannot be read now may be whole again a moment later: until then, what was there stays. */
async function reload(path: string, take: () => Promise<Taken>, terminal: Terminal): Promise<void> {
  try {
    const { added, missing, places } = await take();
    terminal.write(`${path} has changed, and is served as it is now.`);
    if (added.length > 0) terminal.write(`${tableOf(added, terminal)}.`);
    for (const name of missing) terminal.complain(`${name} is not in ${path} any more: it is served as it was.`);
    tellFaults(places, terminal);
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

/** One API in a sentence, several places in a table. */
function tableOf(served: [Place, string][], { colors: { bold } }: Terminal): string {
  if (served.length === 1) return `${bold(served[0][0].name)} is on ${served[0][1]}`;
  const widthOf = (of: (place: Place) => string): number => Math.max(...served.map(([place]) => of(place).length));
  const [width, kinds] = [widthOf(({ name }) => name), widthOf(({ kind }) => kind)];
  const rows = served.map(
    ([{ name, kind }, address]) => `  ${bold(name.padEnd(width))}  ${kind.padEnd(kinds)}  ${address}`,
  );
  const distributions = served.filter(([{ local }]) => local instanceof LocalDistribution).length;
  const all = [
    counted(served.length - distributions, 'API'),
    ...(distributions > 0 ? [counted(distributions, 'distribution')] : []),
  ];
  return [`${all.join(' and ')}, a port each:`, ...rows, `They are`].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function tellFaults(places: Place[], terminal: Terminal): void {
  for (const { name, faults } of places)
    for (const fault of faults) terminal.complain(`${name} cannot be deployed as it is: ${printable(fault)}`);
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
