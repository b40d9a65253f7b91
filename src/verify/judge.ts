import { corsCheck, type Finding } from './browser/cors-check';
import { methodFault, normalizeMethod } from './browser/methods';
import { type FetchRequest, needsPreflight, preflightCheck, preflightHeaders } from './browser/preflight';
import { readableHeaders } from './browser/readable-headers';
import { headersFault, isForbiddenRequestHeader } from './browser/request-headers';
import { isSameOrigin, maybeSameOrigin, otherHosts } from './browser/same-origin';
import { chromiumMessage } from './console/chromium';
import type { Gateway, GatewayAnswer, GatewayOptions } from './gateway/gateway';
import { type Judgement, verdict } from './judgement';
import { RULES } from './rules';
import { ofSides } from './sides-verdict';
import { readable } from './unknown';
import type { BrowserRequest } from './verdict';
import { explained, weigh } from './weigh';

/**
 * What a browser makes of a request to an API: https://fetch.spec.whatwg.org/#http-fetch with mode
 * "cors", as far as CORS decides it.
 */
export function judge(gateway: Gateway, request: BrowserRequest): Judgement {
  const found = judgeByHost(gateway, request);
  const maybe = found.rule === 'ok' ? undefined : maybeSameOrigin(gateway.ownHosts ?? [], request.origin);
  if (maybe === undefined) return found;
  const reason =
    `whether ${request.origin} is the distribution's own ${readable(maybe)}, where no CORS is involved, ` +
    'is known only after deployment';
  const { consoleMessage: _, ...others } = found;
  return {
    ...others,
    outcome: RULES.unknown.outcome,
    rule: 'unknown',
    reason: `${reason}; on another origin, ${found.reason}`,
  };
}

function judgeByHost(gateway: Gateway, request: BrowserRequest): Judgement {
  const [fault] = gateway.deploymentFaults;
  if (fault || !gateway.sides) return judgeOne(gateway, request);
  return ofSides(gateway.sides.map(({ when, gateway: side }) => ({ when, verdict: judgeOne(side, request) })));
}

function judgeOne(gateway: Gateway, request: BrowserRequest): Judgement {
  const [fault] = gateway.deploymentFaults;
  if (fault) return verdict({ rule: 'deployment', reason: `the template cannot be deployed: ${fault}` });

  const method = normalizeMethod(request.method ?? 'GET');
  const refused = methodFault(method) ?? headersFault(request.headers ?? {});
  if (refused) return verdict({ rule: 'request', reason: refused });

  const { kept, dropped } = splitHeaders(request.headers ?? {});
  const remarks = dropped.map((name) => `browsers do not let a script set ${name} and send the request without it`);
  const fetched: FetchRequest = {
    origin: request.origin,
    method,
    headers: kept,
    credentials: request.credentials ?? false,
  };
  const { backendHeaders, gatewayError } = request;

  const hosts = gateway.ownHosts ?? [];
  if (isSameOrigin(hosts, request.origin)) return sameOrigin(gateway, request, fetched, hosts, remarks);

  const preflight = needsPreflight(fetched)
    ? gateway.answer({ method: 'OPTIONS', path: request.path, headers: preflightHeaders(fetched) }, { backendHeaders })
    : undefined;
  const first = preflight && weigh(preflight, (answer) => preflightCheck(fetched, answer), 'the preflight');
  if (first && BLOCKING.test(first.rule)) {
    const message = isCertain(preflight!, first) ? consoleMessage(gateway, request, fetched, preflight) : undefined;
    return verdict(first, { remarks, preflight, message });
  }

  const response = gateway.answer({ method, path: request.path, headers: actualHeaders(fetched) }, optionsOf(request));
  const errorIsAsked = gatewayError !== undefined;
  const second = weigh(response, (answer) => corsCheck(fetched, answer, 'response'), 'the response', errorIsAsked);
  const findings = [first, second].filter((finding): finding is Finding => finding !== undefined);
  const decisive =
    findings.find(({ rule }) => BLOCKING.test(rule)) ??
    findings.find(({ rule }) => rule === 'unknown') ??
    findings.find(({ rule }) => rule === 'backend');
  if (decisive) {
    const isPlain = decisive === second && BLOCKING.test(second.rule) && (first === undefined || first.rule === 'ok');
    const message = isPlain ? consoleMessage(gateway, request, fetched, undefined, response) : undefined;
    return verdict(decisive, { remarks, preflight, response, message });
  }

  const readableNames = readableHeaders(response.headers, fetched.credentials);
  const notes = [...findings.map(({ reason }) => reason).filter(Boolean), ...provisos(preflight, response), ...remarks];
  const outcome = { remarks: notes, preflight, response, readableNames };
  if (response.gatewayError !== undefined && gatewayError === undefined) {
    const whose = response.gatewayError.startsWith('CloudFront') ? 'CloudFront' : (response.service ?? 'API Gateway');
    const name = whose === 'CloudFront' ? '' : ` ${response.gatewayError},`;
    const reason = `all that the page can read is ${whose}'s own error${name} ${response.status}`;
    return verdict({ rule: 'gateway-error', reason: explained(reason, response.trail) }, outcome);
  }
  return verdict({ rule: 'ok', reason: allowedReason(preflight, response, fetched) }, outcome);
}

