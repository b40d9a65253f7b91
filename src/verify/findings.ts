import type { CheckResult } from './check-api';
import type { FindingRule } from './cors-file/finding-rules';
import { isShared } from './decisive-exchange';
import { fixForError } from './fixes/fix';
import { CorsOutcome } from './verdict';

/** Something about a request of a page that counts as not well. */
export interface Finding {
  readonly rule: FindingRule;
  readonly result: CheckResult;
  readonly reason: string;
  readonly fix: string;
}

/** What counts besides what is blocked, always an error, or wider than it should be. */
export interface Counting {
  /** Errors that a page could not read. */
  readonly errors?: boolean;
  /** What a backend decides. */
  readonly backends?: boolean;
  /** Both, what is unknown, and credentials that the API allows and that make it fail. */
  readonly strict?: boolean;
}

export function findingsOf(result: CheckResult, counting: Counting): Finding[] {
  const { rule, reason, fix = '' } = result.verdict;
  const own = rule !== 'ok' && counts(result, counting) ? [{ rule, result, reason, fix }] : [];
  return [
    ...own,
    ...(counting.errors || counting.strict ? errorFinding(result) : []),
    ...(counting.strict ? credentialsFinding(result) : []),
  ];
}

function counts(result: CheckResult, { backends, strict }: Counting): boolean {
  const { outcome, rule } = result.verdict;
  switch (outcome) {
    case CorsOutcome.ALLOWED:
      return rule === 'wider';
    case CorsOutcome.DEPENDS_ON_BACKEND:
      return backends === true || strict === true;
    case CorsOutcome.UNKNOWN:
      return strict === true || isShared(result);
    default:
      return true;
  }
}

function errorFinding(result: CheckResult): Finding[] {
  const { api, request, unreadable, verdict } = result;
  const [error] = unreadable;
  if (!error) return [];
  const names = unreadable.map(({ status, error: name }) => (name.startsWith('the ') ? name : `${status} ${name}`));
  const reason = `the page could not read ${names.join(', ')}: ${error.reason}`;
  return [{ rule: 'unreadable-errors', result, reason, fix: fixForError({ api, request, error, verdict }) }];
}

function credentialsFinding(result: CheckResult): Finding[] {
  const { withCredentials } = result;
  if (!withCredentials) return [];
  const reason = `with credentials it would be blocked: ${withCredentials.reason}`;
  return [{ rule: 'with-credentials', result, reason, fix: withCredentials.fix ?? '' }];
}
