import { couldBe, isKnown, readable, splitOutside, unknown, unknownParts } from '../unknown';
import { asText } from './as-text';
import { isObject, objectOf } from './cloudformation-template';
import { type Expansion, expandKeys, isExpandable, TRANSFORM } from './expand-keys';
import type { Json, JsonObject } from './json';

/** What a template's references stand for. */
export interface References extends Expansion {
  reference(name: string): Json;
  attribute(logicalId: string, attribute: string): Json;
  imported(name: string): Json;
  mapping(map: string, first: string, second: string): Json;
  /** Whether an unknown part of a text is an id or a name that holds no slash. */
  isPlainName(part: string): boolean;
  /** true, false, or undefined where only the deployment decides. */
  condition(name: string): boolean | undefined;
  /**
   * Whether a value that is known only after deployment comes to a text, or to another such value.
   */
  comesTo(value: string, text: string): boolean | undefined;
  /** What `{{resolve:…}}` is replaced by. */
  dynamic(reference: string): string;
}

/**
 * A value with CloudFormation's intrinsic functions worked out. What cannot be known before
 * deployment stays in the text as unknown.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function resolveValue(value: Json, scope: References): Json {
  // Also as text: a slip that is common in SAM templates.
  if (value === null || value === undefined || value === 'AWS::NoValue') return undefined;
  if (typeof value === 'string') return withDynamicReferences(value, scope);
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, scope)).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  if (keys.some(isExpandable)) return expanded(value, scope);
  if (keys.length === 1) {
    const work = Object.hasOwn(FUNCTIONS, keys[0]) && FUNCTIONS[keys[0]];
    if (work) return work(value[keys[0]], scope);
    if (keys[0].startsWith('Fn::')) return unknown(`${keys[0]} of ${asReadable(resolveValue(value[keys[0]], scope))}`);
  }
  const resolved: JsonObject = {};
  for (const key of keys) {
    const item = resolveValue(value[key], scope);
    if (item !== undefined && key !== '__proto__') resolved[key] = item;
  }
  return resolved;
}

/** A map to which the deployment adds keeps a key that says so. */
function expanded(value: JsonObject, scope: References): Json {
  const { map, additions, macro } = expandKeys(value, scope);
  if (macro) return unknown(macro);
  const [addition] = additions;
  const isNothingElse = Object.keys(map).length === 0;
  if (addition === undefined) return isNothingElse ? {} : resolveValue(map, scope);
  return isNothingElse ? unknown(addition) : { ...objectOf(resolveValue(map, scope)), [TRANSFORM]: unknown(addition) };
}

