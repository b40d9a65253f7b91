import type { CheckResult } from '../verify/check-api';
import { decidedAt, decisiveExchange } from '../verify/decisive-exchange';
import { methodOf } from '../verify/fixes/place';
import { guideTo, RULES, standardFor } from '../verify/rules';
import { nameOf } from './input';

/** What to do about a request that is not allowed for certain. */
interface Advice {
  readonly step: string;
  readonly change: string;
  /** The construct path or logical id of what is to change, or its place in a document. */
  readonly where: string;
  /**
   * The line of the app that makes it, 'lib/shop.ts:42', where the metadata of the assembly has it.
   */
  readonly source?: string;
  /** The rule: in the Fetch Standard, and in AWS's guide. */
  readonly links: string[];
}

export function adviceOn(result: CheckResult): Advice | undefined {
  const { rule, fix = '' } = result.verdict;
  if (rule === 'ok') return undefined;
  const { kind } = result.api;
  const standard = standardFor(rule);
  const links = [...(standard ? [standard] : []), guideTo(kind, rule, integrationOf(result))];
  const source = sourceOf(result);
  return { step: RULES[rule].step, change: fix, where: placeOf(result), ...(source && { source }), links };
}

/** Gateway responses have none behind them. */
function integrationOf(result: CheckResult): string | undefined {
  const isError = decisiveExchange(result)?.answer.gatewayError !== undefined;
  return isError ? undefined : methodOf(result.api, decidedAt(result))?.integration?.type;
}

/** 'Shop/Api/Default/pets/GET (lib/shop.ts:42)' */
export function shownPlace({ where, source }: Advice): string {
  return source === undefined ? where : `${where} (${source})`;
}

function sourceOf(result: CheckResult): string | undefined {
  const { authoring, constructPath = '' } = result.api;
  const where = decidedAt(result) ?? constructPath;
  const source = authoring?.sources.get(where);
  const here = `${process.cwd()}/`;
  return source?.startsWith(here) ? source.slice(here.length) : source;
}

/**
 * The method or route that gave the decisive answer; where none did,
 * the place where one is missing.
 */
function placeOf(result: CheckResult): string {
  const { api, route, verdict } = result;
  if (verdict.rule === 'deployment' || verdict.rule === 'request') return nameOf(api);
  const answeredBy = decidedAt(result);
  if (answeredBy !== undefined) return answeredBy;
  return api.kind === 'HTTP' ? `the CORS configuration of ${nameOf(api)}` : `${route} of ${nameOf(api)}`;
}
