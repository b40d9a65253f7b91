/**
 * A scalar of a document or a template as text;
 * what is written in its place is never the text that is looked for.
 */
export function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
