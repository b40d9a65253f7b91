import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import type { Entrance } from '../../verify/entrances';
import { KINDS } from '../../verify/model/api-model';
import { CorsOutcome } from '../../verify/verdict';
import { causeOf } from '../check/problems';
import { marksOf, remarksOn } from '../check/remarks';
import { type Row, rowsOf } from '../check/rows';
import { nameOfWay } from '../input';
import { OUTCOMES } from '../outcomes';
import { type Html, html } from './html';
import { originOf } from './origin';
import { panelOf } from './panel';

/** One API as a table; below each line stand the panels that its cells unfold. */
export function apiSection(way: Pick<Entrance, 'api' | 'via'>, results: CheckResult[], section: number): Html {
  const { api, via } = way;
  const origins = [...new Set(results.map(({ request }) => request.origin))];
  const rows = rowsOf(results, sameness).map((row, index) => ({ ...row, id: `${section}-${index}` }));
  return html`<section class="api">
<h2>${nameOfWay(way)} <small>${KINDS[api.kind]}${via && ' behind CloudFront'}</small></h2>
${api.faults.map((fault) => html`<p class="note BLOCKED">Cannot be deployed: ${fault}</p>`)}
${api.incomplete && html`<p class="note UNKNOWN">Not all of it is in the template: ${api.incomplete}.</p>`}
<div class="wide"><table>
<colgroup><col class="route">${origins.map(() => html`<col class="outcome">`)}</colgroup>
<thead><tr><th scope="col">Route</th>${origins.map(headOf)}</tr></thead>
${groupBy(rows, ({ results: row }) => row.map(sameness).join('\n')).map((alike) => rowsAlike(alike, origins.length))}
</table></div>
${remarksOn(results).map((remark) => html`<p class="remark">${remark.trim()}.</p>`)}
</section>`;
}

function headOf(origin: string): Html {
  return html`<th scope="col" data-origin="${origin}">${originOf(origin)}</th>`;
}

interface NumberedRow extends Row {
  readonly id: string;
}

/** What a reader has to do about it is part of what makes two results the same. */
function sameness(result: CheckResult): string {
  const { verdict, isSameOrigin, accepted } = result;
  return [verdict.outcome, isSameOrigin, accepted, marksOf(result), verdict.rule === 'ok' ? '' : causeOf(result)].join(
    ' ',
  );
}

/** An API of thousands of routes has thousands of rows that say the same. */
function rowsAlike(rows: NumberedRow[], origins: number): Html[] {
  const shown = rows.length > MANY ? rows.slice(0, FEW) : rows;
  const folded = rows.slice(shown.length);
  return [...shown.map((row) => rowOf(row, origins)), ...(folded.length > 0 ? [foldOf(folded, origins)] : [])];
}

const MANY = 20;
const FEW = 10;

function rowOf(row: NumberedRow, origins: number): Html {
  const { methods, results, id } = row;
  return html`<tbody>
<tr id="row-${id}"><th scope="row">${nameOf(row)}</th>
${results.map((result, column) => cellOf(result, `${id}-${column}`))}</tr>
${results.map(
  (result, column) => html`<tr class="panel" id="panel-${id}-${column}">
<td colspan="${origins + 1}">${panelOf(result, methods)}</td></tr>
`,
)}</tbody>
`;
}

/** 'GET PUT /items/{proxy+} at /items/below' */
function nameOf({ route, path, methods }: Row): Html {
  const at = path !== undefined && html` at <code>${path}</code>`;
  return html`<span class="method">${methods.join(' ')}</span> <code>${route}</code>${at}`;
}

function cellOf(result: CheckResult, id: string): Html {
  const { request, verdict, isSameOrigin } = result;
  const { sign, label: usual } = OUTCOMES.find(({ outcome }) => outcome === verdict.outcome)!;
  const outcome = isSameOrigin && verdict.outcome === CorsOutcome.ALLOWED ? 'same origin' : usual;
  const label = result.accepted ? `${outcome}, accepted` : outcome;
  const shownSign = html`<span aria-hidden="true">${sign}</span>`;
  const controls = html`aria-expanded="false" aria-controls="panel-${id}"`;
  return html`<td data-origin="${request.origin}" data-outcome="${verdict.outcome}">
<span class="origin">${originOf(request.origin)}</span>
<button type="button" class="${verdict.outcome}" ${controls}>${shownSign} ${label}${marksOf(result)}</button></td>`;
}

function foldOf(rows: NumberedRow[], origins: number): Html {
  const [{ results }] = rows;
  const outcomes = results.map(
    ({ request, verdict }) => html`<i data-origin="${request.origin}" data-outcome="${verdict.outcome}"></i>`,
  );
  return html`<tbody class="fold"><tr><td colspan="${origins + 1}">${outcomes}<details>
<summary>${rows.length} more with the same outcomes as the ${FEW} above</summary>
<ul>${rows.map((row) => html`<li id="row-${row.id}">${nameOf(row)}</li>`)}</ul>
</details></td></tr></tbody>
`;
}
