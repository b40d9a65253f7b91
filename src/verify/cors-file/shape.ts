import { nearest } from '../../text/nearest';

/**
 * A JSON Schema of the few keywords that a settings file needs, with checks that no schema can
 * express. As JSON it is what editors read: functions have no place in JSON, so `check` stays here.
 */
export interface Shape {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type: 'object' | 'array' | 'string' | 'boolean';
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Of an object: what stands under names that are not listed, or `false`. */
  readonly additionalProperties?: Shape | false;
  readonly items?: Shape;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly examples?: readonly unknown[];
  /** What is wrong with a value of the right type. */
  check?(value: any): string | undefined;
}

/** Everything that is wrong with a value: where, and what to write instead. */
export function faultsOf(value: unknown, shape: Shape, where = ''): string[] {
  const type = typeOf(value);
  if (type !== shape.type)
    return [`${where || 'the content'} is ${WORDS[type] ?? type}, and should be ${WORDS[shape.type]}`];
  switch (shape.type) {
    case 'object':
      return [...objectFaults(value as Record<string, unknown>, shape, where), ...own(value, shape, where)];
    case 'array':
      return [...listFaults(value as unknown[], shape, where), ...own(value, shape, where)];
    default:
      return scalarFaults(value as string | boolean, shape, where);
  }
}

function objectFaults(object: Record<string, unknown>, shape: Shape, where: string): string[] {
  const { properties = {}, required = [], additionalProperties } = shape;
  const missing = required.filter((name) => !Object.hasOwn(object, name));
  return [
    ...missing.map((name) => `${inside(where, name)} is missing: ${properties[name]?.description ?? 'add it'}`),
    ...Object.entries(object).flatMap(([name, item]) => {
      const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      if (known) return faultsOf(item, known, inside(where, name));
      return [`${inside(where, name)} is not known. ${hintFor(name, Object.keys(properties))}`];
    }),
  ];
}

function hintFor(name: string, names: string[]): string {
  const meant = nearest(name, names);
  return meant === undefined ? `Known are ${names.join(', ')}` : `Did you mean "${meant}"?`;
}

function listFaults(list: unknown[], { items, minItems = 0 }: Shape, where: string): string[] {
  if (list.length < minItems) return [`${where} lists nothing: leave it out, or list what it is about`];
  return items ? list.flatMap((item, index) => faultsOf(item, items, `${where}[${index}]`)) : [];
}

function scalarFaults(value: string | boolean, shape: Shape, where: string): string[] {
  if (typeof value === 'boolean') return [];
  const { enum: values, pattern, minLength = 0 } = shape;
  if (values && !values.includes(value)) return [`${where}: "${value}" is not known. ${hintFor(value, [...values])}`];
  if (value.length < minLength) return [`${where} is empty: ${shape.description}`];
  const faults = own(value, shape, where);
  if (faults.length > 0 || pattern === undefined || new RegExp(pattern, 'u').test(value)) return faults;
  return [`${where}: "${value}" is not of the form ${shape.examples?.map((each) => `"${each}"`).join(' or ')}`];
}

function own(value: unknown, { check }: Shape, where: string): string[] {
  const fault = check?.(value);
  return fault === undefined ? [] : [`${where || 'the content'}: ${fault}`];
}

function inside(where: string, name: string): string {
  if (!/^[\w$]+$/.test(name)) return `${where}[${JSON.stringify(name)}]`;
  return where === '' ? name : `${where}.${name}`;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

const WORDS: Record<string, string> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
};
