import type { AskedApi } from '../../verify/asked-api';
import type { CheckResult } from '../../verify/check-api';
import type { FoundCorsFile } from '../../verify/cors-file/find';
import { namesOfNone } from '../../verify/cors-file/settings';
import { type CheckedFinding, judged } from '../../verify/judged';
import { ANY_PAGE } from '../../verify/requests/named-origins';
import { CorsOutcome } from '../../verify/verdict';
import { printable } from '../terminal';
import type { Tried } from './tried';

/** Everything that a check found out, as it may be shown. */
export interface Checked extends Tried {
  /** What was read: 'cdk.out'. */
  readonly subject: string;
  readonly file?: FoundCorsFile;
  readonly findings: CheckedFinding[];
  /** What the reader should know besides, in a sentence each. */
  readonly notes: string[];
  /** What should change in the settings file. */
  readonly remarks: string[];
  /** Whether something counts. */
  readonly fails: boolean;
}

/** By what a check is judged. */
export interface Judging {
  readonly subject: string;
  readonly file?: FoundCorsFile;
  /** '2030-12-31' */
  readonly today: string;
  /** Whether APIs were left out on purpose: names of the file may then be theirs. */
  readonly isPart: boolean;
  /** Whether names and patterns of the file that are about no API fail. */
  readonly strict: boolean;
}

export function judgeAll(tried: Tried, { subject, file, today, isPart, strict }: Judging): Checked {
  const { asked, results, strangers } = tried;
  const models = asked.map(({ api }) => api);
  const { findings, remarks } = judged(asked, [...results, ...strangers], today);
  const unknownNames = file && !isPart ? namesOfNone(file, models) : [];
  const namesFail = strict && unknownNames.length > 0;
  const cannotBeDeployed = models.some(({ faults }) => faults.length > 0);
  return {
    ...tried,
    subject,
    file,
    findings,
    notes: notesOn(asked, results, findings),
    remarks: [...unknownNames, ...(namesFail ? [NAMES_FAIL] : []), ...remarks].map(printable),
    fails: cannotBeDeployed || namesFail || findings.some(({ accepted }) => !accepted),
  };
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

const NAMES_FAIL = 'With --strict, an entry of the settings that is about no API fails.';
const OWN_ORIGINS =
  `Checked with the origins that each API names itself, or ${ANY_PAGE} where it names none: ` +
  '--origin checks others.';
const COOKIES =
  'Cookies: to pages of another site, such as every page is to an execute-api address, ' +
  'Safari and Firefox block or partition them ' +
  'with all headers right; Chrome sends those with SameSite=None. A custom domain on the site of the page avoids that.';

function sendsCookies({ request, verdict }: CheckResult): boolean {
  return request.credentials === true && verdict.outcome !== CorsOutcome.BLOCKED;
}
