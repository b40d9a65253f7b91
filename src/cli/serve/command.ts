import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Command, Option } from 'commander';
import { DEFAULT_INPUT, nameOf, readInput } from '../input';
import { printable, type Terminal } from '../terminal';
import { forwardTo } from './backend';
import { LocalApi } from './local-api';
import { logLines } from './log';
import { mockWithCors, mockWithoutCors } from './mocks';
import { serve } from './server';

interface ServeOptions {
  readonly api?: string;
  readonly port: number;
  readonly host: string;
  readonly backend?: URL;
  readonly mock: 'cors' | 'plain';
}

/** `cdk-cors serve`: the API on this machine, with the CORS that it will have. */
export function defineServe(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .description('Serves an API on this machine as API Gateway would, and logs what a browser makes of each answer.')
    .argument('[path]', 'cdk.out, a CloudFormation template or an OpenAPI document (JSON or YAML)', DEFAULT_INPUT)
    .option('--api <id>', 'which API, where there are several: its logical id or construct path')
    .option('--port <port>', 'port to listen on; 0 for any that is free', portFrom, 4000)
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
    .addHelpText('after', EXAMPLES)
    .action((path: string, options: ServeOptions) => run(path, options, terminal));
}

const EXAMPLES = `
Example:
  $ cdk synth
  $ cdk-cors serve --port 4000 --backend http://127.0.0.1:3000
  $ curl -i -X OPTIONS -H 'Origin: https://app.example.com' -H 'Access-Control-Request-Method: PUT' http://127.0.0.1:4000/items

Authorizers, keys and validators let every request through but preflights, which never carry what they ask for.`;

async function run(path: string, options: ServeOptions, terminal: Terminal): Promise<void> {
  const [api, ...others] = readInput(path, options.api);
  if (others.length > 0)
    throw new Error(`${path} holds several APIs. Choose one with --api: ${[api, ...others].map(nameOf).join(', ')}.`);
  const backend = options.backend
    ? forwardTo(options.backend)
    : options.mock === 'cors'
      ? mockWithCors
      : mockWithoutCors;
  const server = await serve(new LocalApi(api, backend), options, (outcome) =>
    terminal.write(logLines(outcome, options.backend === undefined, terminal)),
  );
  const behind = options.backend ? `in front of ${options.backend.href}` : 'in front of mock backends';
  terminal.write(`${terminal.colors.bold(nameOf(api))} is on ${addressOf(server)}, ${behind}. Ctrl+C ends it.`);
  for (const fault of api.faults) terminal.complain(`It cannot be deployed as it is: ${printable(fault)}`);
  await terminal.interrupted();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function portFrom(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port: "${text}" is no port. Write a number from 0 to 65535.`);
}

function backendFrom(text: string): URL {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text);
  throw new Error(`--backend: "${text}" is no URL of a backend. Write it like http://127.0.0.1:3000.`);
}
