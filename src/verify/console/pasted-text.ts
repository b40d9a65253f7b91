/**
 * What somebody pastes, made fit to be read and shown: copies from web pages hold entities and
 * typographic quotes, copies from terminals hold colours, and a hostile one holds what would act on
 * the reader's terminal.
 */
import { comparable } from './wording';

/**
 * The lines of a pasted text. Nothing in them can act on a terminal or change the direction of its
 * text.
 */
export function linesOf(pasted: string): string[] {
  const known = new Map<string, string[]>();
  return pasted.split(/\r\n?|\n|\u2028|\u2029/).flatMap((raw) => {
    const before = known.get(raw);
    if (before) return before;
    const lines = cleaned(raw.slice(0, LONGEST_LINE));
    if (known.size < MOST_KNOWN) known.set(raw, lines);
    return lines;
  });
}

/** A bundled script on one line is longer; a message of a browser is not. */
const LONGEST_LINE = 16_384;

/** A console repeats itself. */
const MOST_KNOWN = 20_000;

/** One line, or several where the copy has them as entities. */
function cleaned(raw: string): string[] {
  return comparable(withoutInvisible(decoded(decoded(raw))))
    .replace(/\\{1,4}(?=')/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Escaped once by a web page, and again by the tracker that quotes it. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (entity, decimal, hex, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? entity;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
};

/**
 * Colours go as a whole; of the rest only line breaks and spaces stay: no control, bidi,
 * private or half character.
 */
function withoutInvisible(text: string): string {
  return text
    .replace(TERMINAL_SEQUENCE, '')
    .replace(/\r\n?|\p{Zl}|\p{Zp}/gu, '\n')
    .replace(/[\t\p{Zs}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}]|(?!\n)\p{Cc}/gu, '')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1');
}

/** A title of the window or a link, and a colour or a movement of the cursor. */
const TERMINAL_SEQUENCE = /(?!\t)\p{Cc}(?:\][^\p{Cc}]{0,256}\p{Cc}\\?|\[[0-9;:<=>?]{0,32}[ -/]{0,4}[@-~])/gu;
