import { isKnown, readable } from '../unknown';
import { bounded, boundedTest } from './bounded';
import { within } from './budget';
import { javaRegex, javaRegexOfAll, javaReplacement } from './java-regex';
import { sameText, toText, Unknowable, type Value } from './values';

/** Thrown where Java throws: API Gateway then answers 500. */
export class JavaException extends Error {}

/**
 * The methods of java.lang.String that mapping templates use; `undefined`: a string has no such
 * method with these parameters.
 * https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/lang/String.html
 */
export function callString(text: string, method: string, parameters: Value[]): Value | undefined {
  const work = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (!work) return undefined;
  if (parameters.includes(null)) return nullTo(method, work, parameters);
  const vague = parameters.find((parameter) => parameter instanceof Unknowable);
  if (vague) return vague;
  if (method === 'equals') return typeof parameters[0] === 'string' ? sameText(text, parameters[0]) : false;
  const partly = [text, ...parameters].find((part) => typeof part === 'string' && !isKnown(part));
  if (partly !== undefined && method !== 'concat')
    return new Unknowable(`${method} on ${readable(toText(partly))} can be told only after deployment`);
  const fits = parameters.every((parameter, index) => typeof parameter === work.parameters[index]);
  const tooFew = parameters.length < (work.required ?? work.parameters.length);
  return fits && !tooFew && parameters.length <= work.parameters.length ? work.run(text, ...parameters) : undefined;
}

/** Comparing with null is false, anything else with it fails; a number cannot be null. */
function nullTo(method: string, work: StringMethod, parameters: Value[]): Value | undefined {
  if (method === 'equals' || method === 'equalsIgnoreCase') return false;
  if (parameters.some((parameter, index) => parameter === null && work.parameters[index] !== 'string'))
    return undefined;
  throw new JavaException(`${method} of null`);
}

interface StringMethod {
  readonly parameters: ('string' | 'number')[];
  readonly required?: number;
  run(text: string, ...parameters: any[]): Value;
}

const METHODS: Record<string, StringMethod> = {
  equals: { parameters: ['string'], run: (text, other) => text === other },
  equalsIgnoreCase: { parameters: ['string'], run: (text, other) => text.toLowerCase() === other.toLowerCase() },
  contentEquals: { parameters: ['string'], run: (text, other) => text === other },
  compareTo: { parameters: ['string'], run: (text, other) => (text < other ? -1 : text > other ? 1 : 0) },
  contains: { parameters: ['string'], run: (text, part) => text.includes(part) },
  startsWith: {
    parameters: ['string', 'number'],
    required: 1,
    run: (text: string, part: string, from = 0) => text.startsWith(part, from),
  },
  endsWith: { parameters: ['string'], run: (text, part) => text.endsWith(part) },
  indexOf: {
    parameters: ['string', 'number'],
    required: 1,
    run: (text: string, part: string, from = 0) => text.indexOf(part, from),
  },
  lastIndexOf: { parameters: ['string'], run: (text, part) => text.lastIndexOf(part) },
  length: { parameters: [], run: (text) => text.length },
  isEmpty: { parameters: [], run: (text) => text === '' },
  isBlank: { parameters: [], run: (text) => text.trim() === '' },
  trim: { parameters: [], run: (text) => text.replace(/^[\0- ]+|[\0- ]+$/g, '') },
  strip: { parameters: [], run: (text) => text.trim() },
  toLowerCase: { parameters: [], run: (text) => text.toLowerCase() },
  toUpperCase: { parameters: [], run: (text) => text.toUpperCase() },
  toString: { parameters: [], run: (text: string) => text },
  intern: { parameters: [], run: (text) => text },
  concat: { parameters: ['string'], run: (text, other) => within(text + other) },
  repeat: { parameters: ['number'], run: repeat },
  charAt: { parameters: ['number'], run: (text, at) => substring(text, at, at + 1) },
  substring: {
    parameters: ['number', 'number'],
    required: 1,
    run: (text: string, from: number, to = text.length) => substring(text, from, to),
  },
  replace: { parameters: ['string', 'string'], run: (text, part, by) => within(text.split(part).join(by)) },
  matches: { parameters: ['string'], run: (text, source) => matches(javaRegexOfAll(source), text) },
  replaceAll: {
    parameters: ['string', 'string'],
    run: (text, source, by) =>
      withRegex(javaRegex(source, 'g'), text, (regex) => text.replace(regex, javaReplacement(by))),
  },
  replaceFirst: {
    parameters: ['string', 'string'],
    run: (text, source, by) => withRegex(javaRegex(source), text, (regex) => text.replace(regex, javaReplacement(by))),
  },
  split: {
    parameters: ['string', 'number'],
    required: 1,
    run: (text: string, source: string, limit = 0) =>
      withRegex(javaRegex(source, 'g'), text, (regex) => split(text, regex, limit)),
  },
};

function matches(regex: RegExp | Unknowable, text: string): Value {
  return regex instanceof Unknowable ? regex : boundedTest(regex, text);
}

function withRegex(regex: RegExp | Unknowable, text: string, work: (regex: RegExp) => Value): Value {
  return regex instanceof Unknowable ? regex : bounded(regex, text, () => work(regex));
}

/**
 * Java drops empty parts at the end where no limit is given, and an empty part before a match of
 * nothing at the start.
 */
function split(text: string, regex: RegExp, limit: number): Value[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(regex)) {
    const end = match.index + match[0].length;
    if ((end === 0 && match[0] === '') || (match[0] === '' && match.index === text.length)) continue;
    if (limit > 0 && parts.length === limit - 1) break;
    parts.push(text.slice(from, match.index));
    from = end;
  }
  parts.push(text.slice(from));
  if (limit === 0) while (parts.length > 1 && parts[parts.length - 1] === '') parts.pop();
  return limit === 0 && parts.length === 1 && parts[0] === '' && text !== '' ? [] : parts;
}

function repeat(text: string, times: number): string {
  if (times < 0) throw new JavaException(`repeat ${times} times`);
  return text === '' ? '' : within(text.repeat(Math.min(times, 1_000_001)));
}

function substring(text: string, from: number, to: number): string {
  if (from < 0 || to > text.length || from > to)
    throw new JavaException(`substring ${from} to ${to} of a text of ${text.length} characters`);
  return text.slice(from, to);
}
