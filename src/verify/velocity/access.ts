import { at, callList, callMap } from './java-collections';
import { callString } from './java-string';
import { HostObject, toText, Unknowable, type Value } from './values';

/** `$a.b`: a map's entry or a getter. */
export function readProperty(value: Value, name: string): Value {
  if (value instanceof Unknowable) return value;
  if (value instanceof Map) return value.get(name) ?? null;
  if (value instanceof HostObject) return value.get(name);
  const getter = name === 'empty' ? 'isEmpty' : `get${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return tryMethod(value, getter, []) ?? null;
}

/** `$a[0]`, `$a["b"]` */
export function indexInto(value: Value, index: Value): Value {
  if (value instanceof Unknowable) return value;
  if (Array.isArray(value)) return at(value, index) ?? null;
  if (index instanceof Unknowable) return index;
  return index === null ? null : readProperty(value, toText(index));
}

/**
 * `$a.b()`; null where Java has no such method. Methods that exist but are not known here give
 * something unknowable.
 */
export function callMethod(value: Value, method: string, parameters: Value[]): Value {
  if (value instanceof Unknowable) return value;
  const result = tryMethod(value, method, parameters);
  if (result !== undefined) return result;
  return JAVA_METHODS.has(method)
    ? new Unknowable(`${method}() is a method of Java that this simulator does not follow`)
    : null;
}

function tryMethod(value: Value, method: string, parameters: Value[]): Value | undefined {
  if (typeof value === 'string') return callString(value, method, parameters);
  if (Array.isArray(value)) return callList(value, method, parameters);
  if (value instanceof HostObject) return value.call(method, parameters);
  if (value instanceof Map) return callMap(value, method, parameters);
  return callScalar(value, method, parameters);
}

/** Numbers and booleans. */
function callScalar(value: Value, method: string, parameters: Value[]): Value | undefined {
  switch (`${method}/${parameters.length}`) {
    case 'toString/0':
      return toText(value);
    case 'equals/1':
      return value === parameters[0];
    case 'intValue/0':
    case 'longValue/0':
      return typeof value === 'number' ? Math.trunc(value) : undefined;
    case 'parseInt/1':
    case 'valueOf/1':
      return typeof value === 'number' && typeof parameters[0] === 'string'
        ? Number.parseInt(parameters[0], 10)
        : undefined;
    default:
      return undefined;
  }
}

const JAVA_METHODS = new Set(
  (
    'chars,codePointAt,codePoints,compareToIgnoreCase,copyValueOf,describeConstable,format,formatted,' +
    'getBytes,getChars,getClass,hashCode,indent,lines,offsetByCodePoints,regionMatches,stripIndent,' +
    'stripLeading,stripTrailing,subSequence,toCharArray,transform,translateEscapes,join,' +
    'clear,clone,containsAll,forEach,lastIndexOf,listIterator,removeAll,removeIf,retainAll,sort,stream,toArray,' +
    'compute,computeIfAbsent,merge,putIfAbsent,doubleValue,floatValue,shortValue,byteValue,' +
    'compareTo,booleanValue,next,hasNext'
  ).split(','),
);
