import type { Exchange } from '../../verify/exchanges';
import { fixFor } from '../../verify/rules';
import { CorsOutcome } from '../../verify/verdict';
import { excerptOf } from './excerpt';
import type { Probed } from './live-judge';
import { refusalOf } from './refusal';

/** Everything about one origin, for programs. */
export function entryOf({ request, url, verdict, exchanges, change }: Probed, host: string): object {
  const { outcome, rule, reason } = verdict;
  return {
    url: url + request.path,
    method: request.method,
    origin: request.origin,
    credentials: request.credentials ?? false,
    outcome,
    rule,
    reason,
    ...(outcome === CorsOutcome.BLOCKED && { change: change ?? fixFor(rule) }),
    exchanges: exchanges.map((exchange) => exchangeOf(exchange, host)),
  };
}

function exchangeOf({ request, answer }: Exchange, host: string): object {
  const { method, path, headers } = request;
  if (answer.status === 0) return { request: { method, path, headers }, sent: false };
  const { status, headers: answered, body } = answer;
  return {
    request: { method, path, headers },
    response: { status, headers: answered, ...(status >= 300 && { excerpt: excerptOf(body) }) },
    refusedBy: refusalOf(answer, host),
  };
}
