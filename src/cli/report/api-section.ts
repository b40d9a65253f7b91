import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import type { Entrance } from '../../verify/entrances';
import { KINDS } from '../../verify/model/api-model';
import { CorsOutcome } from '../../verify/verdict';
import { nameOfWay } from '../input';
import { OUTCOMES } from '../outcomes';
import { type Html, html } from './html';
import { panelOf } from './panel';

/** One API as a table; below each line stand the panels that its cells unfold. */
export function apiSection(way: Pick<Entrance, 'api' | 'via'>, cells: [number, CheckResult][]): Html {
  const { api, via } = way;
  const origins = Array.from(new Set(cells.map(([, { request }]) => request.origin)));
  const rows = groupBy(cells, ([, { route, request }]) => `${request.method} ${route} ${request.path}`);
  return html`<section class="api">
<h2>${nameOfWay(way)} <small>${KINDS[api.kind]}${via && ' behind CloudFront'}</small></h2>
${api.faults.map((fault) => html`<p class="note BLOCKED">Cannot be deployed: ${fault}</p>`)}
${api.incomplete && html`<p class="note UNKNOWN">Not all of it is in the template: ${api.incomplete}.</p>`}
<div class="wide"><table>
<thead><tr><th scope="col">Method and route</th>${origins.map(headOf)}</tr></thead>
${rows.map((row) => rowOf(row, origins))}
</table></div>
</section>`;
}

function headOf(origin: string): Html {
  return html`<th scope="col" data-origin="${origin}">${origin}</th>`;
}

function rowOf(row: [number, CheckResult][], origins: string[]): Html {
  const [[, { route, request }]] = row;
  const at = isCatchAll(route) && html` at <code>${request.path}</code>`;
  return html`<tbody>
<tr><th scope="row"><span class="method">${request.method}</span> <code>${route}</code>${at}</th>${row.map(cellOf)}</tr>
${row.map((cell) => unfolded(cell, origins.length + 1))}</tbody>
`;
}

function unfolded([number, result]: [number, CheckResult], columns: number): Html {
  return html`<tr class="panel" id="panel-${number}"><td colspan="${columns}">${panelOf(result)}</td></tr>
`;
}

/** A route that is tried at several paths. */
function isCatchAll(route: string): boolean {
  return route === '$default' || route.endsWith('+}');
}

function cellOf([number, { request, verdict, isSameOrigin }]: [number, CheckResult]): Html {
  const { sign, label: usual } = OUTCOMES.find(({ outcome }) => outcome === verdict.outcome)!;
  const label = isSameOrigin && verdict.outcome === CorsOutcome.ALLOWED ? 'same origin' : usual;
  return html`<td data-origin="${request.origin}" data-outcome="${verdict.outcome}">
<span class="origin">${request.origin}</span>
<button type="button" class="${verdict.outcome}" aria-expanded="false" aria-controls="panel-${number}"
><span aria-hidden="true">${sign}</span> ${label}</button></td>`;
}
