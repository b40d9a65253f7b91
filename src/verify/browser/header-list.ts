import { isKnown } from '../template/unknown';

/** https://fetch.spec.whatwg.org/#extract-header-list-values, without its failure: see `strayItem`. */
export function headerList(header: string | undefined): string[] {
  const items = (header ?? '').split(',').map((item) => item.replace(/^[ \t]+|[ \t]+$/g, ''));
  return items.filter((item) => item !== '');
}

/** The item that makes the header no list at all: one is enough to spoil every other one. */
export function strayItem(header: string | undefined): string | undefined {
  return headerList(header).find((item) => isKnown(item) && !isToken(item));
}

/** https://httpwg.org/specs/rfc9110.html#rule.token.separators */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}
