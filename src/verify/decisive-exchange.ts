import type { CheckResult } from './check-api';
import type { Exchange } from './exchanges';

/** The exchange that the verdict was decided by. */
export function decisiveExchange({ verdict: { rule }, preflight, response }: CheckResult): Exchange | undefined {
  if (rule.startsWith('preflight-')) return preflight;
  if (rule.startsWith('response-') || rule === 'gateway-error' || rule === 'wider') return response;
  const exchanges = [preflight, response].filter((exchange) => exchange !== undefined);
  const isUndecided = ({ answer }: Exchange) =>
    rule === 'backend' ? answer.decidedBy === 'backend' : answer.unknown !== undefined;
  return exchanges.find(isUndecided) ?? exchanges[0];
}

/**
 * The method, route or behavior that the verdict was decided by, as answers name it: where nobody
 * knows which answer comes, what makes it uncertain.
 */
export function decidedAt(result: CheckResult): string | undefined {
  const answer = decisiveExchange(result)?.answer;
  if (result.verdict.rule !== 'unknown') return answer?.answeredBy;
  const inFront = answer?.alternatives?.find((each) => each.answer.cause !== undefined);
  return inFront?.answer.answeredBy ?? answer?.answeredBy;
}
