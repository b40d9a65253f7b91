import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import { RULES, type Rule } from '../../verify/rules';
import type { CorsOutcome } from '../../verify/verdict';
import { adviceOn } from '../advice';
import { nameOf, nameOfWay } from '../input';
import { OUTCOMES, tally } from '../outcomes';
import type { Checked } from './checked';
import { type Problem, problemsIn } from './located';
import { code, fitted, MARKER, text } from './markdown-text';

/**
 * A comment for a pull request: what fails first, then a line for each API.
 * What does not fit is counted.
 */
export function markdownOf(checked: Checked): string {
  const problems = problemsIn(checked);
  const open = problems.filter(({ findings }) => !findings[0].accepted);
  const faults = checked.asked.flatMap(({ api }) =>
    api.faults.map((fault) => `- ${code(nameOf(api))} cannot be deployed: ${text(fault)}\n`),
  );
  const head =
    `${MARKER}\n## ${checked.fails ? '❌' : '✅'} CORS: ` +
    `${tally(checked.results.map(({ verdict }) => verdict.outcome)) || 'nothing to check'}\n`;
  const sections = groupBy(open, ({ findings: [{ rule, result, fix }] }) => [rule, nameOfWay(result), fix].join('\n'));
  const parts = [
    ...faults,
    ...sections.map(sectionOf),
    tableOf(checked),
    ...[...checked.remarks, ...checked.notes].map((note) => `\n> ${text(note)}\n`),
  ];
  return fitted(head, parts);
}

function sectionOf(problems: Problem[]): string {
  const [{ findings }] = problems;
  const [{ rule, result, reason, fix }] = findings;
  const lines = problems.slice(0, MANY).map(lineOf);
  const more = problems.length > MANY ? `- … and ${problems.length - MANY} more\n` : '';
  const { links } = adviceOn(result) ?? { links: [] };
  return (
    `\n### ${code(rule)} in ${code(nameOfWay(result))}${stepOf(rule)}\n\n${lines.join('')}${more}` +
    `\n**Why:** ${text(reason)}\n\n**Change:** ${text(fix)}\n${links.map((link) => `<${link}>\n`).join('')}`
  );
}

function stepOf(rule: string): string {
  return rule in RULES ? `: ${RULES[rule as Rule].step}` : '';
}

function lineOf({ findings, location }: Problem): string {
  const [{ result }] = findings;
  const origins = [...new Set(findings.map((finding) => finding.result.request.origin))];
  const place = location.source ?? location.template;
  const at = place ? ` (${code(`${place.file}${place.line ? `:${place.line}` : ''}`)})` : '';
  const from = `${origins.slice(0, FEW).map(code).join(', ')}${origins.length > FEW ? ' and more' : ''}`;
  return `- ${code(`${result.request.method} ${result.route}`)} from ${from}, at ${code(location.name)}${at}\n`;
}

/** One line an API and origin: how many of its routes come to what. */
function tableOf({ asked, results }: Checked): string {
  const rows = groupBy(results, (result) => `${nameOfWay(result)}\n${result.request.origin}`).map(rowOf);
  if (rows.length === 0) return '';
  const heads = OUTCOMES.map(({ sign, label }) => `${sign} ${label}`).reverse();
  return `\n<details><summary>${asked.length} API${asked.length === 1 ? '' : 's'}</summary>\n\n${[
    `| API | Origin | ${heads.join(' | ')} |`,
    `|---|---|${heads.map(() => '--:|').join('')}`,
    ...rows,
  ].join('\n')}\n\n</details>\n`;
}

function rowOf(results: CheckResult[]): string {
  const [first] = results;
  const count = (wanted: CorsOutcome): number => results.filter(({ verdict }) => verdict.outcome === wanted).length;
  const counts = OUTCOMES.map(({ outcome }) => count(outcome) || '').reverse();
  return `| ${code(nameOfWay(first))} | ${code(first.request.origin)} | ${counts.join(' | ')} |`;
}

const MANY = 20;
const FEW = 5;
