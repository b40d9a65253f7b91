import type { CheckResult } from '../../verify/check-api';
import { decisiveExchange } from '../../verify/decisive-exchange';
import type { Exchange } from '../../verify/exchanges';
import { readable } from '../../verify/unknown';
import type { UnreadableError } from '../../verify/unreadable-errors';
import { CorsOutcome } from '../../verify/verdict';
import { adviceOn, shownPlace } from '../advice';
import { type Html, html } from './html';

/** Everything about one cell: why, what to change, what was sent and what came back. */
export function panelOf(cell: CheckResult, methods = [cell.request.method]): Html {
  const { request, route, verdict, unreadable, withCredentials, preflight, response } = cell;
  const { readableHeaders: names = [] } = verdict;
  const advice = adviceOn(cell);
  const withCookies = request.credentials ? ', with credentials' : '';
  const unsent = response ? 'Browsers send this request without asking first.' : 'Never sent.';
  return html`<article class="${verdict.outcome}">
<h3>${methods.join(' ')} ${route} <span>from ${request.origin}${withCookies}</span></h3>
<p class="reason">${sentence(verdict.reason)}</p>
${cell.accepted && html`<p>Accepted: ${cell.accepted}</p>`}
${verdict.consoleMessage && html`<p>Chromium prints: <code>${verdict.consoleMessage}</code></p>`}
${
  advice &&
  html`<dl>
<dt>What to change</dt> <dd>${advice.change}</dd>
<dt>Where</dt> <dd><code>${shownPlace(advice)}</code></dd>
<dt>Rule</dt> <dd>${verdict.rule}${advice.links.map(linkTo)}</dd>
</dl>`
}
${
  unreadable.length > 0 &&
  html`<p>In place of these errors the page would see a fault of CORS: ${namesOf(unreadable)}.</p>`
}
${withCredentials && html`<p>With credentials it would be blocked: ${withCredentials.reason}.</p>`}
${names.length > 0 && html`<p>The script can read these headers: ${names.join(', ')}.</p>`}
<div class="exchanges">
${exchangeOf('Preflight', preflight, cell, unsent)}
${exchangeOf('Request', response, cell, 'Never sent.')}
</div>
</article>`;
}

function linkTo(link: string): Html {
  return html` · <a href="${link}" rel="noreferrer">${publisherOf(link)}</a>`;
}

function namesOf(errors: UnreadableError[]): string {
  return errors.map(({ status, error }) => (error.startsWith('the ') ? error : `${status} ${error}`)).join(', ');
}

function exchangeOf(title: string, exchange: Exchange | undefined, cell: CheckResult, absent: string): Html {
  if (!exchange) return html`<section class="absent"><h4>${title}</h4> <p>${absent}</p></section>`;
  const { request, answer } = exchange;
  const advice = exchange === decisiveExchange(cell) ? adviceOn(cell) : undefined;
  const isOpen =
    cell.verdict.outcome === CorsOutcome.DEPENDS_ON_BACKEND || cell.verdict.outcome === CorsOutcome.UNKNOWN;
  const passes = title === 'Preflight' || cell.verdict.outcome === CorsOutcome.ALLOWED;
  const status = answer.status === 0 ? 'whatever the backend answers' : answer.status;
  return html`<section class="${advice && 'decisive'}">
<h4>${title} <span>${advice ? `${isOpen ? 'open' : 'fails'}: ${advice.step}` : passes && 'passes'}</span></h4>
<h5>Sent</h5>
<pre>${request.method} ${request.path}
${linesOf(request.headers)}</pre>
<h5>Came back</h5>
<pre>${status}
${linesOf(answer.headers)}</pre>
</section>`;
}

function linesOf(headers: Record<string, string>): Html[] {
  return Object.entries(headers).map(
    ([name, value]) => html`<b>${name}:</b> ${readable(value)}
`,
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function publisherOf(link: string): string {
  return new URL(link).host === 'fetch.spec.whatwg.org' ? 'Fetch Standard' : 'API Gateway Developer Guide';
}
