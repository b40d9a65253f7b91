import { Unknowable } from './values';

/**
 * A Java regular expression as a JavaScript one, where both mean the same. What JavaScript lacks or
 * reads differently is not guessed: possessive quantifiers, atomic groups, POSIX classes, classes
 * inside of classes, most inline flags.
 * https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html
 */
export function javaRegex(source: string, flags: '' | 'g' = ''): RegExp | Unknowable {
  return cached(source, flags, false);
}

/** The same, for a text that has to match as a whole, as `String.matches` wants it. */
export function javaRegexOfAll(source: string): RegExp | Unknowable {
  return cached(source, '', true);
}

const cache = new Map<string, RegExp | Unknowable>();

function cached(source: string, flags: string, whole: boolean): RegExp | Unknowable {
  const key = `${flags}${whole}/${source}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = translate(source, flags, whole);
    if (cache.size > 10_000) cache.clear(); // expressions can hold request data
    cache.set(key, found);
  }
  return found;
}

function translate(source: string, flags: string, whole: boolean): RegExp | Unknowable {
  const ignoresCase = source.startsWith('(?i)');
  const text = (ignoresCase ? source.slice('(?i)'.length) : source)
    .replace(/\\Q([\s\S]*?)(?:\\E|$)/g, (_, literal) => literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .replace(/^\\A/, '^')
    .replace(/\\z$/, '$');
  const different = DIFFERENT.find(([pattern]) => pattern.test(text));
  if (different)
    return new Unknowable(
      `the regular expression ${source} uses ${different[1]}, which this simulator does not follow`,
    );
  try {
    return new RegExp(whole ? `^(?:${text})$` : text, ignoresCase ? `${flags}i` : flags);
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
  return (match, ...groups) =>
    replacement.replace(
      /\\(.)|\$(\d)/g,
      (_, literal, group) => literal ?? (group === '0' ? match : (groups[group - 1] ?? '')),
    );
}
