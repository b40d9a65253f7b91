/**
 * Values that are known only after deployment. They stay strings, so that everything downstream
 * handles one kind of value: the unknown part stands between two characters that no template holds,
 * and says what it is.
 *
 *     https://⟦Distribution.DomainName⟧
 *
 * Two references to one thing have the same text, so these strings also tell which resource belongs
 * to which API.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const PARTS = new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`, 'g');

export function unknown(what: string): string {
  return OPEN + what + CLOSE;
}

export function isKnown(text: string): boolean {
  return !text.includes(OPEN);
}

/** What the unknown parts are: ['Distribution.DomainName']. */
export function unknownParts(text: string): string[] {
  return Array.from(text.matchAll(PARTS), ([, what]) => what);
}

/** What stands before, between and after the unknown parts: ['https://', '']. */
export function knownParts(text: string): string[] {
  return text.split(PARTS).filter((_, index) => index % 2 === 0);
}

/** For users to read: https://${Distribution.DomainName}, {{resolve:ssm:/origin}}. */
export function readable(text: string): string {
  return isKnown(text)
    ? text
    : text.replace(PARTS, (_, what: string) => (what.startsWith('{{') ? what : `\${${what}}`));
}

/** Whether a text with unknown parts could turn out to be the other one, which is known. */
export function couldBe(text: string, known: string): boolean {
  const literals = knownParts(text);
  if (literals.length === 1) return text === known;
  const first = literals[0];
  const last = literals[literals.length - 1];
  if (!known.startsWith(first) || !known.endsWith(last) || known.length < first.length + last.length) return false;
  let rest = known.slice(first.length, known.length - last.length);
  for (const literal of literals.slice(1, -1)) {
    const at = rest.indexOf(literal);
    if (at < 0) return false;
    rest = rest.slice(at + literal.length);
  }
  return true;
}

/** Splits a text where the delimiter stands in its known parts. */
export function splitOutside(text: string, delimiter: string): string[] {
  const pieces = [''];
  text.split(PARTS).forEach((part, index) => {
    const [first, ...rest] = index % 2 === 0 ? part.split(delimiter) : [unknown(part)];
    pieces[pieces.length - 1] += first;
    pieces.push(...rest);
  });
  return pieces;
}
