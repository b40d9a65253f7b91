/** JSON pointers into a document, as `$ref` and errors have them: `#/paths/~1pets/get`. */

export function pointer(keys: string[]): string {
  return ['#', ...keys.map((key) => key.replace(/~/g, '~0').replace(/\//g, '~1'))].join('/');
}

/** What stands there; `undefined` where nothing does. */
export function at(document: any, reference: string): any {
  return reference
    .split('/')
    .slice(1)
    .map(unescaped)
    .reduce(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key] : undefined,
      document,
    );
}

function unescaped(key: string): string {
  const text = key.replace(/~1/g, '/').replace(/~0/g, '~');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
