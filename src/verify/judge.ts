import { corsCheck, type Finding } from './browser/cors-check';
import { methodFault, normalizeMethod } from './browser/methods';
import { type FetchRequest, needsPreflight, preflightCheck, preflightHeaders } from './browser/preflight';
import { headersFault, isForbiddenRequestHeader } from './browser/request-headers';
import { isSameOrigin, maybeSameOrigin, otherHosts } from './browser/same-origin';
import { chromiumMessage } from './console/chromium';
import type { Gateway, GatewayAnswer, GatewayOptions } from './gateway/gateway';
import { ofSides } from './sides-verdict';
import { readable } from './unknown';
import { type BrowserRequest, CorsOutcome, type CorsVerdict, type SimulatedResponse } from './verdict';

/**
 * What a browser makes of a request to an API: https://fetch.spec.whatwg.org/#http-fetch with mode
 * "cors", as far as CORS decides it.
 */
export function judge(gateway: Gateway, request: BrowserRequest): CorsVerdict {
  const found = judgeByHost(gateway, request);
  const maybe = found.rule === 'ok' ? undefined : maybeSameOrigin(gateway.ownHosts ?? [], request.origin);
  if (maybe === undefined) return found;
  const reason = `whether ${request.origin} is the distribution's own ${readable(maybe)}, where no CORS is involved, is known only after deployment`;
  const { consoleMessage: _, ...others } = found;
  return {
    ...others,
    outcome: CorsOutcome.UNKNOWN,
    rule: 'unknown',
    reason: `${reason}; on another origin, ${found.reason}`,
  };
}

function judgeByHost(gateway: Gateway, request: BrowserRequest): CorsVerdict {
  const [fault] = gateway.deploymentFaults;
  if (fault || !gateway.sides) return judgeOne(gateway, request);
  return ofSides(gateway.sides.map(({ when, gateway: side }) => ({ when, verdict: judgeOne(side, request) })));
}

function judgeOne(gateway: Gateway, request: BrowserRequest): CorsVerdict {
  const [fault] = gateway.deploymentFaults;
  if (fault) return blocked('deployment', `the template cannot be deployed: ${fault}`);

  const method = normalizeMethod(request.method ?? 'GET');
  const refused = methodFault(method) ?? headersFault(request.headers ?? {});
  if (refused) return blocked('request', refused);

  const { kept, dropped } = splitHeaders(request.headers ?? {});
  const remarks = dropped.map((name) => `browsers do not let a script set ${name} and send the request without it`);
  const fetched: FetchRequest = {
    origin: request.origin,
    method,
    headers: kept,
    credentials: request.credentials ?? false,
  };

  const hosts = gateway.ownHosts ?? [];
  if (isSameOrigin(hosts, request.origin)) return sameOrigin(gateway, request, fetched, hosts, remarks);

  const preflight = needsPreflight(fetched)
    ? gateway.answer({ method: 'OPTIONS', path: request.path, headers: preflightHeaders(fetched) })
    : undefined;
  const first = preflight && weigh(preflight, (answer) => preflightCheck(fetched, answer), 'the preflight');
  if (first?.rule.match(BLOCKING)) {
    const message = isCertain(preflight!, first) ? consoleMessage(gateway, request, fetched, preflight) : undefined;
    return verdict(first, remarks, preflight, undefined, message);
  }

  const actual = gateway.answer({ method, path: request.path, headers: actualHeaders(fetched) }, optionsOf(request));
  const errorIsAsked = request.gatewayError !== undefined;
  const second = weigh(actual, (answer) => corsCheck(fetched, answer, 'response'), 'the response', errorIsAsked);
  const findings = [first, second].filter((finding): finding is Finding => finding !== undefined);
  const decisive =
    findings.find(({ rule }) => BLOCKING.test(rule)) ??
    findings.find(({ rule }) => rule === 'unknown') ??
    findings.find(({ rule }) => rule === 'backend');
  if (decisive) {
    const isPlain = decisive === second && BLOCKING.test(second.rule) && (first === undefined || first.rule === 'ok');
    const message = isPlain ? consoleMessage(gateway, request, fetched, undefined, actual) : undefined;
    return verdict(decisive, remarks, preflight, actual, message);
  }
  const functions = new Set([preflight, actual].flatMap((answer) => answer?.byFunction ?? []));
  const provided = Array.from(
    functions,
    (name) => `provided that the handler of ${name} is wrapped in withCors or with_cors`,
  );
  const reasons = [...findings.map(({ reason }) => reason).filter(Boolean), ...provided, ...remarks];
  return verdict({ rule: 'ok', reason: allowedReason(preflight, actual, fetched) }, reasons, preflight, actual);
}

/** What fails at the lists reads differently where the status, which is a backend's, fails first. */
function isCertain({ decidedBy }: GatewayAnswer, { rule }: Finding): boolean {
  return decidedBy === 'gateway' || rule === 'preflight-origin' || rule === 'preflight-credentials';
}

function consoleMessage(
  { url }: Gateway,
  { path }: BrowserRequest,
  fetched: FetchRequest,
  preflight?: GatewayAnswer,
  response?: GatewayAnswer,
): string | undefined {
  if (url === undefined) return undefined;
  const { pathname, search } = new URL(path, 'https://api.example');
  return chromiumMessage(`${url}${pathname}${search}`, fetched, preflight, response);
}

const BLOCKING = /^(preflight|response)-/;

