/**
 * One case before the judge: the same API answers twice, once in front of a backend that lets
 * everybody in and once in front of one that knows nothing of CORS, or in front of the two that the
 * case brings along. A verdict of allowed or blocked has to hold for both; one that depends on the
 * backend has to follow it.
 */
import { readableHeaders } from '../../src/verify/browser/readable-headers';
import { recognize } from '../../src/verify/console/recognize';
import type { Gateway, GatewayRequest } from '../../src/verify/gateway/gateway';
import { gatewayFor } from '../../src/verify/gateway/gateway-for';
import { CorsSimulator } from '../../src/verify/simulator';
import { readable } from '../../src/verify/unknown';
import { type BrowserRequest, CorsOutcome, type CorsVerdict, type SimulatedResponse } from '../../src/verify/verdict';
import { type Attempt, isPreflight, type Observation } from './judge';
import type { Answer, Backend, Exchange } from './server';

/** One request to one API, and what has to become of it. */
export interface Case {
  /** Why this case is in the table. */
  readonly why: string;
  readonly template: object;
  readonly request: BrowserRequest;
  /** What has to decide the verdict; without it, browser and verdict only have to agree. */
  readonly rule?: string;
  /** The headers that the script has to be able to read, and no others. */
  readonly reads?: string[];
  /** What stands behind it in place of the usual two. */
  readonly backends?: [Backend, Backend];
}

export class Trial {
  public readonly attempts: Attempt[];
  private readonly verdict: CorsVerdict;

  public constructor(private readonly subject: Case) {
    const { template, request, backends = [willing, ignorant] } = subject;
    const { simulator, gateways } = read(template);
    this.verdict = simulator.request(request);
    const { gateway: direct, hidesBackend } = gateways.get(request.api) ?? [...gateways.values()][0];
    const gateway = request.via === undefined ? direct : simulator._gatewayFor(request);
    this.attempts = backends.map((backend) => ({
      request,
      answer: async (received) => {
        const answer = gateway.answer(received, isPreflight(received) ? {} : request);
        const own = { ...answer, headers: onWire(answer.headers) };
        const isBackends = answer.decidedBy === 'backend' || answer.status === 0 || answer.byFunction !== undefined;
        if (!isBackends) return own;
        const theirs = await backend(received);
        if (answer.added) return besides(theirs, onWire(answer.added));
        return answer.byFunction && !hidesBackend ? theirs : behind(own, theirs, answer.headersAreFinal ?? false);
      },
    }));
  }

  /** What a person needs to find out who is wrong; undefined where all agree. */
  public disagreement(willing: Observation, ignorant: Observation): string | undefined {
    const faults = [
      ...this.faultsOfVerdict(),
      ...this.faultsOfOutcome(willing, ignorant),
      ...this.faultsOfReading(willing),
      ...this.faultsOnTheWire(willing),
      ...this.faultsInTheConsole(willing),
    ];
    if (faults.length === 0) return undefined;
    const { why, request } = this.subject;
    return [
      `${request.method ?? 'GET'} ${request.path} from ${request.origin}: ${why}`,
      ...faults,
      `verdict: ${this.verdict.outcome} by ${this.verdict.rule}: ${this.verdict.reason}`,
      ...[...willing.preflights, ...willing.actuals].map(tell),
    ].join('\n    ');
  }

  /** A verdict that says what Chromium prints has to say it word by word. */
  private faultsInTheConsole({ printed }: Observation): string[] {
    if (process.env.CDK_CORS_ENGINE === 'firefox') return [];
    const faults = printed.flatMap(unrecognized);
    if (faults.length > 0) return faults;
    const { consoleMessage } = this.verdict;
    const expected = consoleMessage?.replace(
      /at 'https:[^' ]*?(AWS::URLSuffix\}|\.on\.aws|\.DomainName\}|\.example\.com)(\/[^']*)?'/,
      "at '…'",
    );
    const seen = printed.map((text) => text.replace(/at 'https:[^']*'/, "at '…'"));
    if (expected === undefined) {
      if (printed.length > 0 && this.verdict.outcome === CorsOutcome.BLOCKED) unworded.push(seen[0]);
      return [];
    }
    worded.push(expected);
    return seen.length === 1 && seen[0] === expected
      ? []
      : [`the console: ${seen.join(' | ') || 'nothing'}`, `the verdict: ${expected}`];
  }

  private faultsOfVerdict(): string[] {
    const { rule = this.verdict.rule } = this.subject;
    return rule === this.verdict.rule ? [] : [`has to be decided by ${rule}`];
  }

  private faultsOfOutcome(willing: Observation, ignorant: Observation): string[] {
    const expected = EXPECTED.get(this.verdict.outcome);
    if (!expected) return ['no browser can judge this'];
    const seen = `${said(willing)} before a willing backend, ${said(ignorant)} before one that knows nothing of CORS`;
    const faults = [];
    if (willing.allowed !== expected.willing || ignorant.allowed !== expected.ignorant)
      faults.push(`the browser: ${seen}`);
    return faults;
  }

  /** Which headers the script gets to see, if it gets to see any. */
  private faultsOfReading({ allowed, headers, actuals: [actual] }: Observation): string[] {
    if (!allowed) return [];
    const { request, reads = readableHeaders(actual.answer.headers, request.credentials ?? false) } = this.subject;
    const sent = (name: string) => name in actual.answer.headers; // Firefox adds a header of its own
    const readable = Object.keys(headers).filter(sent).sort().join();
    const told = this.verdict.readableHeaders?.filter((name) => sent(name) && !(name in headers)) ?? [];
    if (told.length > 0) return [`the verdict says that the script can read ${told.join()}, and it cannot`];
    const expected = reads.filter(sent).sort().join();
    return readable === expected ? [] : [`the script can read ${readable || 'no header'}, and not ${expected}`];
  }

  /**
   * The verdict also says what was sent, and what the answers were: both have to be what went over
   * the wire.
   */
  private faultsOnTheWire({ preflights: [preflight], actuals: [actual] }: Observation): string[] {
    return [
      ...compare('preflight', this.verdict.preflight, preflight),
      ...compare('response', this.verdict.response, actual),
    ];
  }
}

