import type { CheckResult } from '../../verify/check-api';
import { nameOfDistribution } from '../../verify/cloudfront/distribution';
import { addressOfRule } from '../../verify/cors-file/finding-rules';
import type { CheckedFinding } from '../../verify/judged';
import { adviceOn } from '../advice';
import { nameOf } from '../input';
import { OUTCOMES } from '../outcomes';
import { jsonText, printable } from '../terminal';
import type { Checked } from './checked';
import { locationOf } from './located';

/** Rises when a program that reads the document would have to change; a new field is no reason. */
export const VERSION = 1;

/** `--format json`: docs/check.schema.json says what stands in it. */
export function documentOf(checked: Checked): string {
  const { subject, file, asked, results, strangers, findings, notes, remarks, fails } = checked;
  return jsonText({
    version: VERSION,
    tool: { name: 'cdk-cors', version: require('../../../package.json').version },
    subject,
    settings: file?.path,
    fails,
    summary: Object.fromEntries(
      OUTCOMES.map(({ outcome }) => [outcome, results.filter(({ verdict }) => verdict.outcome === outcome).length]),
    ),
    apis: asked.map(({ api }) => ({ name: nameOf(api), kind: api.kind, faults: printable(api.faults) })),
    findings: findings.map((finding) => findingOf(finding, checked)),
    results: [...results, ...strangers].map(entryOf),
    notes,
    remarks,
  });
}

/** `--json`: the results alone, as they have always been. */
export function jsonOf({ results, strangers }: Checked): string {
  return jsonText([...results, ...strangers].map(entryOf));
}

function findingOf({ rule, result, reason, fix, accepted }: CheckedFinding, checked: Checked): object {
  const { api, via, route, request } = result;
  const { name, source, template } = locationOf(result, checked);
  return {
    rule,
    help: addressOfRule(rule),
    api: nameOf(api),
    ...(via && { via: nameOfDistribution(via) }),
    route,
    path: request.path,
    method: request.method,
    origin: request.origin,
    reason,
    change: fix,
    where: name,
    source,
    template,
    accepted: accepted && { why: accepted.why, until: accepted.until, under: accepted.under },
  };
}

function entryOf(result: CheckResult): object {
  const { api, via, isSameOrigin, route, request, verdict, unreadable, withCredentials, preflight, response } = result;
  return {
    api: nameOf(api),
    ...(via && { via: nameOfDistribution(via), sameOrigin: isSameOrigin }),
    route,
    path: request.path,
    method: request.method,
    origin: request.origin,
    outcome: verdict.outcome,
    rule: verdict.rule,
    reason: verdict.reason,
    consoleMessage: verdict.consoleMessage,
    ...adviceOn(result),
    readableHeaders: verdict.readableHeaders,
    unreadable,
    withCredentials: withCredentials && { rule: withCredentials.rule, reason: withCredentials.reason },
    preflight: preflight && { request: preflight.request, response: verdict.preflight },
    response: response && { request: response.request, response: verdict.response },
  };
}
