import type { Command } from 'commander';
import type { GatewayAnswer, GatewayRequest } from '../../verify/gateway/gateway';
import { type BrowserRequest, CorsOutcome } from '../../verify/verdict';
import { collectOrigin, definePageOptions, type PageOptions } from '../page-options';
import type { Terminal } from '../terminal';
import { explain } from './explain';
import { judgeLive } from './live-judge';
import { send } from './send';

interface ProbeOptions extends PageOptions {
  readonly origin: string[];
  readonly method: string;
  readonly send?: boolean;
  readonly timeout: number;
}

/** `cdk-cors probe`: what a browser makes of an API that is on the air. */
export function defineProbe(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  const command = program
    .command('probe')
    .description('Asks a live API as a browser would, preflight first, and explains the answers.')
    .argument('<url>', 'what the page would fetch', urlFrom)
    .requiredOption('--origin <origin>', 'origin of the page (required); repeat it for several', collectOrigin)
    .option('--method <method>', 'method of the request, as the page gives it to fetch', 'GET');
  definePageOptions(command)
    .option('--send', 'send the request also where its method may change data, not the preflight alone')
    .option('--timeout <seconds>', 'how long to wait for each answer', secondsFrom, 10)
    .addHelpText('after', EXAMPLES)
    .action(async (url: URL, options: ProbeOptions) => {
      let exitCode = 0;
      for (const origin of options.origin) exitCode = Math.max(exitCode, await probe(url, origin, options, terminal));
      end(exitCode);
    });
}

const EXAMPLES = `
Example:
  $ cdk-cors probe https://api.example.com/items --origin https://app.example.com --method PUT --header authorization

Sends GET, HEAD and OPTIONS; of any other method only the preflight, unless there is --send.
Exit code: 0 when nothing is blocked, 1 when something is, 2 when there is no answer.`;

async function probe(url: URL, origin: string, options: ProbeOptions, terminal: Terminal): Promise<number> {
  if (origin === url.origin)
    throw new Error(`${origin} is the API's own origin: browsers do not restrict its pages there.`);
  const { method, header: headers, credentials } = options;
  const request: BrowserRequest = { origin, method, headers, credentials, path: url.pathname + url.search };
  const { verdict, exchanges } = await judgeLive(request, (asked) => answerOf(url, asked, options));
  if (exchanges.every(({ answer }) => answer.status === 0) && verdict.outcome === CorsOutcome.UNKNOWN) {
    throw new Error(
      `Nothing was sent: browsers send this ${method} without a preflight, and it may change data. --send sends it.`,
    );
  }
  terminal.write(explain(url, request, verdict, exchanges, terminal));
  return verdict.outcome === CorsOutcome.BLOCKED ? 1 : 0;
}

async function answerOf(url: URL, request: GatewayRequest, options: ProbeOptions): Promise<GatewayAnswer> {
  const { method, headers } = request;
  const nothing = { status: 0, headers: {}, body: '', decidedBy: 'gateway' as const, trail: [] };
  const isHarmless = 'access-control-request-method' in headers || /^(GET|HEAD|OPTIONS)$/.test(method);
  if (!isHarmless && !options.send)
    return {
      ...nothing,
      unknown: `the preflight allows it, but ${method} may change data and was not sent: --send sends it`,
    };
  const answer = await send(url, request, { timeout: options.timeout * 1000 });
  const { location, 'x-amzn-errortype': error } = answer.headers;
  const redirects = answer.status >= 300 && answer.status < 400 && location !== undefined && method !== 'OPTIONS';
  return {
    ...nothing,
    ...answer,
    unknown: redirects ? `it redirects to ${location}, where the browser follows: probe that` : undefined,
    trail: [`answered over ${answer.protocol}`, ...(error ? [`API Gateway says ${error}`] : [])],
  };
}

function urlFrom(text: string): URL {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text);
  throw new Error(`"${text}" is no URL of an API. Write it like https://api.example.com/items.`);
}

function secondsFrom(text: string): number {
  if (Number(text) > 0) return Number(text);
  throw new Error(`--timeout: "${text}" is no number of seconds.`);
}
