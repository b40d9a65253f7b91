/**
 * JSON pointers into a document, as `$ref` and errors have them: `#/paths/~1pets/get`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */

export function pointer(keys: string[]): string {
  return ['#', ...keys.map((key) => key.replace(/~/g, '~0').replace(/\//g, '~1'))].join('/');
}

/** Whether a reference points into its own document, rather than into another file. */
export function isLocal(reference: string): boolean {
  return reference === '#' || reference.startsWith('#/');
}

/** The value that a local reference points at; `undefined` where it leads nowhere. */
export function valueAt(document: unknown, reference: string): any {
  return isLocal(reference) ? keysOf(reference).reduce(member, document) : undefined;
}

/** The keys on the way to what a local reference points at. */
export function keysOf(reference: string): string[] {
  return reference.split('/').slice(1).map(decoded);
}

/** What a value has under a key: an object of its own, a list by number. */
export function member(value: any, key: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9][0-9]*)$/.test(key) ? value[Number(key)] : undefined;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The percent encoding comes off first (§6), then `~1` before `~0` (§4). */
function decoded(part: string): string {
  return percentDecoded(part).replace(/~1/g, '/').replace(/~0/g, '~');
}

/** A `%` that encodes nothing stands for itself. */
function percentDecoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
