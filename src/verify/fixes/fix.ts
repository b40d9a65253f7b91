import type { Judgement } from '../judgement';
import type { FunctionUrlModel } from '../model/api-model';
import { fixFor } from '../rules';
import { readable } from '../unknown';
import type { UnreadableError } from '../unreadable-errors';
import type { Cause, CauseId, Decided } from './cause';
import { causeOf } from './cause-of';
import { policyAt } from './policy-at';
import { SENTENCES } from './sentences';
import { termsFor } from './terms';

/**
 * A verdict with what to change: by its cause and in the words of those who have to change it, else
 * by its rule.
 */
export function withFix(decided: Decided): Judgement {
  const { verdict, api } = decided;
  if (verdict.rule === 'ok') return verdict;
  return { ...verdict, fix: verdict.fix ?? repair(decided) ?? fixByCause(decided) ?? fixFor(verdict.rule, api.kind) };
}

/** What keeps a template from being deployed ends in what to write instead, where that is clear. */
function repair({ api, verdict }: Decided): string | undefined {
  if (verdict.rule !== 'deployment') return undefined;
  const [, remedy] =
    /: ((?:a static value stands|write|add|take|put|leave|set|give) .*)$/is.exec(api.faults[0] ?? '') ?? [];
  return remedy && `Repair the template, which CloudFormation cannot deploy: ${readable(remedy)}`;
}

/**
 * What to change where the page gets its answer,
 * but could not read an error that may come in its place.
 */
export function fixForError({ api, request, error, verdict }: Omit<Decided, 'exchanges'> & { error: UnreadableError }) {
  const { rule, reason, answer } = error;
  const exchange = { request: { method: request.method ?? 'GET', path: request.path, headers: {} }, answer };
  const asked = { ...request, gatewayError: answer.gatewayError };
  const decided = { api, request: asked, verdict: { ...verdict, rule, reason }, exchanges: { response: exchange } };
  return fixByCause(decided) ?? fixFor(rule, api.kind);
}

function fixByCause(decided: Decided): string | undefined {
  const cause = causeOf(decided);
  if (!cause) return undefined;
  const need = { ...decided, cause };
  const { api } = decided;
  if (api.kind === 'FUNCTION_URL' && !OF_THE_PAGE.has(cause.id) && !isByPolicy(api, cause)) return undefined;
  return readable(SENTENCES[cause.id](need, termsFor(need)));
}

/**
 * Where it has no policy, the Cors property of a function URL and the function send headers side by
 * side: the rules for function URLs say what that comes to.
 */
function isByPolicy(api: FunctionUrlModel, { answer }: Cause): boolean {
  return policyAt(api, answer.answeredBy) !== undefined || (api.cors === undefined && answer.byFunction !== undefined);
}

const OF_THE_PAGE = new Set<CauseId>(['method-case-of-page', 'header-of-response']);
