import type { AskedApi } from './asked-api';
import type { CheckResult } from './check-api';
import { nameOfDistribution } from './cloudfront/distribution';
import { Acceptances } from './cors-file/accepted';
import type { AcceptedEntry, SettingsOfApi } from './cors-file/settings';
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
  const origins = new Map(asked.map(({ api }) => [api, new Set<string>()]));
  for (const { api, request } of results) origins.get(api)?.add(request.origin);
  for (const { api, settings } of asked) {
    acceptances.open(settings.accepted.filter((entry) => isAskedAbout(entry, settings, origins.get(api)!)));
  }
  const findings = results.flatMap((result) => {
    const settings = byApi.get(result.api) ?? { accepted: [] };
    const { method, origin } = result.request;
    return findingsOf(result, settings).map((finding) => {
      const via = result.via && nameOfDistribution(result.via);
      const about = { rule: finding.rule, route: result.route, method, origin, via };
      const accepted = acceptances.of(about, settings.accepted);
      return { ...finding, ...(accepted && { accepted }) };
    });
  });
  return { findings, remarks: acceptances.remarks };
}

/** Whether a finding that this accepts would be found: what counts, and which pages were asked for, may be less. */
function isAskedAbout({ rule, origins }: AcceptedEntry, settings: SettingsOfApi, asked: Set<string>): boolean {
  const { strict, errors, backends, onlyThese, strangers } = settings;
  switch (rule) {
    case 'wider':
      return onlyThese === true || strangers !== undefined; // by origins that nobody lists
    case 'unknown':
    case 'with-credentials':
      return strict === true && areAsked(origins, asked);
    case 'backend':
      return (strict || backends) === true && areAsked(origins, asked);
    case 'unreadable-errors':
      return (strict || errors) === true && areAsked(origins, asked);
    default:
      return areAsked(origins, asked);
  }
}

function areAsked(origins: string[] | undefined, asked: Set<string>): boolean {
  return origins === undefined || origins.every((origin) => asked.has(origin));
}
