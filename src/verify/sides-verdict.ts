import type { Judgement } from './judgement';
import { CorsOutcome } from './verdict';

/** The verdict for one way in which open conditions may turn out. */
interface SideVerdict {
  /** 'where IsProd holds' */
  readonly when: string;
  readonly verdict: Judgement;
}

/**
 * One verdict for all sides: theirs where they come to the same,
 * else that it depends on the condition.
 */
export function ofSides(sides: SideVerdict[]): Judgement {
  const [{ verdict: first }, ...others] = sides;
  if (others.every(({ verdict }) => verdict.outcome === first.outcome && verdict.rule === first.rule)) {
    return { ...withoutMessage(sides), reason: `${first.reason}; so it is ${namesOf(sides)}` };
  }
  if (others.every(({ verdict }) => verdict.outcome === first.outcome))
    return { ...withoutMessage(sides), reason: eachOf(sides) };
  return {
    outcome: CorsOutcome.UNKNOWN,
    rule: 'unknown',
    reason: `it depends on a condition that is known only after deployment: ${eachOf(sides)}`,
  };
}

/** The console has one message where every side has the same. */
function withoutMessage([{ verdict }, ...others]: SideVerdict[]): Judgement {
  const { consoleMessage, ...rest } = verdict;
  return others.every((other) => other.verdict.consoleMessage === consoleMessage) ? verdict : rest;
}

function namesOf(sides: SideVerdict[]): string {
  return sides.map(({ when }) => when).join(', and ');
}

/**
 * 'BLOCKED where IsProd holds, because …; ALLOWED where it does not, because …':
 * one entry for each outcome.
 */
function eachOf(sides: SideVerdict[]): string {
  const byVerdict = new Map<string, SideVerdict[]>();
  for (const side of sides) {
    const key = `${side.verdict.outcome} ${side.verdict.reason}`;
    byVerdict.set(key, [...(byVerdict.get(key) ?? []), side]);
  }
  return [...byVerdict.values()]
    .map((same) => `${same[0].verdict.outcome} ${namesOf(same)}, because ${same[0].verdict.reason}`)
    .join('; ');
}
