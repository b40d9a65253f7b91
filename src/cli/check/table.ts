import Table from 'cli-table3';
import type { CheckResult } from '../../verify/check-api';
import type { Entrance } from '../../verify/entrances';
import { KINDS } from '../../verify/model/api-model';
import { CorsOutcome } from '../../verify/verdict';
import { nameOfWay } from '../input';
import { labelOf, shown } from '../outcomes';
import type { Terminal } from '../terminal';
import { marksOf, remarksOn } from './remarks';
import { rowsOf } from './rows';

/**
 * A distribution in front of an API;
 * in one line where nothing is other than at the API's own address.
 */
export function tableThrough(
  way: Entrance,
  results: CheckResult[],
  direct: CheckResult[],
  accepted: Pick<ReadonlyMap<CheckResult, unknown>, 'has'>,
  terminal: Terminal,
): string {
  const outcomes = (of: CheckResult[]): string[] =>
    of.map(({ route, request, verdict }) => [route, request.method, request.origin, verdict.outcome].join('\n')).sort();
  const isSame = results.length > 0 && outcomes(results).join() === outcomes(direct).join();
  if (!isSame || results.some(({ isSameOrigin }) => isSameOrigin)) return tableOf(way, results, accepted, terminal);
  const { bold, dim } = terminal.colors;
  return `${bold(nameOfWay(way))} ${dim(`${kindOf(way)}: the same as at its own address`)}`;
}

function kindOf({ api, via }: Pick<Entrance, 'api' | 'via'>): string {
  return `${KINDS[api.kind]}${via ? ' behind CloudFront' : ''}`;
}

/**
 * One API as a table: routes and methods down, origins across.
 * Methods of a route with the same outcome share a line.
 */
export function tableOf(
  way: Pick<Entrance, 'api' | 'via'>,
  results: CheckResult[],
  accepted: Pick<ReadonlyMap<CheckResult, unknown>, 'has'>,
  terminal: Terminal,
): string {
  const { api } = way;
  const { bold, dim, red } = terminal.colors;
  const origins = [...new Set(results.map(({ request }) => request.origin))];
  const shownAs = (result: CheckResult): string => shownResult(result, accepted, terminal) + marksOf(result);
  const all = rowsOf(results, shownAs).map(({ route, path, methods, results: row }) => ({
    route: path ? `${route} at ${path}` : route,
    methods,
    outcomes: row.map(shownAs),
  }));
  const rows = way.via ? together(all) : all;
  const width = widthOf([
    ['route', 'methods', ...origins],
    ...rows.map(({ route, methods }) => [route, methods.join(' '), ...origins]),
  ]);
  const fits = width <= terminal.width;
  const heads = fits ? origins : origins.map((_, index) => `origin ${index + 1}`);

  const table = new Table({
    head: ['route', 'methods', ...heads].map((head) => dim(head)),
    chars: NO_LINES,
    style: PLAIN,
  });
  let previous = '';
  for (const { route, methods, outcomes } of rows) {
    table.push([route === previous ? '' : route, methods.join(' '), ...outcomes]);
    previous = route;
  }
  return [
    bold(`${nameOfWay(way)} `) + dim(kindOf(way)),
    ...(fits ? [] : origins.map((origin, index) => dim(`origin ${index + 1} is ${origin}`))),
    ...api.faults.map((fault) => red(`  cannot be deployed: ${fault}`)),
    ...(api.incomplete ? [dim(`  not all of it is in the template: ${api.incomplete}`)] : []),
    results.length > 0 ? table.toString().replace(/ +$/gm, '') : dim('  no routes'),
    ...remarksOn(results),
  ].join('\n');
}

interface Line {
  readonly route: string;
  readonly methods: string[];
  /** One an origin. */
  readonly outcomes: string[];
}

/** What a distribution does to every route is said once: the table of the API has the routes. */
function together(rows: Line[]): Line[] {
  const routes = new Set(rows.map(({ route }) => route));
  if (routes.size < 2 || new Set(rows.map(({ outcomes }) => outcomes.join())).size > 1) return rows;
  const methods = [...new Set(rows.flatMap((row) => row.methods))];
  return [{ route: `all ${routes.size} routes`, methods, outcomes: rows[0].outcomes }];
}

/**
 * On its own host name a page needs no CORS. What is accepted stays what it is, but does not shout.
 */
function shownResult(
  result: CheckResult,
  accepted: Pick<ReadonlyMap<CheckResult, unknown>, 'has'>,
  terminal: Terminal,
): string {
  const { verdict, isSameOrigin } = result;
  if (accepted.has(result)) return terminal.colors.dim(`${labelOf(verdict.outcome)}, accepted`);
  const isPlain = isSameOrigin && verdict.outcome === CorsOutcome.ALLOWED;
  return isPlain ? terminal.colors.green('✓ same origin') : shown(verdict.outcome, terminal);
}

function widthOf(lines: string[][]): number {
  const columns = lines[0].map((_, column) => Math.max(MIN_COLUMN, ...lines.map((line) => line[column].length)));
  return columns.reduce((sum, column) => sum + column + GAP, 0);
}

const GAP = 3;
const MIN_COLUMN = '◐ depends on backend'.length;
const PLAIN = { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': GAP };
const NO_LINES = Object.fromEntries(
  (
    'top,top-mid,top-left,top-right,bottom,bottom-mid,bottom-left,bottom-right,' +
    'left,left-mid,mid,mid-mid,right,right-mid,middle'
  )
    .split(',')
    .map((name) => [name, name === 'left' ? '  ' : '']),
);
