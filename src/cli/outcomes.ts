import { CorsOutcome } from '../verify/verdict';
import type { Terminal } from './terminal';

/** How each outcome is called and shown, worst first. */
export const OUTCOMES: {
  outcome: CorsOutcome;
  label: string;
  sign: string;
  color: 'red' | 'magenta' | 'yellow' | 'green';
}[] = [
  { outcome: CorsOutcome.BLOCKED, label: 'blocked', sign: '✗', color: 'red' },
  { outcome: CorsOutcome.BROKEN, label: 'always an error', sign: '!', color: 'red' },
  { outcome: CorsOutcome.UNKNOWN, label: 'unknown', sign: '?', color: 'magenta' },
  { outcome: CorsOutcome.DEPENDS_ON_BACKEND, label: 'depends on backend', sign: '◐', color: 'yellow' },
  { outcome: CorsOutcome.ALLOWED, label: 'allowed', sign: '✓', color: 'green' },
];

export function shown(outcome: CorsOutcome, { colors }: Terminal): string {
  const { color } = OUTCOMES.find((each) => each.outcome === outcome)!;
  return colors[color](labelOf(outcome));
}

/** '✗ blocked' */
export function labelOf(outcome: CorsOutcome): string {
  const { sign, label } = OUTCOMES.find((each) => each.outcome === outcome)!;
  return `${sign} ${label}`;
}

/** 'allowed 12 · blocked 3' */
export function tally(outcomes: CorsOutcome[]): string {
  const counts = [...OUTCOMES]
    .reverse()
    .map(({ outcome, label }) => ({ label, count: outcomes.filter((each) => each === outcome).length }));
  return counts.flatMap(({ count, label }) => (count > 0 ? [`${label} ${count}`] : [])).join(' · ');
}
