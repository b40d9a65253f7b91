import { withAccepted } from '../../verify/cors-file/accept';
import type { FoundCorsFile } from '../../verify/cors-file/find';
import { settingsFor } from '../../verify/cors-file/settings';
import { nameOf } from '../input';
import { newSettings, writeSettings } from '../settings-file';
import { withOptions } from './asked';
import { type Checked, type Judging, judgeAll } from './checked';
import type { CheckOptions } from './options';

/** Writes what counts today into the settings file as accepted, and judges again by it. */
export function acceptAll(checked: Checked, options: CheckOptions, judging: Judging): Checked {
  const open = checked.findings.filter(({ accepted, rule }) => !accepted && rule !== 'deployment');
  if (open.length === 0) return withNote(checked, 'There is nothing to accept.');
  const before = judging.file ?? newSettings();
  const findings = open.map(({ rule, result: { api, route, request } }) => {
    return { rule, api: nameOf(api), route, method: request.method, origin: request.origin };
  });
  const why = typeof options.accept === 'string' ? options.accept : `found on ${judging.today}, when checks began`;
  const file: FoundCorsFile = { ...before, content: withAccepted(before.content, findings, why, options.until) };
  writeSettings(file);
  const asked = checked.asked.map((each) => {
    return { ...each, settings: withOptions(settingsFor(file.content, each.api), options) };
  });
  const count = `${open.length} ${open.length === 1 ? 'finding is' : 'findings are'}`;
  return withNote(judgeAll({ ...checked, asked }, { ...judging, file }), `${count} now accepted in ${file.path}.`);
}

function withNote(checked: Checked, note: string): Checked {
  return { ...checked, notes: [...checked.notes, note] };
}
