import { isReadable } from './browser/readable-headers';
import { corsUnsafeRequestHeaderNames } from './browser/request-headers';
import { isSameOrigin } from './browser/same-origin';
import type { DistributionModel } from './cloudfront/distribution';
import { type AskedSample, samplesThrough, type ViewerPaths } from './cloudfront/viewer-paths';
import type { Entrance } from './entrances';
import { type Exchange, type Exchanges, Recorder } from './exchanges';
import { withFix } from './fixes/fix';
import type { Gateway } from './gateway/gateway';
import { gatewayFor } from './gateway/gateway-for';
import { judge } from './judge';
import type { Judgement } from './judgement';
import type { ApiModel } from './model/api-model';
import { type PageOptions, type SampleRequest, sampleRequests } from './requests/sample-requests';
import { strangersTo } from './requests/strangers';
import { fixFor, type Rule } from './rules';
import { readable } from './unknown';
import { type UnreadableError, unreadableErrors } from './unreadable-errors';
import { CorsOutcome } from './verdict';

/** A request that pages make, what a browser would make of it, and how it comes to that. */
export interface CheckResult extends Exchanges {
  readonly api: ApiModel;
  /**
   * The distribution through which the page asks, where it does not ask the API by its own address.
   */
  readonly via?: DistributionModel;
  /** Whether the page is on the distribution's own host name, where CORS has no say. */
  readonly isSameOrigin: boolean;
  readonly route: string;
  readonly request: SampleRequest['request'];
  readonly verdict: Judgement;
  /**
   * The errors that the route can end in and that the page could not read;
   * where it cannot read anything, none are listed.
   */
  readonly unreadable: UnreadableError[];
  /** What becomes of the request with cookies, where the API allows them and they make it fail. */
  readonly withCredentials?: Judgement;
}

export interface CheckOptions extends PageOptions {
  /** Headers that pages have to be able to read. */
  readonly reads?: string[];
  /** What the proxy backend behind a route sends, where somebody knows. */
  backendHeaders?(method: string, route: string): Record<string, string> | undefined;
}

/**
 * Tries everything that pages of these origins can ask of an API: the one answer of the command
 * line, the report and the plugin.
 */
export function checkApi(api: ApiModel, origins: string[], options: CheckOptions = {}): CheckResult[] {
  return checkEntrance({ api, gateway: gatewayFor(api) }, origins, options);
}

/** The same for one way to an API: through a distribution, pages ask for its paths. */
export function checkEntrance(
  entrance: Entrance,
  origins: string[],
  options: CheckOptions = {},
  known?: KnownResults,
): CheckResult[] {
  const samples = sampleRequests(entrance.api, origins, options);
  const asked = entrance.paths ? samplesThrough(samples, entrance.paths) : samples;
  return asked.map((sample) => known?.handedOn(entrance, sample) ?? check(entrance, sample, options));
}

/**
 * What holds at the address of an API holds at distributions that hand everything on:
 * it is not worked out again.
 */
export class KnownResults {
  private readonly byRequest: Map<string, CheckResult>;
  private readonly steady = new Map<CheckResult, boolean>();

  public constructor(results: CheckResult[]) {
    this.byRequest = new Map(results.map((result) => [this.keyOf(result.api, result.route, result.request), result]));
  }

  public handedOn(
    { api, via, gateway, paths }: Entrance,
    { route, request, below }: AskedSample,
  ): CheckResult | undefined {
    if (!via || !paths || below === undefined || gateway.sides) return undefined;
    const result = this.byRequest.get(this.keyOf(api, route.name, { ...request, path: below }));
    const isSame =
      result && paths.handsOn(request.path.split('?')[0], below.split('?')[0]) && this.isSteady(result, paths);
    return isSame ? { ...result, via, request: { ...result.request, path: request.path } } : undefined;
  }

  /** CloudFront speaks HTTP/1.1 with the API, and headers may be spelled in another way then. */
  private isSteady(result: CheckResult, paths: ViewerPaths): boolean {
    const known =
      this.steady.get(result) ??
      [result.preflight, result.response].every((exchange) => !exchange || paths.isSteady(exchange));
    this.steady.set(result, known);
    return known;
  }

  private keyOf({ reference }: ApiModel, route: string, { method, path, origin }: SampleRequest['request']): string {
    return [reference, route, method, path, origin].join('\n');
  }
}

/**
 * What strangers to these origins can read: each request that lets one in, by the rule `wider`.
 * Whether a backend would is left out.
 */
export function checkStrangers(api: ApiModel, listed: string[], options: CheckOptions = {}): CheckResult[] {
  return strangersAt({ api, gateway: gatewayFor(api) }, listed, options);
}

/**
 * The same for one way to an API; a page on the distribution's own host name is no stranger to it.
 */