/**
 * A failure at the lists reads differently where the status, which is a backend's, fails first.
 */
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
  const { pathname, search } = new URL(`https://api.example${path}`);
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
): Judgement {
  const { method, origin } = fetched;
  const { origin: _, ...plain } = actualHeaders(fetched);
  const headers = method === 'GET' || method === 'HEAD' ? plain : { ...plain, origin };
  const answer = gateway.answer({ method, path: request.path, headers }, optionsOf(request));
  const others = otherHosts(hosts, origin);
  const shared = `the page and the API are one origin, ${origin}: no CORS is involved`;
  const elsewhere = others.length > 0 ? [`at ${others.join(' or ')} the same API is another origin`] : [];
  if (answer.unknown) {
    const reason = explained(`${shared}, and what comes of the request is open: ${answer.unknown}`, answer.trail);
    return verdict({ rule: 'unknown', reason }, { remarks, response: answer });
  }
  const isError = answer.gatewayError !== undefined && request.gatewayError === undefined;
  if (isError)
    return verdict(
      {
        rule: 'gateway-error',
        reason: explained(`${shared}, but all that there is to read is the error ${answer.status}`, answer.trail),
      },
      { remarks, response: answer },
    );
  return verdict({ rule: 'ok', reason: shared }, { remarks: [...elsewhere, ...remarks], response: answer });
}

function allowedReason(preflight: GatewayAnswer | undefined, actual: GatewayAnswer, { origin }: FetchRequest): string {
  const asked = preflight
    ? 'the preflight allows the request, and'
    : 'browsers send this request without a preflight, and';
  const route = actual.status >= 400 ? ` (${actual.trail.map(readable).join('; ')})` : '';
  return `${asked} the response${actual.status ? ` ${actual.status}` : ''} lets ${origin} read it${route}`;
}

/** A function with a policy is taken at its word, unless its code is there to be seen. */
function provisos(preflight: GatewayAnswer | undefined, actual: GatewayAnswer): string[] {
  const unseen = [preflight, actual].filter((answer) => answer && !answer.isWrapped);
  const functions = new Set(unseen.flatMap((answer) => answer?.byFunction ?? []));
  return [...functions].map((name) => `provided that the handler of ${name} is wrapped in withCors or with_cors`);
}

/** What arrives at the gateway; browsers speak HTTP/2 with it, where names are in lower case. */
function actualHeaders({ origin, headers }: FetchRequest): Record<string, string> {
  const sent: Record<string, string> = { accept: '*/*', origin };
  for (const [name, value] of Object.entries(headers)) sent[name.toLowerCase()] = value.trim();
  return sent;
}

/**
 * An OPTIONS that the script itself asks for is an actual request, and carries what those carry.
 */
function optionsOf({ backendHeaders, backendStatus, gatewayError, credentials }: BrowserRequest): GatewayOptions {
  return { backendHeaders, backendStatus, gatewayError, authorized: true, cookies: credentials };
}

function splitHeaders(headers: Record<string, string>): { kept: Record<string, string>; dropped: string[] } {
  const dropped = Object.keys(headers).filter((name) => isForbiddenRequestHeader(name, headers[name]));
  return { kept: Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name))), dropped };
}
