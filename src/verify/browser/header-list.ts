import { isKnown } from '../unknown';

/**
 * https://fetch.spec.whatwg.org/#extract-header-list-values, without its failure: see `strayItem`.
 */
export function headerList(header: string | undefined): readonly string[] {
  return parsed(header ?? '').items;
}

/** The item that makes the header no list at all: one is enough to spoil every other one. */
export function strayItem(header: string | undefined): string | undefined {
  return parsed(header ?? '').stray;
}

interface ParsedList {
  readonly items: readonly string[];
  readonly stray: string | undefined;
}

/** An API answers with the same few lists again and again. */
const known = new Map<string, ParsedList>();
const MOST_KNOWN = 1000;

function parsed(header: string): ParsedList {
  const before = known.get(header);
  if (before) return before;
  const items = header
    .split(',')
    .map((item) => item.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((item) => item !== '');
  const list = { items, stray: items.find((item) => isKnown(item) && !isToken(item)) };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(header, list);
  return list;
}

/** https://httpwg.org/specs/rfc9110.html#rule.token.separators */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}
