import type { CheckResult } from '../../verify/check-api';
import { resultsOf } from '../../verify/check-ways';
import type { AcceptedEntry } from '../../verify/cors-file/settings';
import { tally } from '../outcomes';
import type { Terminal } from '../terminal';
import type { Checked } from './checked';
import { problemsOf } from './problems';
import { tableOf, tableThrough } from './table';

/**
 * A table for each API and each way to it, then what is not well,
 * then what the reader should know besides.
 */
export function textOf(checked: Checked, notes: string[], terminal: Terminal): string {
  const { asked, results, strangers } = checked;
  const { bold, dim } = terminal.colors;
  const accepted = acceptedIn(checked);
  const ways = asked.flatMap((each) => each.ways);
  const tables = [...ways.filter(({ via }) => !via), ...ways.filter(({ via }) => via)].map((way) =>
    way.via
      ? tableThrough(way, resultsOf(way, results), resultsOf({ api: way.api }, results), accepted, terminal)
      : tableOf(way, resultsOf(way, results), accepted, terminal),
  );
  const open = [...results, ...strangers].filter((result) => !accepted.has(result));
  const summary = [bold(tally(results.map(({ verdict }) => verdict.outcome))), ...notes.map((note) => dim(note))];
  return [...tables, ...problemsOf(open, terminal), summary.join('\n')].join('\n\n');
}

/** The results whose verdict is accepted. */
export function acceptedIn({ findings }: Checked): ReadonlyMap<CheckResult, AcceptedEntry> {
  return new Map(
    findings.flatMap(({ rule, result, accepted }) =>
      accepted && rule === result.verdict.rule ? [[result, accepted] as const] : [],
    ),
  );
}
