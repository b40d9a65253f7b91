import { isKnown, readable } from '../unknown';
import { asText } from './as-text';
import { isObject, objectOf } from './cloudformation-template';
import type { Json, JsonObject } from './json';

/**
 * Where a map is that its transforms and loops have been worked out,
 * as far as that needs nothing but the template.
 */
export interface ExpandedMap {
  readonly map: JsonObject;
  /** What adds more keys at deployment. */
  readonly additions: string[];
  /** The macro that may change what is there. */
  readonly macro?: string;
}

/** What a loop or an include needs from its surroundings. */
export interface Expansion {
  resolve(value: Json): Json;
  /** The snippet behind an AWS::Include, where it is a file at hand. */
  included(location: string): Json;
}

export function isExpandable(key: string): boolean {
  return key === TRANSFORM || key.startsWith(LOOP);
}

/** The key under which a map says that the deployment adds to it. */
export const TRANSFORM = 'Fn::Transform';
const LOOP = 'Fn::ForEach::';

/**
 * Replaces `Fn::ForEach::…` and `Fn::Transform` among the keys of a map by what they bring.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function expandKeys(source: JsonObject, surroundings: Expansion, budget = { left: MAX_ITEMS }): ExpandedMap {
  const map: JsonObject = {};
  const additions: string[] = [];
  let macro: string | undefined;
  const add = (more: ExpandedMap): void => {
    Object.assign(map, more.map);
    additions.push(...more.additions);
    macro ??= more.macro;
  };
  for (const [key, value] of Object.entries(source)) {
    if (key.startsWith(LOOP)) add(loop(key, value, surroundings, budget));
    else if (key === TRANSFORM)
      for (const each of Array.isArray(value) ? value : [value]) add(transformed(each, surroundings, budget));
    else map[key] = value;
  }
  return { map, additions, macro };
}

/** More than that is not a template that CloudFormation takes. */
const MAX_ITEMS = 5_000;

function loop(key: string, argument: Json, surroundings: Expansion, budget: { left: number }): ExpandedMap {
  const [name, collection, body] = Array.isArray(argument) ? argument : [];
  const given = surroundings.resolve(collection);
  const items = Array.isArray(given) ? given.flat() : [];
  if (typeof name !== 'string' || !isObject(body) || !Array.isArray(given)) return unseen(`the loop ${key}`);
  if (items.some((item) => typeof item === 'object' || !isKnown(asText(item)))) return unseen(`the loop ${key}`);
  budget.left -= items.length;
  if (budget.left < 0) return unseen(`the loop ${key}, which is too long`);
  const rounds = items.map((item) => expandKeys(objectOf(withItem(body, name, asText(item))), surroundings, budget));
  return {
    map: Object.assign({}, ...rounds.map(({ map }) => map)),
    additions: [...new Set(rounds.flatMap(({ additions }) => additions))],
    macro: rounds.find(({ macro }) => macro)?.macro,
  };
}

/**
 * `${Name}`, `&{Name}` (letters and digits only) and a reference to the name become the item, in
 * keys as well.
 */
function withItem(value: Json, name: string, item: string): Json {
  if (typeof value === 'string') {
    return value
      .split(`\${${name}}`)
      .join(item)
      .split(`&{${name}}`)
      .join(item.replace(/[^a-zA-Z0-9]/g, ''));
  }
  if (Array.isArray(value)) return value.map((each) => withItem(each, name, item));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === 'Ref' && entries[0][1] === name) return item;
  return Object.fromEntries(
    entries.map(([key, each]) => [asText(withItem(key, name, item)), withItem(each, name, item)]),
  );
}

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
 */
function transformed(transform: Json, surroundings: Expansion, budget: { left: number }): ExpandedMap {
  const { Name: name, Parameters } = objectOf(transform);
  if (name !== 'AWS::Include')
    return { map: {}, additions: [], macro: `the macro ${readable(asText(surroundings.resolve(name)) || '?')}` };
  const location = surroundings.resolve(objectOf(Parameters).Location);
  const snippet = typeof location === 'string' ? surroundings.included(location) : undefined;
  if (isObject(snippet) && --budget.left >= 0) return expandKeys(snippet, surroundings, budget);
  return unseen(`Fn::Transform with AWS::Include of ${readable(asText(location) || 'something')}`);
}

function unseen(what: string): ExpandedMap {
  return { map: {}, additions: [what] };
}