/** Lambda takes none of the function's headers away. */
function besides(theirs: Answer, added: Record<string, string>): Answer {
  const own = theirs.headers;
  const both = Object.entries(added).map(([name, value]) => [
    name,
    own[name] === undefined || name === 'vary' ? value : `${own[name]}, ${value}`,
  ]);
  return { ...theirs, headers: { ...own, ...Object.fromEntries(both) } };
}

/** What Chromium prints is what `cdk-cors explain` reads. */
function unrecognized(text: string): string[] {
  const [incident, ...others] = recognize(text);
  const { url, origin } = incident?.message ?? {};
  const isRight =
    others.length === 0 &&
    incident?.cause.id !== 'reason-unknown' &&
    text.includes(`'${url}'`) &&
    text.includes(`'${origin}'`);
  return isRight ? [] : [`explain does not recognize: ${text}`];
}

/** What the suite has compared, and what no verdict had words for: see browser.test.ts. */
export const worded: string[] = [];
export const unworded: string[] = [];

const EXPECTED = new Map([
  [CorsOutcome.ALLOWED, { willing: true, ignorant: true }],
  [CorsOutcome.BROKEN, { willing: true, ignorant: true }],
  [CorsOutcome.BLOCKED, { willing: false, ignorant: false }],
  [CorsOutcome.DEPENDS_ON_BACKEND, { willing: true, ignorant: false }],
]);

interface Reading {
  readonly simulator: CorsSimulator;
  /** By the id of the API. */
  readonly gateways: Map<string | undefined, { readonly gateway: Gateway; readonly hidesBackend: boolean }>;
}

/** Most templates are in many cases. */
function read(template: object): Reading {
  let reading = readings.get(template);
  if (!reading) {
    const simulator = CorsSimulator.fromTemplate(template);
    const gateways = simulator._apis().map((api) => {
      const hidesBackend = api.kind === 'HTTP' && api.cors !== undefined;
      return [api.id, { gateway: gatewayFor(api), hidesBackend }] as const;
    });
    reading = { simulator, gateways: new Map(gateways) };
    readings.set(template, reading);
  }
  return reading;
}

const readings = new WeakMap<object, Reading>();

/** Lets in whoever asks. */
export const willing = ({ headers }: GatewayRequest): Answer => ({
  status: 200,
  headers: {
    'access-control-allow-origin': headers.origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': headers['access-control-request-method'] ?? '',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
  },
  body: '{}',
});

/** A web framework as it comes. */
export const ignorant = ({ method }: GatewayRequest): Answer => ({
  status: method === 'OPTIONS' ? 405 : 200,
  headers: {},
  body: '{}',
});

/**
 * What the gateway sets wins; an HTTP API with a CORS configuration also drops what its backend
 * says of CORS.
 */
function behind(gateway: Answer, backend: Answer, hidesBackend: boolean): Answer {
  return { ...backend, headers: { ...(hidesBackend ? {} : backend.headers), ...gateway.headers } };
}

function compare(name: string, simulated: SimulatedResponse | undefined, exchange: Exchange | undefined): string[] {
  if (!simulated !== !exchange)
    return [`${name}: the verdict has ${simulated ? 'one' : 'none'}, the browser sent ${exchange ? 'one' : 'none'}`];
  if (!simulated || !exchange) return [];
  const sent = exchange.answer.headers;
  const wrong = Object.entries(onWire(simulated.headers)).filter(([header, value]) => sent[header] !== value);
  const faults = wrong.map(([header, value]) => `${name}: the verdict says "${header}: ${value}", which was not sent`);
  if (simulated.status !== 0 && simulated.status !== exchange.answer.status)
    faults.push(`${name}: the verdict says ${simulated.status}`);
  return faults;
}

/**
 * Names as HTTP/2 has them. Of a value that is known only after deployment, what is known; verdicts
 * show the rest as `${…}`.
 */
function onWire(headers: Record<string, string>): Record<string, string> {
  const known = (value: string) => readable(value).replace(/\$\{[^}]*\}/g, '');
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), known(value)]));
}

const said = ({ allowed, status }: Observation) => (allowed ? `allowed (${status})` : 'blocked');

function tell({ request, answer }: Exchange): string {
  const asked = Object.entries(request.headers).filter(([name]) => /^(origin|access-control-.*)$/i.test(name));
  return `wire: ${request.method} ${JSON.stringify(Object.fromEntries(asked))} → ${answer.status} ${JSON.stringify(answer.headers)}`;
}
