import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import type { CheckedFinding } from '../../verify/judged';
import { nameOf, nameOfWay } from '../input';
import { type Html, html } from '../report/html';
import { printable } from '../terminal';
import type { Checked } from './checked';

/**
 * JUnit XML, as CI servers read it: a suite for each API or way to it, a case for each method,
 * route and origin. XML needs what HTML needs, in the form of numbers, and takes no control
 * characters.
 */
export function junitOf(checked: Checked): string {
  const { results, strangers, findings, asked } = checked;
  const byResult = new Map<CheckResult, CheckedFinding[]>();
  for (const finding of findings) byResult.set(finding.result, [...(byResult.get(finding.result) ?? []), finding]);
  const suites = groupBy([...results, ...strangers], nameOfWay).map((suite) => suiteOf(suite, byResult));
  const faults = asked.flatMap(({ api }) =>
    api.faults.map((fault) => ({ name: nameOf(api), fault: printable(fault) })),
  );
  const cases = results.length + strangers.length + faults.length;
  const failures = suites.reduce((sum, suite) => sum + suite.failures, faults.length);
  return html`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="cdk-cors ${checked.subject}" tests="${cases}" failures="${failures}">
${suites.map(({ text }) => text)}${
  faults.length > 0 &&
  html`<testsuite name="deployment" tests="${faults.length}" failures="${faults.length}" errors="0" skipped="0">
${faults.map(faultCase)}</testsuite>
`
}</testsuites>`.text.replace(/[\ufffe\uffff]/g, '\ufffd');
}

function faultCase({ name, fault }: { name: string; fault: string }): Html {
  const failure = html`<failure type="deployment" message="${fault}"></failure>`;
  return html`<testcase classname="${name}" name="can be deployed" time="0">${failure}</testcase>
`;
}

function suiteOf(
  results: CheckResult[],
  byResult: Map<CheckResult, CheckedFinding[]>,
): { text: Html; failures: number } {
  const cases = results.map((result) => ({ result, findings: byResult.get(result) ?? [] }));
  const failing = cases.filter(({ findings }) => findings.some(({ accepted }) => !accepted)).length;
  const accepted = cases.filter(({ findings }) => isAccepted(findings)).length;
  const name = nameOfWay(results[0]);
  const counts = html`tests="${cases.length}" failures="${failing}" errors="0" skipped="${accepted}"`;
  const text = html`<testsuite name="${name}" ${counts}>
${cases.map(({ result, findings }) => caseOf(name, result, findings))}</testsuite>
`;
  return { text, failures: failing };
}

function caseOf(suite: string, { request, route, verdict }: CheckResult, findings: CheckedFinding[]): Html {
  const [plain] = request.path.split('?');
  const at = isCatchAll(route) ? ` at ${plain}` : '';
  const name = `${request.method} ${route}${at} from ${request.origin}${verdict.rule === 'wider' ? ' (stranger)' : ''}`;
  const open = findings.filter(({ accepted }) => !accepted);
  return html`<testcase classname="${suite}" name="${name}" time="0">${
    isAccepted(findings)
      ? html`<skipped message="accepted: ${findings[0].accepted?.why}"></skipped>`
      : open.map(({ rule, reason, fix }) => html`<failure type="${rule}" message="${reason}">${fix}</failure>`)
  }</testcase>
`;
}

function isAccepted(findings: CheckedFinding[]): boolean {
  return findings.length > 0 && findings.every(({ accepted }) => accepted);
}

/** A route that is tried at several paths. */
function isCatchAll(route: string): boolean {
  return route === '$default' || route.endsWith('+}');
}
