import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';
import { type Difference, type DifferenceKind, EFFECTS } from '../../verify/differences';
import type { Annotation } from '../annotation';
import { locationOf } from '../check/located';
import { code, fitted, MARKER, text } from '../check/markdown-text';
import { nameOf, nameOfWay } from '../input';
import { jsonText, type Terminal } from '../terminal';
import type { Compared } from './compared';

/**
 * 0: pages can do what they could do before; 1: less; 3: more; 4: both.
 * 2 is for what cannot be compared.
 */
export function exitCodeOf({ differences }: Compared): number {
  const effects = new Set(differences.map(({ kind }) => EFFECTS[kind]));
  if (effects.has('less')) return effects.has('more') ? 4 : 1;
  return effects.has('more') ? 3 : 0;
}

const TITLES: Record<DifferenceKind, string> = {
  'newly-blocked': '✗ newly blocked',
  'no-longer-readable': '✗ headers that pages can no longer read',
  'newly-wider': '! newly open to pages that should not get in',
  'newly-allowed': '✓ newly allowed',
  'newly-readable': '✓ headers that pages can newly read',
  'no-longer-certain': '◐ no longer certain',
  'new-route': '+ new routes',
};

export function textOf(compared: Compared, { colors: { bold, dim } }: Terminal): string {
  const sections = sectionsOf(compared).map(([kind, groups]) =>
    [
      bold(TITLES[kind]),
      ...groups.flatMap((group) => [`  ${sentenceOf(group)}`, ...whyOf(group).map((why) => `    ${dim(why)}`)]),
    ].join('\n'),
  );
  return [...sections, bold(conclusionOf(compared))].join('\n\n');
}

/** For a comment of a pull request. */
export function markdownOf(compared: Compared): string {
  const sign = exitCodeOf(compared) === 0 ? '✅' : '⚠️';
  const head = `${MARKER}\n## ${sign} CORS: ${text(conclusionOf(compared))}\n`;
  const parts = sectionsOf(compared).flatMap(([kind, groups]) => [
    `\n### ${TITLES[kind]}\n\n`,
    ...groups.map(
      (group) =>
        `- ${code(sentenceOf(group))}${whyOf(group)
          .map((why) => `<br>${text(why)}`)
          .join('')}\n`,
    ),
  ]);
  return fitted(head, parts);
}

/** What locks somebody out is an error, what lets somebody in a warning. */
export function annotationsOf(compared: Compared): Annotation[] {
  return sectionsOf(compared).flatMap(([kind, groups]) => {
    const effect = EFFECTS[kind];
    if (effect === 'neither') return [];
    return groups.map((group) => {
      const { source, template } = locationOf(aboutOf(group[0]), compared);
      const place = source ?? template;
      return {
        level: effect === 'less' ? ('error' as const) : ('warning' as const),
        title: kind,
        message: [sentenceOf(group), ...whyOf(group)],
        ...(place && { file: place.file, line: place.line }),
      };
    });
  });
}

/** docs/diff.schema.json says what stands in it. */
export function jsonOf(compared: Compared): string {
  const { before, after, differences } = compared;
  const effects = new Set(differences.map(({ kind }) => EFFECTS[kind]));
  return jsonText({
    version: 1,
    tool: { name: 'cdk-cors', version: require('../../../package.json').version },
    before,
    after,
    less: effects.has('less'),
    more: effects.has('more'),
    differences: differences.map((difference) => entryOf(difference, compared)),
  });
}

function entryOf(difference: Difference, compared: Compared): object {
  const about = aboutOf(difference);
  const { name, source, template } = locationOf(about, compared);
  return {
    kind: difference.kind,
    effect: EFFECTS[difference.kind],
    api: nameOf(about.api),
    way: nameOfWay(about),
    route: about.route,
    method: about.request.method,
    origin: about.request.origin,
    credentials: about.request.credentials === true,
    headers: difference.headers,
    before: difference.before && outcomeOf(difference.before),
    after: difference.after && outcomeOf(difference.after),
    where: name,
    source,
    template,
  };
}

function outcomeOf({ verdict: { outcome, rule, reason } }: CheckResult): object {
  return { outcome, rule, reason };
}

/** By kind, what locks out first; alike requests together. */
function sectionsOf({ differences }: Compared): [DifferenceKind, Difference[][]][] {
  return (Object.keys(TITLES) as DifferenceKind[]).flatMap((kind) => {
    const own = differences.filter((difference) => difference.kind === kind);
    const groups = groupBy(own, (difference) => {
      const { request } = aboutOf(difference);
      return [
        nameOfWay(aboutOf(difference)),
        request.origin,
        request.credentials,
        difference.headers?.join(),
        ...whyOf([difference]),
      ].join('\n');
    });
    return groups.length > 0 ? [[kind, groups] as [DifferenceKind, Difference[][]]] : [];
  });
}

/** 'GET PUT /items, GET /pets of Shop/Api from https://app.example.com, with cookies' */
function sentenceOf(differences: Difference[]): string {
  const [{ headers }] = differences;
  const all = differences.map(aboutOf);
  const [first] = all;
  const routes = groupBy(all, ({ route }) => route).map((alike) => {
    const methods = [...new Set(alike.map(({ request }) => request.method))];
    return `${methods.join(' ')} ${alike[0].route}`;
  });
  const more = routes.length > FEW ? ` and ${routes.length - FEW} more` : '';
  const cookies = first.request.credentials ? ', with cookies' : '';
  const what = headers ? `${headers.join(', ')} of ` : '';
  return (
    `${what}${routes.slice(0, FEW).join(', ')}${more} of ${nameOfWay(first)} from ` +
    `${first.request.origin}${cookies}`
  );
}

/** Why it is blocked now, or uncertain; what is allowed needs no reason. */
function whyOf([{ kind, after, before }]: Difference[]): string[] {
  if (kind !== 'newly-blocked' && kind !== 'no-longer-certain') return [];
  if (!after) return [`${nameOfWay(before!)} is gone`];
  const { reason, fix } = after.verdict;
  return [reason, ...(kind === 'newly-blocked' && fix ? [`Change ${fix}`] : [])];
}

/** Where both are known, what is there now. */
function aboutOf({ before, after }: Difference): CheckResult {
  return (after ?? before)!;
}

function conclusionOf(compared: Compared): string {
  switch (exitCodeOf(compared)) {
    case 0:
      return 'Pages can do what they could do before.';
    case 1:
      return 'Pages can do less than before.';
    case 3:
      return 'Pages can do more than before.';
    default:
      return 'Pages can do less than before, and more.';
  }
}

const FEW = 8;
