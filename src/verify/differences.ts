import type { CheckResult } from './check-api';
import { CorsOutcome } from './verdict';

/** What pages can do after a change that they could not do before, or the other way round. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly before?: CheckResult;
  readonly after?: CheckResult;
  /** The response headers that it is about. */
  readonly headers?: string[];
}

export type DifferenceKind =
  | 'newly-blocked'
  | 'no-longer-readable'
  | 'newly-allowed'
  | 'newly-readable'
  | 'newly-wider'
  | 'no-longer-certain'
  | 'new-route';

/** Whether pages can do less or more by it, or neither for certain. */
export const EFFECTS: Record<DifferenceKind, 'less' | 'more' | 'neither'> = {
  'newly-blocked': 'less',
  'no-longer-readable': 'less',
  'newly-allowed': 'more',
  'newly-readable': 'more',
  'newly-wider': 'more',
  'no-longer-certain': 'neither',
  'new-route': 'neither',
};

/** The same request, before and after. */
export interface Pair {
  readonly before?: CheckResult;
  readonly after?: CheckResult;
  /** Whether it belongs to a route that was not there before. */
  readonly isNew: boolean;
  /** Whether its page should not get in at all. */
  readonly isStranger: boolean;
}

export function differenceIn({ before, after, isNew, isStranger }: Pair): Difference | undefined {
  const [was, is] = [certaintyOf(before), certaintyOf(after)];
  if (isStranger) return is === CAN && was !== CAN ? { kind: 'newly-wider', before, after } : undefined;
  if (isNew) return is === CANNOT ? undefined : { kind: 'new-route', before, after };
  if (was !== CANNOT && is === CANNOT) return { kind: 'newly-blocked', before, after };
  if (was === CANNOT && is === CAN) return { kind: 'newly-allowed', before, after };
  if (was !== MAY && is === MAY) return { kind: 'no-longer-certain', before, after };
  return was === CANNOT ? undefined : readingIn(before, after);
}

function readingIn(before: CheckResult | undefined, after: CheckResult | undefined): Difference | undefined {
  const [were, are] = [exposedBy(before), exposedBy(after)];
  if (!were || !are) return undefined;
  const lost = are.includes('*') ? [] : were.filter((name) => !are.includes(name));
  if (lost.length > 0) return { kind: 'no-longer-readable', before, after, headers: lost };
  const won = were.includes('*') ? [] : are.filter((name) => !were.includes(name));
  return won.length > 0 ? { kind: 'newly-readable', before, after, headers: won } : undefined;
}

/** Names are the same in every case; with credentials a * is a name like any other. */
function exposedBy(result: CheckResult | undefined): string[] | undefined {
  const response = result?.verdict.response;
  if (!response) return undefined;
  const names = (response.headers['access-control-expose-headers'] ?? '').split(',');
  const known = names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  return result.request.credentials ? known.filter((name) => name !== '*') : known;
}

const [CANNOT, MAY, CAN] = [0, 1, 2];

function certaintyOf(result: CheckResult | undefined): number {
  switch (result?.verdict.outcome) {
    case CorsOutcome.ALLOWED:
      return CAN;
    case CorsOutcome.DEPENDS_ON_BACKEND:
    case CorsOutcome.UNKNOWN:
      return MAY;
    default:
      return CANNOT;
  }
}

/** The worst of several: a route that is tried at several paths is as good as its worst one. */
export function worstOf(results: CheckResult[]): CheckResult {
  return results.reduce((worst, each) => (certaintyOf(each) < certaintyOf(worst) ? each : worst));
}
