import type { AskedApi } from './asked-api';
import type { CheckResult } from './check-api';
import { Acceptances } from './cors-file/accepted';
import type { AcceptedEntry } from './cors-file/settings';
import { type Finding, findingsOf } from './findings';

/** A finding, by the settings of its API. */
export interface CheckedFinding extends Finding {
  /** Why it does not count, where that is so. */
  readonly accepted?: AcceptedEntry;
}

/**
 * What counts of some results, and what should change in the settings.
 *
 * @param today such as '2030-12-31'
 */
export function judged(
  asked: AskedApi[],
  results: CheckResult[],
  today: string,
): { findings: CheckedFinding[]; remarks: string[] } {
  const acceptances = new Acceptances(today);
  const byApi = new Map(asked.map((each) => [each.api, each.settings]));
  for (const { settings } of asked) acceptances.open(settings.accepted);
  const findings = results.flatMap((result) => {
    const settings = byApi.get(result.api) ?? { accepted: [] };
    const { method, origin } = result.request;
    return findingsOf(result, settings).map((finding) => {
      const about = { rule: finding.rule, route: result.route, method, origin };
      const accepted = acceptances.of(about, settings.accepted);
      return { ...finding, ...(accepted && { accepted }) };
    });
  });
  return { findings, remarks: acceptances.remarks };
}