/**
 * Also one that was put together from parts.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
function withDynamicReferences(text: string, scope: References): string {
  return text.includes('{{resolve:')
    ? text.replace(/\{\{resolve:[^{}]*\}\}/g, (reference) => scope.dynamic(readable(reference)))
    : text;
}

type Intrinsic = (argument: Json, scope: References) => Json;

const FUNCTIONS: Record<string, Intrinsic> = {
  Ref: (name, scope) => (typeof name === 'string' ? scope.reference(name) : unknown('Ref')),
  Condition: (name, scope) =>
    typeof name === 'string' ? (scope.condition(name) ?? unknown(`condition ${name}`)) : name,
  'Fn::GetAtt': getAtt,
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::Split': split,
  'Fn::Select': select,
  'Fn::If': choose,
  'Fn::FindInMap': findInMap,
  'Fn::ImportValue': (name, scope) =>
    onceKnown('Fn::ImportValue', resolveValue(name, scope), (text) => scope.imported(text)),
  'Fn::Base64': (text, scope) =>
    onceKnown('Fn::Base64', resolveValue(text, scope), (known) => Buffer.from(known).toString('base64')),
  'Fn::ToJsonString': (data, scope) => JSON.stringify(resolveValue(data, scope)) ?? '',
  'Fn::Length': (list, scope) => lengthOf(resolveValue(list, scope)),
  'Fn::Equals': equals,
  'Fn::Not': (items, scope) => not(resolveValue(asList(items)[0], scope)),
  'Fn::And': (items, scope) => every(asList(items), scope, true),
  'Fn::Or': (items, scope) => every(asList(items), scope, false),
};

function getAtt(argument: Json, scope: References): Json {
  const [logicalId, ...rest] = Array.isArray(argument) ? argument : asText(argument).split('.');
  const attribute = rest.map((part) => asText(resolveValue(part, scope))).join('.');
  return scope.attribute(asText(logicalId), attribute);
}

function substitute(argument: Json, scope: References): Json {
  const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
  const own: JsonObject = isObject(values) ? values : {};
  const filled = asText(text).replace(/\$\{(!?)([^}]*)\}/g, (_, literal, name) => {
    if (literal) return `\${${name}}`;
    const key = name.trim();
    const value = Object.hasOwn(own, key)
      ? resolveValue(own[key], scope)
      : key.includes('.')
        ? getAtt(key, scope)
        : scope.reference(key);
    return asText(value);
  });
  return withDynamicReferences(filled, scope);
}

function join(argument: Json, scope: References): Json {
  const [delimiter, items] = asList(argument);
  const list = resolveValue(items, scope);
  return Array.isArray(list)
    ? withDynamicReferences(list.map(asText).join(asText(delimiter)), scope)
    : unknown(`Fn::Join of ${asReadable(list)}`);
}

function split(argument: Json, scope: References): Json {
  const [delimiter, text] = asList(argument);
  const whole = resolveValue(text, scope);
  const isSplit =
    delimiter === '/' && typeof whole === 'string' && unknownParts(whole).every((part) => scope.isPlainName(part));
  if (isSplit) return splitOutside(whole, delimiter);
  return onceKnown('Fn::Split', whole, (known) => known.split(asText(delimiter)));
}

function select(argument: Json, scope: References): Json {
  const [index, items] = asList(argument);
  const at = resolveValue(index, scope);
  const list = resolveValue(items, scope);
  const item = Array.isArray(list) ? list[Number(at)] : undefined;
  return item ?? unknown(`item ${asReadable(at)} of ${asReadable(list)}`);
}

/** Where the condition is unknown, both branches may still give the same. */
function choose(argument: Json, scope: References): Json {
  if (!Array.isArray(argument) || argument.length !== 3) return unknown('Fn::If');
  const [condition, then, otherwise] = argument;
  const holds = scope.condition(asText(condition));
  if (holds !== undefined) return resolveValue(holds ? then : otherwise, scope);
  const [a, b] = [resolveValue(then, scope), resolveValue(otherwise, scope)];
  return JSON.stringify(a) === JSON.stringify(b) ? a : unknown(`Fn::If ${condition}`);
}

function findInMap(argument: Json, scope: References): Json {
  const [map, first, second, options] = asList(argument);
  const keys = [map, first, second].map((key) => asText(resolveValue(key, scope)));
  const found = keys.every(isKnown) ? scope.mapping(keys[0], keys[1], keys[2]) : undefined;
  if (found !== undefined) return found;
  const hasDefault = isObject(options) && 'DefaultValue' in options && keys.every(isKnown);
  return hasDefault
    ? resolveValue(options.DefaultValue, scope)
    : unknown(`Fn::FindInMap ${keys.map(readable).join('.')}`);
}

function equals(argument: Json, scope: References): Json {
  const [left, right] = asList(argument);
  const [a, b] = [resolveValue(left, scope), resolveValue(right, scope)].map((side) =>
    typeof side === 'object' ? JSON.stringify(side) : asText(side),
  );
  if (a === b) return true;
  if (isKnown(a) && isKnown(b)) return false;
  const [value, text] = isKnown(b) || (!isKnown(a) && a < b) ? [a, b] : [b, a];
  if (isKnown(text) && !couldBe(value, text)) return false;
  return scope.comesTo(value, text) ?? unknown(`${readable(a)} = ${readable(b)}`);
}

function not(value: Json): Json {
  return typeof value === 'boolean' ? !value : value;
}

/** Fn::And with `all`, Fn::Or without: one item can decide even where others are unknown. */
function every(items: Json[], scope: References, all: boolean): Json {
  const values = items.map((item) => resolveValue(item, scope));
  if (values.includes(!all)) return !all;
  return values.every((value) => value === all) ? all : unknown('a condition');
}

function lengthOf(list: Json): Json {
  return Array.isArray(list) ? list.length : unknown(`Fn::Length of ${asReadable(list)}`);
}

/** Cutting up or looking up a text needs all of it. */
function onceKnown(name: string, text: Json, work: (known: string) => Json): Json {
  return typeof text === 'string' && isKnown(text) ? work(text) : unknown(`${name} of ${asReadable(text)}`);
}

/** Tolerates templates that pass something else than a list. */
function asList(argument: Json): Json[] {
  return Array.isArray(argument) ? argument : [];
}

function asReadable(value: Json): string {
  return readable(asText(value));
}
