import { createHash } from 'node:crypto';
import type { CheckResult } from '../../verify/check-api';
import { resultsOf } from '../../verify/check-ways';
import type { Entrance } from '../../verify/entrances';
import { OUTCOMES } from '../outcomes';
import { apiSection } from './api-section';
import { type Asked, askedLine } from './asked';
import { fixFirst } from './fix-first';
import { Html, html } from './html';
import { SCRIPT } from './script';
import { STYLE } from './style';

/**
 * The report: one page that needs nothing besides itself, and whose policy lets nothing else run.
 */
export function reportOf(subject: string, ways: Way[], cells: CheckResult[], asked: Asked = {}): string {
  const policy = `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}`;
  const origins = [...new Set(cells.map(({ request }) => request.origin))];
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>CORS report of ${subject}</title>
<style>${new Html(STYLE)}</style>
<script>${new Html(SCRIPT)}</script>
</head>
<body>
<header>
  <h1>What browsers make of <code>${subject}</code></h1>
  ${askedLine(origins, asked)}
</header>
${fixFirst(cells)}
<h2>Every route</h2>
<p class="remark">Select an outcome to see what was sent and what came back.</p>
${toolbar(cells, origins)}
<main>
${ways.map((way, index) => apiSection(way, resultsOf(way, cells), index))}
<p id="nothing" hidden>Nothing fits these filters.</p>
</main>
</body>
</html>
`;
  return body.text;
}

type Way = Pick<Entrance, 'api' | 'via'>;

function toolbar(cells: CheckResult[], origins: string[]): Html {
  const counts = OUTCOMES.map((each) => ({
    ...each,
    count: cells.filter(({ verdict }) => verdict.outcome === each.outcome).length,
  }));
  return html`<form id="filters" autocomplete="off">
  <fieldset><legend>Outcomes</legend>
  ${counts
    .filter(({ count }) => count > 0)
    .map(
      ({ outcome, sign, label, count }) => html`<label class="filter ${outcome}">
    <input type="checkbox" name="outcome" value="${outcome}" checked>
    <b>${count}</b> <span aria-hidden="true">${sign}</span> ${label}
  </label>`,
    )}
  </fieldset>
  <fieldset><legend>Origin</legend>
  ${['', ...origins].map(
    (origin) => html`<label class="filter">
    <input type="radio" name="origin" value="${origin}" ${origin === '' && 'checked'}>
    ${origin || 'every origin'}
  </label>`,
  )}
  </fieldset>
</form>`;
}

function hashOf(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
