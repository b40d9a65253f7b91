import { relative } from 'node:path';
import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import { nameOfDistribution } from '../../verify/cloudfront/distribution';
import { decidedAt } from '../../verify/decisive-exchange';
import { routesOf } from '../../verify/requests/routes';
import { unknownParts } from '../../verify/unknown';
import { adviceOn } from '../advice';
import { nameOfWay } from '../input';
import { printable } from '../terminal';
import type { AskedApi } from './asked';
import type { Checked, CheckedFinding } from './checked';

/** The place that has to change, as far as it is known. */
export interface Location {
  /** The construct path or logical id of the method, route or API. */
  readonly name: string;
  /** The line of the app that makes it, relative to where the command runs. */
  readonly source?: { readonly file: string; readonly line: number };
  readonly template?: { readonly file: string; readonly logicalId: string; readonly line?: number };
}

/** Findings of one rule that change at one place: as few as a person has to deal with. */
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

/** A line of the app where the assembly has it; in any case the resource in its template, as far as one made it. */
export function locationOf(result: CheckResult, { asked }: { readonly asked: AskedApi[] }): Location {
  const { api, via } = result;
  const places = asked.find((each) => each.api === api)?.places;
  const decided = decidedAt(result);
  const edge = via && decided?.endsWith(` of ${nameOfDistribution(via)}`) ? (via.constructPath ?? via.id) : undefined;
  const all = [decided, edge, methodOf(result), api.constructPath, idOf(result)];
  const names = all.filter((name) => name !== undefined);
  const name = names.find((each) => places?.of(each)) ?? names[0];
  const template = places?.of(name);
  const source = adviceOn(result)?.source;
  const [, file, line] = /^(.*):(\d+)$/.exec(source ?? '') ?? [];
  return {
    name: printable(name),
    ...(file && { source: { file: portable(file), line: Number(line) } }),
    ...(template && { template: { ...template, file: portable(template.file) } }),
  };
}

/** The method or route that pages call, where no answer says which one decided. */
function methodOf({ api, route, request }: CheckResult): string | undefined {
  const found = routesOf(api).find(({ name }) => name === route);
  return found?.called(request.method)[0]?.where;
}

function idOf({ api: { id } }: CheckResult): string {
  const [only] = unknownParts(id);
  return only ?? id;
}

/** As programs on every platform write it, seen from where the command runs. */
function portable(file: string): string {
  return printable((file.startsWith('/') ? relative(process.cwd(), file) : file).replaceAll('\\', '/'));
}
