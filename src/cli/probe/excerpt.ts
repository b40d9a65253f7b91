import { printable } from '../terminal';

/** The beginning of a body as one line of text, without markup. */
export function excerptOf(body: string): string {
  const text = body
    .replace(/<(style|script|head)\b.*?<\/\1\s*>/gis, ' ')
    .replace(/<[^>]{0,1000}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return printable(text.length > LONG ? `${text.slice(0, LONG)}…` : text);
}

const LONG = 200;
