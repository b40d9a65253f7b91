import type { Command } from 'commander';
import type { GatewayAnswer, GatewayRequest } from '../../verify/gateway/gateway';
import { headersForMethod } from '../../verify/requests/page-headers';
import { type BrowserRequest, CorsOutcome } from '../../verify/verdict';
import { collectOrigin, definePageOptions, type PageOptions } from '../page-options';
import { Secrets } from '../secrets';
import { jsonText, printable, type Terminal } from '../terminal';
import { explain, strangerLines } from './explain';
import { entryOf } from './json';
import { type Judged, judgeLive, type Probed } from './live-judge';
import { mixedContent } from './mixed-content';
import { send } from './send';
import { askStrangers, type StrangerVerdict } from './strangers';

interface ProbeOptions extends PageOptions {
  readonly origin: string[];
  readonly method: string;
  readonly strangers?: boolean;
  readonly send?: boolean;
  readonly json?: boolean;
  readonly timeout: number;
}

/** `cdk-cors probe`: what a browser makes of an API that is online. */
export function defineProbe(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  const command = program
    .command('probe')
    .description('Asks a live API as a browser would, preflight first, and explains the answers.')
    .argument('<url>', 'what the page would fetch', urlFrom)
    .requiredOption('--origin <origin>', 'origin of the page (required); repeat it for several', collectOrigin)
    .option('--method <method>', 'method of the request, as the page gives it to fetch', 'GET');
  definePageOptions(command)
    .option('--strangers', 'ask also for origins that only look like these, and fail where one gets in')
    .option('--send', 'send the request also where its method may change data, not the preflight alone')
    .option('--timeout <seconds>', 'how long to wait for each answer', secondsFrom, 10)
    .option('--json', 'write everything as JSON instead')
    .addHelpText('after', EXAMPLES)
    .action(async (url: URL, options: ProbeOptions) => end(await probe(url, options, terminal)));
}

const EXAMPLES = `
Example:
  $ cdk-cors probe https://api.example.com/items --origin https://app.example.com --method PUT --header authorization

Sends GET, HEAD and OPTIONS; of any other method only the preflight, unless there is --send.
Exit code: 0 when nothing is blocked and no stranger gets in, 1 otherwise, 2 when there is no answer.`;

async function probe(url: URL, options: ProbeOptions, terminal: Terminal): Promise<number> {
  const { origin: origins, method, header = {}, credentials } = options;
  const headers = headersForMethod(method.toUpperCase(), header);
  const request = { method, headers, credentials, path: url.pathname + url.search };
  const ask = (asked: BrowserRequest): Promise<Judged> => judgeLive(asked, (sent) => answerOf(url, sent, options));
  const secrets = new Secrets(Object.entries(headers), url.search);
  const shown = <Value>(value: Value): Value => printable(secrets.in(value));

  const probed: Probed[] = [];
  for (const origin of origins) {
    const result = await probeFrom(url, { ...request, origin }, ask);
    if (!options.json) terminal.write(explain(shown(result), url.host, terminal));
    probed.push(result);
  }
  const strangers = options.strangers ? shown(await askStrangers(origins, url.origin, request, ask)) : [];
  if (options.json) terminal.write(jsonText(jsonOf(shown(probed), strangers, url.host, options)));
  else if (options.strangers) terminal.write(strangerLines(strangers, terminal));
  const isBlocked = probed.some(({ verdict }) => verdict.outcome === CorsOutcome.BLOCKED);
  return isBlocked || strangers.some(({ letIn }) => letIn) ? 1 : 0;
}

async function probeFrom(
  url: URL,
  request: BrowserRequest,
  ask: (request: BrowserRequest) => Promise<Judged>,
): Promise<Probed> {
  const { origin, method } = request;
  if (origin === url.origin)
    throw new Error(`${origin} is the API's own origin: browsers do not restrict its pages there.`);
  const mixed = mixedContent(origin, url);
  if (mixed) {
    const verdict = { outcome: CorsOutcome.BLOCKED, rule: 'request' as const, reason: mixed };
    return { request, url: url.origin, verdict, exchanges: [], change: HTTPS };
  }
  const { verdict, exchanges } = await ask(request);
  if (exchanges.every(({ answer }) => answer.status === 0) && verdict.outcome === CorsOutcome.UNKNOWN) {
    throw new Error(
      `Nothing was sent: browsers send this ${method} without a preflight, and it may change data. --send sends it.`,
    );
  }
  return { request, url: url.origin, verdict, exchanges };
}

const HTTPS = 'Serve the API over https, as API Gateway does on its own, and have the page fetch from there.';

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
    body: answer.body.replace(/\s+/g, ' '),
    unknown: redirects ? `it redirects to ${location}, where the browser follows: probe that` : undefined,
    trail: [`answered over ${answer.protocol}`, ...(error ? [`API Gateway says ${error}`] : [])],
  };
}

function jsonOf(probed: Probed[], strangers: StrangerVerdict[], host: string, options: ProbeOptions): object {
  const results = probed.map((result) => entryOf(result, host));
  return options.strangers ? { results, strangers } : { results };
}

function urlFrom(text: string): URL {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url)
    throw new Error(
      `${JSON.stringify(new Secrets().text(text))} is not the URL of an API. ` +
        'Write it like https://api.example.com/items.',
    );
  if (url.username || url.password)
    throw new Error(`fetch takes no URL with a user or a password: leave them out, as in ${url.origin}/.`);
  return url;
}

function secondsFrom(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (seconds >= 0.001 && seconds <= LONGEST) return seconds;
  throw new Error(`--timeout: "${text}" is not a time to wait. Write seconds, from 0.001 to ${LONGEST}.`);
}

const LONGEST = 3600;
