import { JavaException } from './java-string';
import { equal, isEmpty, toText, Unknowable, type Value } from './values';

/** The methods of java.util.List that mapping templates use; `undefined`: no such method. */
export function callList(list: Value[], method: string, parameters: Value[]): Value | undefined {
  const [first, second] = parameters;
  switch (`${method}/${parameters.length}`) {
    case 'size/0':
      return list.length;
    case 'isEmpty/0':
      return isEmpty(list);
    case 'get/1':
      return at(list, first);
    case 'contains/1':
      return contains(list, first);
    case 'indexOf/1':
      return list.findIndex((item) => same(item, first));
    case 'add/1':
      list.push(first);
      return true;
    case 'addAll/1':
      if (Array.isArray(first)) list.push(...first);
      return Array.isArray(first) && first.length > 0;
    case 'set/2':
      return replaceAt(list, first, second);
    case 'remove/1':
      return remove(list, first);
    case 'subList/2':
      return typeof first === 'number' && typeof second === 'number' ? list.slice(first, second) : undefined;
    case 'iterator/0':
      return list;
    case 'toString/0':
      return toText(list);
    default:
      return undefined;
  }
}

/** The methods of java.util.Map that mapping templates use; `undefined`: no such method. */
export function callMap(map: Map<string, Value>, method: string, parameters: Value[]): Value | undefined {
  const [key, value] = parameters;
  if (key instanceof Unknowable) return key;
  switch (`${method}/${parameters.length}`) {
    case 'size/0':
      return map.size;
    case 'isEmpty/0':
      return map.size === 0;
    case 'get/1':
      return map.get(toText(key)) ?? null;
    case 'getOrDefault/2':
      return map.has(toText(key)) ? (map.get(toText(key)) ?? null) : value;
    case 'containsKey/1':
      return map.has(toText(key));
    case 'containsValue/1':
      return contains(Array.from(map.values()), key);
    case 'keySet/0':
      return Array.from(map.keys());
    case 'values/0':
      return Array.from(map.values());
    case 'entrySet/0':
      return Array.from(
        map,
        ([name, item]) =>
          new Map<string, Value>([
            ['key', name],
            ['value', item],
          ]),
      );
    case 'getKey/0':
    case 'getValue/0':
      return map.get(method.slice('get'.length).toLowerCase()) ?? null;
    case 'put/2':
      return put(map, toText(key), value);
    case 'putAll/1':
      if (key instanceof Map) for (const [name, item] of key) map.set(name, item);
      return null;
    case 'remove/1':
      return takeOut(map, toText(key));
    case 'toString/0':
      return toText(map);
    default:
      return undefined;
  }
}

export function at(list: Value[], index: Value): Value | undefined {
  if (index instanceof Unknowable) return index;
  if (typeof index !== 'number') return undefined;
  if (index < 0 || index >= list.length) throw new JavaException(`index ${index} of a list of ${list.length}`);
  return list[index];
}

function contains(list: Value[], wanted: Value): Value {
  const answers = list.map((item) =>
    typeof item === typeof wanted || item instanceof Unknowable ? equal(item, wanted) : false,
  );
  return answers.includes(true) ? true : (answers.find((answer) => answer instanceof Unknowable) ?? false);
}

function same(item: Value, wanted: Value): boolean {
  return typeof item === typeof wanted && equal(item, wanted) === true;
}

function replaceAt(list: Value[], index: Value, value: Value): Value | undefined {
  const before = at(list, index);
  if (typeof index === 'number') list[index] = value;
  return before;
}

function remove(list: Value[], what: Value): Value | undefined {
  if (typeof what === 'number') {
    const before = at(list, what);
    list.splice(what, 1);
    return before;
  }
  const index = list.findIndex((item) => same(item, what));
  if (index >= 0) list.splice(index, 1);
  return index >= 0;
}

function put(map: Map<string, Value>, key: string, value: Value): Value {
  const before = map.get(key) ?? null;
  map.set(key, value);
  return before;
}

function takeOut(map: Map<string, Value>, key: string): Value {
  const before = map.get(key) ?? null;
  map.delete(key);
  return before;
}
