import { nameOfDistribution } from '../../verify/cloudfront/distribution';
import { withAccepted } from '../../verify/cors-file/accept';
import type { FoundCorsFile } from '../../verify/cors-file/find';
import { settingsFor } from '../../verify/cors-file/settings';
import type { CheckedFinding } from '../../verify/judged';
import { keyOf, nameInFile, newSettings, writeSettings } from '../settings-file';
import { withOptions } from './asked';
import { type Checked, type Judging, judgeAll } from './checked';
import type { CheckOptions } from './options';

/**
 * Writes what counts today into the settings file as accepted, and judges again by it.
 *
 * @throws where the file could not name what is to be accepted, and it alone
 */
export function acceptAll(checked: Checked, options: CheckOptions, judging: Judging): Checked {
  const open = openIn(checked);
  if (open.length === 0) return withNote(checked, 'There is nothing to accept.');
  const before = judging.file ?? newSettings();
  const behind = new Set(checked.asked.filter(({ ways }) => ways.some(({ via }) => via)).map(({ api }) => api));
  const findings = open.map(({ rule, result: { api, via, route, request } }) => ({
    rule,
    api: keyOf(api, '--accept'),
    ...(via && { via: nameInFile(nameOfDistribution(via), '--accept') }),
    isBehind: behind.has(api),
    route: nameInFile(route, '--accept'),
    method: request.method,
    origin: request.origin,
  }));
  const why = typeof options.accept === 'string' ? options.accept : `found on ${judging.today}, when checks began`;
  const file: FoundCorsFile = { ...before, content: withAccepted(before.content, findings, why, options.until) };
  writeSettings(file);
  const asked = checked.asked.map((each) => {
    return { ...each, settings: withOptions(settingsFor(file.content, each.api), options) };
  });
  const judged = judgeAll({ ...checked, asked }, { ...judging, file });
  const accepted = open.length - openIn(judged).length;
  const count = `${accepted} ${accepted === 1 ? 'finding is' : 'findings are'}`;
  return withNote(judged, `${count} now accepted in ${file.path}.`);
}

/** What cannot be deployed is not accepted. */
function openIn({ findings }: Checked): CheckedFinding[] {
  return findings.filter(({ accepted, rule }) => !accepted && rule !== 'deployment');
}

function withNote(checked: Checked, note: string): Checked {
  return { ...checked, notes: [...checked.notes, note] };
}
