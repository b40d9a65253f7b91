import { Unknowable } from './values';

/**
 * A Java regular expression as a JavaScript one, where both mean the same. What JavaScript lacks or reads differently
 * is not guessed: possessive quantifiers, atomic groups, POSIX classes, classes inside of classes, most inline flags.
 * https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html
 */
export function javaRegex(source: string, flags = ''): RegExp | Unknowable {
  const key = `${flags}/${source}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = translate(source, flags);
    if (cache.size > 10_000) cache.clear(); // expressions can hold request data
    cache.set(key, found);
  }
  return found;
}

const cache = new Map<string, RegExp | Unknowable>();

function translate(source: string, flags: string): RegExp | Unknowable {
  let text = source.replace(/\\Q([^]*?)(?:\\E|$)/g, (_, literal) => literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  if (text.startsWith('(?i)')) {
    text = text.slice('(?i)'.length);
    flags += 'i';
  }
  text = text.replace(/^\\A/, '^').replace(/\\z$/, '$');
  const different = DIFFERENT.find(([pattern]) => pattern.test(text));
  if (different) return new Unknowable(`the regular expression ${source} uses ${different[1]}, which this simulator does not follow`);
  try {
    return new RegExp(text, flags);
  } catch {
    return new Unknowable(`the regular expression ${source} is not one that this simulator can follow`);
  }
}

const DIFFERENT: [RegExp, string][] = [
  [/(^|[^\\])(\\\\)*[*+?}]\+/, 'a possessive quantifier'],
  [/\(\?>/, 'an atomic group'],
  [/\(\?[a-zA-Z-]+[):]/, 'an inline flag'],
  [/\\[pPGRXhHvVZzAaexN]/, 'an escape of Java’s own'],
  [/(^|[^\\])(\\\\)*\[(?:\\.|[^\]\\])*(\[|&&)/, 'a class inside of a class'],
  [/(^|[^\\])(\\\\)*\[\^?\]/, 'a class that begins with a bracket'],
];

/** Java's replacement text: `$1` is a group, a backslash takes the next character as it is. */
export function javaReplacement(replacement: string): (match: string, ...groups: any[]) => string {
  return (match, ...groups) => replacement.replace(/\\(.)|\$(\d)/g, (_, literal, group) => literal ?? (group === '0' ? match : (groups[group - 1] ?? '')));
}
