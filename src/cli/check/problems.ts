import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import { CorsOutcome } from '../../verify/verdict';
import { adviceOn, shownPlace } from '../advice';
import { nameOfWay } from '../input';
import { OUTCOMES, shown } from '../outcomes';
import type { Terminal } from '../terminal';

/**
 * What is not allowed for certain, and what to do about it: one section a rule, the worst first.
 */
export function problemsOf(cells: CheckResult[], terminal: Terminal): string[] {
  return causesOf(cells).map((section) => sectionOf(section, terminal));
}

/** Results that the same change mends, be it at several places; the worst first. */
function causesOf(results: CheckResult[]): CheckResult[][] {
  const problems = results.filter(({ verdict }) => verdict.rule !== 'ok');
  const rank = ([{ verdict }]: CheckResult[]): number =>
    verdict.rule === 'wider' ? -1 : OUTCOMES.findIndex(({ outcome }) => outcome === verdict.outcome);
  return groupBy(problems, causeOf).sort((a, b) => rank(a) - rank(b));
}

/** The same for all results that the same change mends. */
export function causeOf(result: CheckResult): string {
  return `${nameOfWay(result)} ${result.verdict.rule} ${changeAt(result, 'any place')}`;
}

function sectionOf(cells: CheckResult[], terminal: Terminal): string {
  const [first] = cells;
  const { verdict } = first;
  const isBlocked = verdict.outcome === CorsOutcome.BLOCKED; // by many rules; of the other outcomes each has one
  const { bold, dim, cyan, red } = terminal.colors;
  const entries = groupBy(cells, (cell) => `${cell.verdict.reason}\n${adviceOn(cell)?.where}`);
  const { links } = adviceOn(first)!;
  const places = new Set(cells.map((cell) => adviceOn(cell)?.where));
  const change = changeAt(first, places.size > 1 ? 'each place named above' : undefined);
  return [
    [
      verdict.rule === 'wider' ? red('✗ wider') : shown(verdict.outcome, terminal),
      ...(isBlocked ? [bold(verdict.rule)] : []),
      dim(`in ${nameOfWay(first)}`),
    ].join(' '),
    ...entries
      .slice(0, MANY)
      .flatMap(([each, ...others]) => [
        `  ${requestsOf([each, ...others])}`,
        `    ${each.verdict.reason}`,
        ...placeLine(each, terminal),
      ]),
    ...(entries.length > MANY
      ? [dim(`  … and ${entries.length - MANY} more of the kind: --json and --html have all of them`)]
      : []),
    `  ${bold('Change')} ${change}`,
    ...links.map((link) => `  ${dim('See')} ${cyan(link)}`),
  ].join('\n');
}

/** Unless the reason names the place already. */
function placeLine(result: CheckResult, { colors }: Terminal): string[] {
  const place = shownPlace(adviceOn(result)!);
  return result.verdict.reason.includes(` at ${place}`) ? [] : [`    ${colors.dim('at')} ${place}`];
}

/** The same change at several places is said once. */
export function changeAt(cell: CheckResult, place: string | undefined): string {
  const { change, where } = adviceOn(cell)!;
  return place === undefined ? change : change.replaceAll(where, place);
}

/**
 * Enough to see what is wrong; a fault that every route has should not scroll everything else away.
 */
const MANY = 10;

/** 'GET PUT /items, GET /items/{id} from https://app.example.com' */
function requestsOf(cells: CheckResult[]): string {
  const routes = groupBy(cells, ({ route }) => route).map((ofRoute) => {
    const methods = new Set(ofRoute.map(({ request }) => request.method));
    return `${Array.from(methods).join(' ')} ${ofRoute[0].route}`;
  });
  const more = routes.length > FEW ? ` and ${routes.length - FEW} more` : '';
  const origins = [...new Set(cells.map(({ request }) => request.origin))];
  return `${routes.slice(0, FEW).join(', ')}${more} from ${origins.join(', ')}`;
}

const FEW = 5;
