/**
 * Any value of a template as text; nothing is the empty text. `String` would call what an object
 * has by the name `toString`.
 */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
