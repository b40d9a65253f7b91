import type { Exchange } from '../exchanges';
import { headerOf } from '../gateway/request';
import { readable } from '../unknown';
import type { Cause, Decided, Found } from './cause';
import { listCause } from './list-cause';
import { credentialsCause, originCause } from './origin-cause';
import { methodOf } from './place';
import { statusCause } from './status-cause';

/** undefined: the rule says all there is to say. */
export function causeOf(decided: Decided): Cause | undefined {
  const { rule } = decided.verdict;
  if (rule === 'backend') return backendCause(decided);
  const of = rule.startsWith('preflight-') ? 'preflight' : 'response';
  const exchange = decided.exchanges[of];
  const found = exchange && foundIn(decided, exchange);
  return found && { of, answer: exchange.answer, ...found, names: found.names.map(readable) };
}

function foundIn(decided: Decided, exchange: Exchange): Found | undefined {
  const { request, verdict } = decided;
  const { answer } = exchange;
  const isUnasked = answer.gatewayError !== undefined && request.gatewayError === undefined;
  switch (verdict.rule) {
    case 'preflight-answer':
    case 'gateway-error':
      return statusCause(decided, answer);
    case 'response-origin':
      return (isUnasked ? statusCause(decided, answer) : undefined) ?? originCause(answer, request);
    case 'preflight-origin':
      return originCause(answer, request);
    case 'preflight-credentials':
    case 'response-credentials':
      return credentialsCause(answer, request);
    case 'preflight-method':
    case 'preflight-header':
      return listCause(verdict.rule, answer, askedBy(exchange), request);
    default:
      return undefined;
  }
}

/** What the preflight asks for. */
function askedBy({ request: { headers } }: Exchange): { method: string; headers: string[] } {
  const names = headerOf(headers, 'access-control-request-headers') ?? '';
  return {
    method: headerOf(headers, 'access-control-request-method') ?? '',
    headers: names.split(',').filter(Boolean),
  };
}

function backendCause({ api, exchanges }: Decided): Cause | undefined {
  const decisive = (['preflight', 'response'] as const).find((each) => exchanges[each]?.answer.decidedBy === 'backend');
  if (!decisive) return undefined;
  const { answer } = exchanges[decisive]!;
  const method = methodOf(api, answer.answeredBy);
  const ignored = method?.integration?.type.endsWith('_PROXY')
    ? method.integration.responses.flatMap(({ headers }) => [...headers.keys()].filter(isCorsHeader))
    : [];
  const id = ignored.length > 0 ? 'ignored-mappings' : 'backend';
  return { id, of: decisive, answer, names: [...new Set(ignored)] };
}

function isCorsHeader(name: string): boolean {
  return /^access-control-/i.test(name);
}
