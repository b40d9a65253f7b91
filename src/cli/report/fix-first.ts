import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import { CorsOutcome } from '../../verify/verdict';
import { adviceOn } from '../advice';
import { changeAt } from '../check/problems';
import { nameOfWay } from '../input';
import { OUTCOMES } from '../outcomes';
import { type Html, html } from './html';
import { originOf } from './origin';

/** What to change: what mends the most requests comes first, and what is open comes last. */
export function fixFirst(results: CheckResult[]): Html {
  const problems = results.filter(({ verdict, accepted }) => verdict.rule !== 'ok' && !accepted);
  if (problems.length === 0 && results.some(({ accepted }) => accepted))
    return html`<p class="note ALLOWED">Every request that was tried is allowed, or accepted by the settings.</p>`;
  if (problems.length === 0) return html`<p class="note ALLOWED">Every request that was tried is allowed.</p>`;
  const changes = groupBy(problems, (result) => `${nameOfWay(result)}\n${changeAt(result, 'any place')}`);
  const ordered = changes.sort((a, b) => Number(isOpen(a)) - Number(isOpen(b)) || b.length - a.length);
  return html`<section id="first">
<h2>${ordered.some((change) => !isOpen(change)) ? 'Fix first' : 'What decides elsewhere'}</h2>
<ol>${ordered.slice(0, MANY).map(changeItem)}</ol>
${
  ordered.length > MANY &&
  html`<p class="remark">${ordered.length - MANY} more changes stand at their routes below.</p>`
}
</section>`;
}

const MANY = 12;

/** A backend, or something that the template does not show, has the last word. */
function isOpen([{ verdict }]: CheckResult[]): boolean {
  return verdict.outcome === CorsOutcome.DEPENDS_ON_BACKEND || verdict.outcome === CorsOutcome.UNKNOWN;
}

function changeItem(results: CheckResult[]): Html {
  const [first] = results;
  const { verdict } = first;
  const { sign, label } = OUTCOMES.find(({ outcome }) => outcome === verdict.outcome)!;
  const places = new Set(results.map((result) => adviceOn(result)?.where));
  const origins = [...new Set(results.map(({ request }) => request.origin))];
  return html`<li class="${verdict.outcome}"><details>
<summary><b>${results.length}</b> <span aria-hidden="true">${sign}</span> ${label}
<small>${nameOfWay(first)}</small> <br>${changeAt(first, places.size > 1 ? 'each of them' : undefined)}</summary>
<ul>${groupBy(results, ({ route }) => route)
    .slice(0, ROUTES)
    .map((same) => html`<li><span class="method">${methodsOf(same)}</span> <code>${same[0].route}</code></li>`)}</ul>
<p>from ${origins.map((origin, index) => html`${index > 0 && ', '}${originOf(origin)}`)}: ${verdict.reason}</p>
</details></li>`;
}

/** The tables have the others. */
const ROUTES = 500;

function methodsOf(results: CheckResult[]): string {
  return [...new Set(results.map(({ request }) => request.method))].join(' ');
}