/** No preflight, and the page may read whatever comes. */
function sameOrigin(
  gateway: Gateway,
  request: BrowserRequest,
  fetched: FetchRequest,
  hosts: string[],
  remarks: string[],
): CorsVerdict {
  const { method, origin } = fetched;
  const { origin: _, ...plain } = actualHeaders(fetched);
  const headers = method === 'GET' || method === 'HEAD' ? plain : { ...plain, origin };
  const answer = gateway.answer({ method, path: request.path, headers }, optionsOf(request));
  const others = otherHosts(hosts, origin);
  const shared = `the page and the API are one origin, ${origin}: no CORS is involved`;
  const elsewhere = others.length > 0 ? [`at ${others.join(' or ')} the same API is another origin`] : [];
  if (answer.unknown) {
    const reason = explained(`${shared}, and what comes of the request is open: ${answer.unknown}`, answer.trail);
    return verdict({ rule: 'unknown', reason }, remarks, undefined, answer);
  }
  const isError = answer.gatewayError !== undefined && request.gatewayError === undefined;
  if (isError)
    return verdict(
      {
        rule: 'gateway-error',
        reason: explained(`${shared}, but all that there is to read is the error ${answer.status}`, answer.trail),
      },
      remarks,
      undefined,
      answer,
    );
  return verdict({ rule: 'ok', reason: shared }, [...elsewhere, ...remarks], undefined, answer);
}

/** What fails or passes whichever of the possible answers comes is certain. */
function weigh(answer: GatewayAnswer, check: Check, what: string, errorIsAsked = true): Finding {
  const { alternatives = [], ...likely } = answer;
  const finding = weighOne(likely, check, what);
  const isUseful = (each: GatewayAnswer): boolean =>
    weighOne(each, check, what).rule === 'ok' && (errorIsAsked || each.gatewayError === undefined);
  const other = alternatives.find((each) => isUseful(each.answer) !== isUseful(likely));
  if (!other || finding.rule === 'unknown') return finding;
  return { rule: 'unknown', reason: explained(`what comes of ${what} is open: ${other.why}`, likely.trail) };
}

type Check = (answer: GatewayAnswer) => Finding;

/** The browser's own check where the gateway decides; otherwise who decides. What fails regardless still fails. */
function weighOne(answer: GatewayAnswer, check: Check, what: string): Finding {
  const { decidedBy, headersAreFinal, trail } = answer;
  if (answer.unknown)
    return { rule: 'unknown', reason: explained(`what comes of ${what} is open: ${answer.unknown}`, trail) };
  if (decidedBy === 'backend') {
    const atBest = headersAreFinal && check({ ...answer, status: 200 });
    if (atBest && atBest.rule !== 'ok') return { ...atBest, reason: explained(atBest.reason, trail) };
    const whose = headersAreFinal ? `the status of ${what} is the backend's` : `${what} is the backend's`;
    return { rule: 'backend', reason: explained(`${whose}, which no template shows`, trail) };
  }
  const finding = byCause(check(answer), answer);
  return finding.rule === 'ok' ? finding : { ...finding, reason: explained(finding.reason, trail) };
}

/** Where the gateway left out all headers for a method or header that it does not list, that is what to change. */
function byCause(finding: Finding, { unlisted }: GatewayAnswer): Finding {
  return unlisted && finding.rule === 'preflight-origin' ? { ...finding, rule: `preflight-${unlisted}` } : finding;
}

function explained(reason: string, trail: string[]): string {
  return trail.length > 0 ? `${reason} (${trail.map(readable).join('; ')})` : reason;
}

function allowedReason(preflight: GatewayAnswer | undefined, actual: GatewayAnswer, { origin }: FetchRequest): string {
  const asked = preflight
    ? 'the preflight allows the request, and'
    : 'browsers send this request without a preflight, and';
  const route = actual.status >= 400 ? ` (${actual.trail.map(readable).join('; ')})` : '';
  return `${asked} the response${actual.status ? ` ${actual.status}` : ''} lets ${origin} read it${route}`;
}

/** What arrives at the gateway; browsers speak HTTP/2 with it, where names are in lower case. */
function actualHeaders({ origin, headers }: FetchRequest): Record<string, string> {
  const sent: Record<string, string> = { accept: '*/*', origin };
  for (const [name, value] of Object.entries(headers)) sent[name.toLowerCase()] = value.trim();
  return sent;
}

function splitHeaders(headers: Record<string, string>): { kept: Record<string, string>; dropped: string[] } {
  const dropped = Object.keys(headers).filter((name) => isForbiddenRequestHeader(name, headers[name]));
  return { kept: Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name))), dropped };
}

/**
 * An OPTIONS that the script itself asks for is an actual request, and carries what those carry.
 */
function optionsOf({ backendStatus, gatewayError }: BrowserRequest): GatewayOptions {
  return { backendStatus, gatewayError, authorized: true };
}

function blocked(rule: string, reason: string): CorsVerdict {
  return { outcome: CorsOutcome.BLOCKED, rule, reason };
}

function verdict(
  { rule, reason }: Finding,
  remarks: string[],
  preflight?: GatewayAnswer,
  response?: GatewayAnswer,
  message?: string,
): CorsVerdict {
  return {
    outcome: OUTCOMES[rule] ?? CorsOutcome.BLOCKED,
    rule,
    reason: readable([reason, ...remarks].join('; ')),
    ...(message !== undefined && { consoleMessage: message }),
    ...(preflight ? { preflight: simulated(preflight) } : {}),
    ...(response ? { response: simulated(response) } : {}),
  };
}

const OUTCOMES: Record<string, CorsOutcome> = {
  ok: CorsOutcome.ALLOWED,
  backend: CorsOutcome.DEPENDS_ON_BACKEND,
  unknown: CorsOutcome.UNKNOWN,
  'gateway-error': 'BROKEN' as CorsOutcome,
};

function simulated({ status, headers }: GatewayAnswer): SimulatedResponse {
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, readable(value)])),
  };
}
