import { isKnown, knownParts } from '../../unknown';

export type Possibly = boolean | 'maybe';

/**
 * Whether a pattern of IAM matches a text: `*` stands for anything, `?` for one character. Parts of
 * both may be known only after deployment; the same part is the same on both sides.
 */
export function matchesWildcards(pattern: string, text: string): Possibly {
  if (regexOf(pattern, '[\\s\\S]*', '[^\\uE000\\uE001]').test(text)) return true;
  return couldMatch(pattern, text) && 'maybe';
}

function regexOf(pattern: string, many: string, one: string): RegExp {
  const parts = pattern.split(/([*?])/).map((part) => (part === '*' ? many : part === '?' ? one : escaped(part)));
  return new RegExp(`^${parts.join('')}$`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.+()[\]{}|/-]/g, '\\$&');
}

/**
 * An unknown part of the text may hold anything but the marks that separate the parts of an ARN;
 * one of the pattern, anything.
 */
function couldMatch(pattern: string, text: string): boolean {
  if (isKnown(text) && isKnown(pattern)) return false;
  const wanted = knownParts(pattern).join('*');
  const given = knownParts(text).join(HOLE);
  let reachable = new Set([0]);
  const closure = (states: Set<number>): Set<number> => {
    for (const state of states) if (wanted[state] === '*') states.add(state + 1);
    return states;
  };
  reachable = closure(reachable);
  for (const char of given) {
    const next = new Set<number>();
    for (const state of reachable) {
      const token = wanted[state];
      if (token === '*') next.add(state);
      if (char === HOLE) {
        next.add(state); // ends here, or takes some of the literal text of the pattern
        for (let at = state; at < wanted.length && !/[:/]/.test(wanted[at]); at++) next.add(at + 1);
      } else if (token === char || token === '?') {
        next.add(state + 1);
      }
    }
    reachable = closure(next);
  }
  return reachable.has(wanted.length);
}

const HOLE = '\uE003';
