import type { CheckResult } from './check-api';
import type { Exchange } from './exchanges';
import type { Alternative, GatewayAnswer } from './gateway/gateway';

/** The exchange that the verdict was decided by. */
export function decisiveExchange({ verdict: { rule }, preflight, response }: CheckResult): Exchange | undefined {
  if (rule.startsWith('preflight-')) return preflight;
  if (rule.startsWith('response-') || rule === 'gateway-error' || rule === 'wider') return response;
  const exchanges = [preflight, response].filter((exchange) => exchange !== undefined);
  const isUndecided = ({ answer }: Exchange) =>
    rule === 'backend' ? answer.decidedBy === 'backend' : answer.unknown !== undefined;
  return exchanges.find(isUndecided) ?? exchanges.find(({ answer }) => causeOf(answer)) ?? exchanges[0];
}

/**
 * The method, route or behavior that the verdict was decided by, as answers name it: where nobody
 * knows which answer comes, what makes it uncertain.
 */
export function decidedAt(result: CheckResult): string | undefined {
  const answer = decisiveExchange(result)?.answer;
  if (result.verdict.rule !== 'unknown') return answer?.answeredBy;
  return (answer && causeOf(answer)?.answer.answeredBy) ?? answer?.answeredBy;
}

/**
 * Whether a page may get what the cache of a distribution kept for another one: nobody knows when,
 * and it is a fault all the same.
 */
export function isShared({ verdict: { rule }, preflight, response }: CheckResult): boolean {
  if (rule !== 'unknown') return false;
  const answers = [preflight, response].flatMap((exchange) => exchange?.answer.alternatives ?? []);
  return answers.some(({ answer }) => answer.cause === 'distribution-cache');
}

/** What may come in place of an answer since something in front of the API makes it so. */
function causeOf({ alternatives = [] }: GatewayAnswer): Alternative | undefined {
  return alternatives.find(({ answer }) => answer.cause !== undefined);
}
