import Table from 'cli-table3';
import type { ApiModel } from '../../verify/model/api-model';
import { CorsOutcome } from '../../verify/verdict';
import type { CheckResult } from '../check-results';
import { groupBy } from '../group-by';
import { nameOf } from '../input';
import { shown } from '../outcomes';
import type { Terminal } from '../terminal';

/**
 * One API as a table: routes and methods down, origins across. Methods of a route that fare alike
 * share a line.
 */
export function tableOf(api: ApiModel, cells: CheckResult[], terminal: Terminal): string {
  const { bold, dim, red } = terminal.colors;
  const origins = Array.from(new Set(cells.map(({ request }) => request.origin)));
  const rows = rowsOf(cells, terminal);
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
    bold(`${nameOf(api)} `) + dim(`${api.kind === 'REST' ? 'REST' : 'HTTP'} API`),
    ...(fits ? [] : origins.map((origin, index) => dim(`origin ${index + 1} is ${origin}`))),
    ...api.faults.map((fault) => red(`  cannot be deployed: ${fault}`)),
    ...(api.incomplete ? [dim(`  not all of it is in the template: ${api.incomplete}`)] : []),
    cells.length > 0 ? table.toString().replace(/ +$/gm, '') : dim('  no routes'),
    ...conditionsOf(cells),
  ].join('\n');
}

/**
 * The simulator takes a function with a policy at its word; no template shows whether its handler
 * follows it.
 */
function conditionsOf(cells: CheckResult[]): string[] {
  const functions = Array.from(new Set(cells.flatMap(functionsOf)));
  if (functions.length === 0) return [];
  const [handlers, are] = functions.length === 1 ? ['handler', 'is'] : ['handlers', 'are'];
  return [`  * provided that the ${handlers} of ${functions.join(', ')} ${are} wrapped in withCors or with_cors`];
}

/** The functions whose own policy lets the page in. */
function functionsOf({ verdict, preflight, response }: CheckResult): string[] {
  if (verdict.outcome !== CorsOutcome.ALLOWED) return [];
  return [preflight, response].flatMap((exchange) => exchange?.answer.byFunction ?? []);
}

interface Row {
  readonly route: string;
  readonly methods: string[];
  /** One an origin. */
  readonly outcomes: string[];
}

function rowsOf(cells: CheckResult[], terminal: Terminal): Row[] {
  const byMethod = groupBy(cells, ({ route, request }) => `${request.method} ${route}`).map((row) => ({
    route: row[0].route,
    method: row[0].request.method,
    outcomes: row.map((cell) => shown(cell.verdict.outcome, terminal) + (functionsOf(cell).length > 0 ? '*' : '')),
  }));
  return groupBy(byMethod, ({ route, outcomes }) => [route, ...outcomes].join('\n')).map((alike) => ({
    ...alike[0],
    methods: alike.map(({ method }) => method),
  }));
}

function widthOf(lines: string[][]): number {
  const columns = lines[0].map((_, column) => Math.max(MIN_COLUMN, ...lines.map((line) => line[column].length)));
  return columns.reduce((sum, column) => sum + column + GAP, 0);
}

const GAP = 3;
const MIN_COLUMN = '◐ depends on backend'.length;
const PLAIN = { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': GAP };
const NO_LINES = Object.fromEntries(
  'top,top-mid,top-left,top-right,bottom,bottom-mid,bottom-left,bottom-right,left,left-mid,mid,mid-mid,right,right-mid,middle'
    .split(',')
    .map((name) => [name, name === 'left' ? '  ' : '']),
);
