import { relative, resolve } from 'node:path';
import { groupBy } from '../../collections';
import type { AskedApi } from '../../verify/asked-api';
import type { CheckResult } from '../../verify/check-api';
import type { CheckedFinding } from '../../verify/judged';
import { placeOf } from '../../verify/located';
import type { Place } from '../../verify/template/places';
import { nameOfWay } from '../input';
import { printable } from '../terminal';
import type { Checked } from './checked';

/** The place that has to change, as far as it is known. */
export interface Location {
  /** The construct path or logical id of the method, route or API. */
  readonly name: string;
  /** The line of the app that makes it, relative to where the command runs. */
  readonly source?: { readonly file: string; readonly line: number };
  readonly template?: { readonly file: string; readonly logicalId: string; readonly line?: number };
}

/** Findings of one rule that change at one place: as few as users have to deal with. */
export interface Problem {
  readonly findings: CheckedFinding[];
  readonly location: Location;
}

/** One a rule, reason and place: the origins that it is about are together. */
export function problemsIn(checked: Checked): Problem[] {
  const located = checked.findings.map((finding) => ({ finding, location: locationOf(finding.result, checked) }));
  const groups = groupBy(located, ({ finding: { rule, result, accepted }, location }) =>
    [rule, nameOfWay(result), result.request.method, result.route, location.name, accepted?.why].join('\n'),
  );
  return groups.map((group) => ({ findings: group.map(({ finding }) => finding), location: group[0].location }));
}

/**
 * A line of the app where the assembly has it; in any case the resource in its template,
 * as far as one made it.
 */
export function locationOf(result: CheckResult, { asked }: { readonly asked: AskedApi[] }): Location {
  const { name, template, source } = placeOf(result, asked.find((each) => each.api === result.api)?.places);
  return {
    name: printable(name),
    ...(source && { source: { ...source, file: portable(source.file) } }),
    ...(template && { template: { ...placeIn(template), file: portable(template.file) } }),
  };
}

function placeIn({ file, logicalId, line }: Place): NonNullable<Location['template']> {
  return { file, logicalId, ...(line && { line }) };
}

/** As programs on every platform write it, seen from the root of the repository. */
export function portable(file: string): string {
  return printable(relative(repository(), resolve(file)).replaceAll('\\', '/'));
}

/**
 * The root of the repository, as GitHub Actions and GitLab CI say it;
 * elsewhere the folder where the command runs.
 */
export function repository(): string {
  const { GITHUB_WORKSPACE, CI_PROJECT_DIR } = process.env;
  const here = process.cwd();
  return [GITHUB_WORKSPACE, CI_PROJECT_DIR].find((root) => root && `${here}/`.startsWith(`${root}/`)) ?? here;
}
