/**
 * A text that a browser prints, with gaps: "Method {method} is not allowed …". The same text prints
 * a message and recognizes one. Recognition looks for the fixed parts one after the other, and so
 * takes time in proportion to the text.
 */
export type Gaps = Readonly<Record<string, string>>;

export interface Found {
  readonly start: number;
  readonly end: number;
  readonly gaps: Gaps;
}

/** The wording with its gaps filled in. */
export function filledIn(wording: string, gaps: Gaps): string {
  return wording.replace(GAP, (gap, name) => gaps[name] ?? gap);
}

/**
 * Where the wording stands in a line, from `from` on. A gap at its end holds the rest of the line.
 */
export function findWording(wording: string, line: string, from = 0): Found | undefined {
  const { fixed } = partsOf(wording);
  if (fixed.length === 1) {
    const start = line.indexOf(fixed[0], from);
    return start < 0 ? undefined : { start, end: start + fixed[0].length, gaps: {} };
  }
  let second = from + fixed[0].length - 1;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    second = fixed[1] === '' ? line.length : line.indexOf(fixed[1], second + 1);
    if (second < 0) return undefined;
    // The beginning that stands nearest: a page's own text may hold the same word further left.
    const window = Math.max(from, second - LONGEST_GAP);
    const start = fixed[0] === '' ? window : window + line.slice(window, second).lastIndexOf(fixed[0]);
    const found = start < window ? undefined : wordingAt(wording, line, start);
    if (found) return found;
    if (fixed[1] === '') return undefined;
  }
  return undefined;
}

/** The wording, if it stands exactly there. */
export function wordingAt(wording: string, line: string, start: number): Found | undefined {
  const { fixed, names } = partsOf(wording);
  if (!line.startsWith(fixed[0], start)) return undefined;
  const gaps: Record<string, string> = {};
  let end = start + fixed[0].length;
  for (const [index, name] of names.entries()) {
    const next = fixed[index + 1];
    const isLast = index === names.length - 1 && next === '';
    const stop = isLast
      ? Math.min(line.length, end + LONGEST_GAP)
      : line.slice(end, end + LONGEST_GAP).indexOf(next) + end;
    if (stop < end) return undefined;
    gaps[name] = line.slice(end, stop);
    end = stop + next.length;
  }
  return { start, end, gaps };
}

/**
 * What the gaps hold as far as the text goes, where it was cut off in the middle of the wording.
 */
export function cutWording(wording: string, rest: string): Gaps | undefined {
  const { fixed, names } = partsOf(wording);
  if (rest.length < SHORTEST_CUT) return undefined;
  if (!rest.startsWith(fixed[0])) return fixed[0].startsWith(rest) ? {} : undefined;
  const gaps: Record<string, string> = {};
  let end = fixed[0].length;
  for (const [index, name] of names.entries()) {
    const next = fixed[index + 1];
    const stop = rest.indexOf(next, end);
    if (stop < 0) {
      const begun = beginningOf(next, rest.slice(end));
      if (begun > 0) return { ...gaps, [name]: rest.slice(end, rest.length - begun) };
      return end >= SHORTEST_CUT ? gaps : undefined;
    }
    gaps[name] = rest.slice(end, stop);
    end = stop + next.length;
  }
  return gaps;
}

/** How much of the fixed part stands at the end of the text; 0 where it is too little to tell. */
function beginningOf(fixed: string, rest: string): number {
  for (let length = Math.min(fixed.length, rest.length); length > 3; length--) {
    if (rest.endsWith(fixed.slice(0, length))) return length;
  }
  return 0;
}

/** In characters: less could be anything. */
const SHORTEST_CUT = 12;

/** A URL may be long. What is longer than this is not a message. */
const LONGEST_GAP = 4096;

/** In one line; what repeats the end of a message more often is not a message. */
const ATTEMPTS = 50;

const GAP = /\{([a-zA-Z]+)\}/g;

interface Parts {
  readonly fixed: string[];
  readonly names: string[];
}

function partsOf(wording: string): Parts {
  let parts = known.get(wording);
  if (!parts) {
    const pieces = comparable(wording).split(GAP);
    parts = {
      fixed: pieces.filter((_, index) => index % 2 === 0),
      names: pieces.filter((_, index) => index % 2 === 1),
    };
    known.set(wording, parts);
  }
  return parts;
}

const known = new Map<string, Parts>();

/**
 * Typographic quotes and backticks change on the way through chats and issue trackers,
 * so they do not count.
 */
export function comparable(text: string): string {
  return text.replace(/`/g, '').replace(/[‘’‚‛′“”„‟″«»"]/g, "'");
}
