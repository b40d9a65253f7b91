import { isReadable } from './browser/readable-headers';
import { corsUnsafeRequestHeaderNames } from './browser/request-headers';
import { isSameOrigin } from './browser/same-origin';
import type { DistributionModel } from './cloudfront/distribution';
import type { Entrance } from './entrances';
import { type Exchange, type Exchanges, Recorder } from './exchanges';
import { withFix } from './fixes/fix';
import type { Gateway } from './gateway/gateway';
import { judge } from './judge';
import type { Judgement } from './judgement';
import type { ApiModel } from './model/api-model';
import type { PageOptions, SampleRequest } from './requests/sample-requests';
import type { Rule } from './rules';
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
  /** Why it does not count, where the settings say so. */
  readonly accepted?: string;
}

export interface CheckOptions extends PageOptions {
  /** Whether what was sent and came back is left out where all is well: it is most of memory. */
  readonly isBrief?: boolean;
  /** Headers that pages have to be able to read. */
  readonly reads?: string[];
  /** What the proxy backend behind a route sends, where somebody knows. */
  backendHeaders?(method: string, route: string): Record<string, string> | undefined;
}

/** Tries one request, by one way to an API. */
export function checkSample(
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
  const called = route.called(request.method);
  const sameOrigin = isSameOrigin(gateway.ownHosts ?? [], request.origin);
  const isReadableAtAll = verdict.outcome === CorsOutcome.ALLOWED || verdict.outcome === CorsOutcome.DEPENDS_ON_BACKEND;
  const unreadable = isReadableAtAll && !sameOrigin ? unreadableErrors(gateway, called, request) : [];
  const isBrief = options.isBrief && isPlain(verdict, unreadable, recorder.exchanges);
  const { preflight, response } = isBrief ? {} : recorder.exchanges;
  return {
    api,
    ...(via && { via }),
    isSameOrigin: sameOrigin,
    route: route.name,
    request: { ...request, origin: readable(request.origin), path: readable(request.path) },
    verdict: isBrief ? { ...verdict, preflight: undefined, response: undefined } : verdict,
    unreadable,
    withCredentials: isReadableAtAll ? failureWithCredentials(api, gateway, request, verdict) : undefined,
    ...(preflight && { preflight: inWords(preflight) }),
    ...(response && { response: inWords(response) }),
  };
}

/** Whether there is nothing to say about a request. The functions that let a page in are named. */
function isPlain({ rule }: Judgement, unreadable: UnreadableError[], { preflight, response }: Exchanges): boolean {
  if (rule !== 'ok' || unreadable.length > 0) return false;
  return [preflight, response].every((exchange) => !exchange?.answer.byFunction);
}

/** Values that only the deployment knows, as users read them. */
function inWords({ request, answer }: Exchange): Exchange {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, readable(value)]);
  return { request: { ...request, path: readable(request.path), headers: Object.fromEntries(headers) }, answer };
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
