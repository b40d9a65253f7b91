import { getOrCreate } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import { checkStrangers, checkWays } from '../../verify/check-ways';
import { Acceptances } from '../../verify/cors-file/accepted';
import type { FoundCorsFile } from '../../verify/cors-file/find';
import { type AcceptedEntry, namesOfNone, type SettingsOfApi } from '../../verify/cors-file/settings';
import type { Entrance } from '../../verify/entrances';
import { type Finding, findingsOf } from '../../verify/findings';
import type { ApiModel } from '../../verify/model/api-model';
import { type PageHeaders, splitKey } from '../../verify/requests/page-headers';
import { strangersTo } from '../../verify/requests/strangers';
import { CorsOutcome } from '../../verify/verdict';
import { nameOf } from '../input';
import { Secrets } from '../secrets';
import { printable } from '../terminal';
import type { AskedApi } from './asked';
import { namedOrigins, originsOfDistribution } from './named-origins';

/** Everything that a check found out, as it may be shown. */
export interface Checked {
  /** What was read: 'cdk.out'. */
  readonly subject: string;
  readonly file?: FoundCorsFile;
  readonly asked: AskedApi[];
  readonly results: CheckResult[];
  /** What lets in origins that should not get in. */
  readonly strangers: CheckResult[];
  readonly findings: CheckedFinding[];
  /** What the reader should know besides, in a sentence each. */
  readonly notes: string[];
  /** What should change in the settings file. */
  readonly remarks: string[];
  /** Whether something counts. */
  readonly fails: boolean;
}

export interface CheckedFinding extends Finding {
  /** Why it does not count, where that is so. */
  readonly accepted?: AcceptedEntry;
}

/** @param today such as '2030-12-31' */
export function checkAll(subject: string, asked: AskedApi[], file: FoundCorsFile | undefined, today: string): Checked {
  const checks = asked.map(checkOne);
  const results = checks.flatMap(({ results: found }) => found);
  const strangers = checks.flatMap(({ strangers: found }) => found);
  const { findings, remarks } = judged(asked, [...results, ...strangers], today);
  const unknownNames = file
    ? namesOfNone(
        file.content,
        asked.map(({ api }) => api),
      )
    : [];
  const cannotBeDeployed = asked.some(({ api }) => api.faults.length > 0);
  return {
    subject,
    file,
    asked,
    results,
    strangers,
    findings,
    notes: notesOn(asked, results, findings),
    remarks: [...unknownNames, ...remarks].map(printable),
    fails: cannotBeDeployed || findings.some(({ accepted }) => !accepted),
  };
}

function checkOne({ api, ways, settings, page }: AskedApi): Record<'results' | 'strangers', CheckResult[]> {
  const { origins, onlyThese, strangers = [] } = settings;
  const shown = shownBy(settings);
  const unwanted = [
    ...(onlyThese ? strangersTo(listedFor(api, origins)) : []),
    ...strangers.map((origin) => ({ origin, likeness: 'listed among its strangers' })),
  ];
  return {
    results: checkWays(ways, (way) => origins ?? originsOf(way), page).map(shown),
    strangers: unwanted.length > 0 ? checkStrangers(ways, unwanted, page).map(shown) : [],
  };
}

/** Without secrets, and fit for a terminal. What holds at several addresses is looked through once. */
function shownBy({ headers = {} }: SettingsOfApi): (result: CheckResult) => CheckResult {
  const secrets = new Secrets(namedHeaders(headers));
  const shownVerdicts = new Map<object, Omit<CheckResult, 'api' | 'via' | 'request'>>();
  return ({ api, via, request, ...result }) => {
    const shownOnce = getOrCreate(shownVerdicts, result.verdict, () => printable(secrets.in(result)));
    return { ...shownOnce, api, ...(via && { via }), request: printable(secrets.in(request)) };
  };
}

function judged(
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

function listedFor(api: ApiModel, origins: string[] | undefined): string[] {
  if (!origins) {
    throw new Error(
      `--only: say which origins should get in, with --origin for each, or with origins of ${nameOf(api)} in cdk-cors.json.`,
    );
  }
  return origins;
}

/** Whatever the methods that they go with. */
function namedHeaders(headers: PageHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([key, value]) => [splitKey(key).name, value]));
}

function notesOn(asked: AskedApi[], results: CheckResult[], findings: CheckedFinding[]): string[] {
  const inWriting = asked.flatMap(({ api }) => (api.notes ?? []).map((note) => `Note: ${note}`));
  const accepted = findings.filter((finding) => finding.accepted).length;
  return [
    ...new Set(inWriting),
    ...(asked.some(({ settings }) => !settings.origins) ? [OWN_ORIGINS] : []),
    ...(results.some(sendsCookies) ? [COOKIES] : []),
    ...(accepted > 0
      ? [`${accepted} ${accepted === 1 ? 'finding is' : 'findings are'} accepted and not counted.`]
      : []),
  ].map(printable);
}

/**
 * Without a list, the origins that an API lets in by name have to get in, and into no other API;
 * one without names is for any page. A response headers policy names pages, too.
 */
export function originsOf({ api, via }: Entrance): string[] {
  const named = [...new Set([...namedOrigins(api), ...(via ? originsOfDistribution(via) : [])])];
  return named.length > 0 ? named : [ANY_PAGE];
}

const ANY_PAGE = 'https://any-page.example';
const OWN_ORIGINS = `Checked with the origins that each API names itself, or ${ANY_PAGE} where it names none: --origin checks others.`;
const COOKIES =
  'Cookies: to pages of another site, such as every page is to an execute-api address, Safari and Firefox block or partition them ' +
  'with all headers right; Chrome sends those with SameSite=None. A custom domain on the site of the page avoids that.';

function sendsCookies({ request, verdict }: CheckResult): boolean {
  return request.credentials === true && verdict.outcome !== CorsOutcome.BLOCKED;
}
