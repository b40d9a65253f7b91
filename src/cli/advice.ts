import type { Exchange } from '../verify/exchanges';
import type { CheckResult } from './check-results';
import { nameOf } from './input';
import { guideTo, ruleOf } from './rules';

/** What to do about a request that is not allowed for certain. */
export interface Advice {
  readonly step: string;
  readonly change: string;
  /** The construct path or logical id of what is to change, or its place in a document. */
  readonly where: string;
  /** The rule: in the Fetch Standard, and in AWS's guide. */
  readonly links: string[];
}

export function adviceOn(cell: CheckResult): Advice | undefined {
  const { rule } = cell.verdict;
  if (rule === 'ok') return undefined;
  const { step, change, standard } = ruleOf(rule, cell.api.kind);
  return { step, change, where: placeOf(cell), links: [...(standard ? [standard] : []), guideTo(cell.api.kind, rule)] };
}

/**
 * The method or route that gave the decisive answer; where none did, the place where one is
 * missing.
 */
function placeOf(cell: CheckResult): string {
  const { api, route, verdict } = cell;
  if (verdict.rule === 'deployment' || verdict.rule === 'request') return nameOf(api);
  const answeredBy = decisiveExchange(cell)?.answer.answeredBy;
  if (answeredBy !== undefined) return answeredBy;
  return api.kind === 'HTTP' ? `the CORS configuration of ${nameOf(api)}` : `${route} of ${nameOf(api)}`;
}

/** The exchange that the verdict was decided by. */
export function decisiveExchange({ verdict: { rule }, preflight, response }: CheckResult): Exchange | undefined {
  if (rule.startsWith('preflight-')) return preflight;
  if (rule.startsWith('response-') || rule === 'gateway-error') return response;
  const exchanges = [preflight, response].filter((exchange) => exchange !== undefined);
  const isOpen = ({ answer }: Exchange): boolean =>
    rule === 'backend' ? answer.decidedBy === 'backend' : answer.unknown !== undefined;
  return exchanges.find(isOpen) ?? exchanges[0];
}
