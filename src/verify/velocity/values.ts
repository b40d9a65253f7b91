import { couldBe, isKnown, readable, unknown } from '../unknown';
import { within } from './budget';

/**
 * The values that Velocity templates compute with: Java's strings, numbers, booleans, lists and
 * maps, objects with methods such as `$input`, and `null` for what is not there.
 */
export type Value = string | number | boolean | null | Value[] | Map<string, Value> | HostObject | Unknowable;

/** An object that answers method calls; `undefined`: it has no such method. */
export abstract class HostObject {
  public abstract call(method: string, parameters: Value[]): Value | undefined;
  public get(_property: string): Value {
    return null;
  }
  public toString(): string {
    return unknown(this.constructor.name);
  }
}

/**
 * A value that nobody can know before a deployment, or that this evaluator has no way to compute.
 */
export class Unknowable {
  public constructor(public readonly why: string) {}
}

/** Renders as nothing; what else it is nobody has seen. */
export class Unset extends Unknowable {}

/**
 * Where Apache Velocity 1.7 and 2 differ; which of the two API Gateway follows is not documented.
 */
export type Dialect = '1.7' | '2';

/** How a value reads in the output. */
export function toText(value: Value): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return within(`[${value.map(toText).join(', ')}]`);
  if (value instanceof Map)
    return within(`{${Array.from(value, ([key, item]) => `${key}=${toText(item)}`).join(', ')}}`);
  if (value instanceof Unset) return '';
  if (value instanceof Unknowable) return unknown(value.why);
  return String(value);
}

export function isEmpty(value: Value): boolean {
  return (
    value === '' ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0) ||
    (value instanceof Map && value.size === 0)
  );
}

/** `==`: numbers by value, null only to null, anything else by its text. */
export function equal(left: Value, right: Value): boolean | Unknowable {
  if (left instanceof Unknowable) return left;
  if (right instanceof Unknowable) return right;
  if (left === null || right === null) return left === right;
  if (typeof left === 'number' && typeof right === 'number') return left === right;
  return sameText(toText(left), toText(right));
}

/** Whether two texts are the same, as far as what is unknown in them lets one say. */
export function sameText(left: string, right: string): boolean | Unknowable {
  if (left === right) return true;
  if (isKnown(left) && isKnown(right)) return false;
  const possible = isKnown(right) ? couldBe(left, right) : isKnown(left) ? couldBe(right, left) : true;
  return possible && new Unknowable(`whether ${readable(left)} is ${readable(right)} shows only after deployment`);
}

/** `<`, `>`, `<=`, `>=` are for numbers; anything else is logged as an error and false. */
export function compare(operator: string, left: Value, right: Value): boolean | Unknowable {
  if (left instanceof Unknowable) return left;
  if (right instanceof Unknowable) return right;
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return operator === '<=' ? left <= right : left >= right;
}

/**
 * Arithmetic on whole numbers stays whole, as in Java; `+` joins texts; what makes no sense gives
 * null.
 */
export function calculate(operator: string, left: Value, right: Value): Value {
  if (left instanceof Unknowable) return left;
  if (right instanceof Unknowable) return right;
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) {
    return left === null || right === null ? null : within(toText(left) + toText(right));
  }
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  const whole = Number.isInteger(left) && Number.isInteger(right);
  if ((operator === '/' || operator === '%') && right === 0) return null;
  if (operator === '/') return whole ? Math.trunc(left / right) : left / right;
  if (operator === '%') return left % right;
  if (operator === '+') return left + right;
  return operator === '-' ? left - right : left * right;
}
