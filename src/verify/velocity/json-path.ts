import { Unknowable, type Value } from './values';

/**
 * The part of a JSON text that a JSONPath names: plain steps such as `$.pets[0]['name']`; anything
 * cleverer is not guessed.
 */
export function jsonPath(json: string, path: string): Value {
  const steps = Array.from(path.matchAll(STEP), ([, property, index, quoted]) => property ?? quoted ?? Number(index));
  const plain = path.startsWith('$') && path.slice(1).replace(STEP, '') === '';
  if (!plain) return new Unknowable(`the JSONPath ${path} is one that this simulator does not follow`);
  let value: any;
  try {
    value = JSON.parse(json === '' ? '{}' : json);
  } catch {
    return steps.length === 0 ? json : '';
  }
  for (const step of steps)
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? value[step] : undefined;
  return value === undefined ? '' : asValue(value);
}

const STEP = /\.([\w-]+)|\[(\d+)\]|\[['"]([^'"]*)['"]\]/g;

export function asValue(data: any): Value {
  if (Array.isArray(data)) return data.map(asValue);
  if (typeof data === 'object' && data !== null)
    return new Map(Object.entries(data).map(([key, item]) => [key, asValue(item)]));
  return data;
}
