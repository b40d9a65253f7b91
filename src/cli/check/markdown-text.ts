import { printable } from '../terminal';

/** The most that GitHub takes as a comment. In bytes, which are never fewer than characters. */
const MOST = 65_536;

/** By this, a pipeline finds the comment that it wrote before. */
export const MARKER = '<!-- cdk-cors -->';

/** The parts that fit, in their order; what is left out is counted. */
export function fitted(head: string, parts: string[], most = MOST - ROOM): string {
  let left = most - Buffer.byteLength(head);
  const kept: string[] = [];
  for (const part of parts) {
    const size = Buffer.byteLength(part);
    if (size > left) continue;
    left -= size;
    kept.push(part);
  }
  const missing = parts.length - kept.length;
  const rest =
    missing > 0 ? `\n… and ${missing} more parts that do not fit into a comment: other formats have them.\n` : '';
  return `${head}${kept.join('')}${rest}`;
}

const ROOM = 200;

/** A name, as it is: no markup, mention or link can come of it, also in a table. */
export function code(name: string): string {
  return `<code>${escaped(name)}</code>`;
}

/** A sentence in which nothing is markup, and nobody is mentioned. */
export function text(sentence: string): string {
  return escaped(sentence).replace(/&#64;/g, '&#64;&#8203;').replace(/&#35;/g, '&#35;&#8203;');
}

/**
 * A character reference is never the beginning of markup:
 * https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references
 */
function escaped(content: string): string {
  return printable(content).replace(/[^\p{L}\p{N}\p{M} .,/-]/gu, (character) => `&#${character.codePointAt(0)};`);
}