export function strangersAt(entrance: Entrance, listed: string[], options: CheckOptions = {}): CheckResult[] {
  return strangersTo(listed).flatMap(({ origin, likeness }) =>
    checkEntrance(entrance, [origin], options).flatMap((result) => {
      if (result.verdict.outcome !== CorsOutcome.ALLOWED || result.isSameOrigin) return [];
      const reason =
        `${origin} is not among the origins that should get in, ` + `and its pages can read the response (${likeness})`;
      const fix = fixFor('wider', entrance.api.kind);
      return [{ ...result, unreadable: [], verdict: { ...result.verdict, rule: 'wider' as const, reason, fix } }];
    }),
  );
}

function check(
  { api, via, gateway }: Entrance,
  { route, request: plain }: SampleRequest,
  options: CheckOptions,
): CheckResult {
  const backendHeaders = options.backendHeaders?.(plain.method, route.name);
  const request = backendHeaders ? { ...plain, backendHeaders } : plain;
  const recorder = new Recorder(gateway);
  const judged = withReading(judge(recorder, request), request, options.reads ?? []);
  const verdict = withFix({
    api,
    request,
    verdict: withSimpleRequest(judged, gateway, request),
    exchanges: recorder.exchanges,
  });
  const { preflight, response } = recorder.exchanges;
  const called = route.called(request.method);
  const sameOrigin = isSameOrigin(gateway.ownHosts ?? [], request.origin);
  const isReadableAtAll = verdict.outcome === CorsOutcome.ALLOWED || verdict.outcome === CorsOutcome.DEPENDS_ON_BACKEND;
  return {
    api,
    ...(via && { via }),
    isSameOrigin: sameOrigin,
    route: route.name,
    request: { ...request, origin: readable(request.origin), path: readable(request.path) },
    verdict,
    unreadable: isReadableAtAll && !sameOrigin ? unreadableErrors(gateway, called, request) : [],
    withCredentials: isReadableAtAll ? failureWithCredentials(api, gateway, request, verdict) : undefined,
    ...(preflight && { preflight: inWords(preflight) }),
    ...(response && { response: inWords(response) }),
  };
}

/** Values that only the deployment knows, as users read them. */
function inWords({ request, answer }: Exchange): Exchange {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, readable(value)]);
  return { request: { ...request, path: readable(request.path), headers: Object.fromEntries(headers) }, answer };
}

/** The results of one way to an API. */
export function resultsOf({ api, via }: Pick<Entrance, 'api' | 'via'>, results: CheckResult[]): CheckResult[] {
  return results.filter((result) => result.api === api && result.via === via);
}

/**
 * A form needs no preflight: who tries the API by hand finds that it works,
 * and wonders why JSON does not.
 */
function withSimpleRequest(verdict: Judgement, gateway: Gateway, request: SampleRequest['request']): Judgement {
  const { 'content-type': type, ...others } = request.headers ?? {};
  if (request.method !== 'POST' || type === undefined || !isDecidedByPreflight(verdict.rule)) return verdict;
  if (corsUnsafeRequestHeaderNames(others).length > 0) return verdict;
  const simple = { ...request, headers: { ...others, 'content-type': 'text/plain' } };
  const { outcome } = judge(gateway, simple);
  if (outcome !== CorsOutcome.ALLOWED && outcome !== CorsOutcome.DEPENDS_ON_BACKEND) return verdict;
  return {
    ...verdict,
    reason: `${verdict.reason}; sent as plain text or as a form it would need no preflight and get through`,
  };
}

function isDecidedByPreflight(rule: Rule): boolean {
  return rule.startsWith('preflight-');
}

/** The page can read the response, but not each of the headers that it reads. */
function withReading(verdict: Judgement, request: SampleRequest['request'], names: string[]): Judgement {
  const { response } = verdict;
  if (names.length === 0 || verdict.outcome !== CorsOutcome.ALLOWED || !response) return verdict;
  const hidden = names.filter((name) => isReadable(name, response.headers, request.credentials ?? false) === false);
  if (hidden.length === 0) return verdict;
  const exposed = response.headers['access-control-expose-headers'];
  const why = exposed === undefined ? 'is missing' : `is "${exposed}" and does not list it`;
  const reason =
    `the page can read the response, but not its ${hidden.join(', ')}: ` + `Access-Control-Expose-Headers ${why}`;
  return { ...verdict, outcome: CorsOutcome.BLOCKED, rule: 'response-headers', reason };
}

/** Who sends Access-Control-Allow-Credentials expects cookies; `*` opens nothing to them. */
function failureWithCredentials(
  api: ApiModel,
  gateway: Gateway,
  request: SampleRequest['request'],
  { preflight, response }: Judgement,
): Judgement | undefined {
  const allows = [preflight, response].some((answer) => answer?.headers['access-control-allow-credentials'] === 'true');
  if (request.credentials || !allows) return undefined;
  const recorder = new Recorder(gateway);
  const asked = { ...request, credentials: true };
  const verdict = judge(recorder, asked);
  if (verdict.outcome !== CorsOutcome.BLOCKED) return undefined;
  return withFix({ api, request: asked, verdict, exchanges: recorder.exchanges });
}
