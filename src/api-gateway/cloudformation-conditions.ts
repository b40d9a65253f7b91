/**
 * `Fn::If` in resolved CloudFormation data. A value stands for each of its branches, and an
 * intrinsic function that only the deployment works out stands for itself.
 */

/** Resolved CloudFormation data: JSON, with intrinsic functions where only the deployment knows. */
type Json = any;

/** The value by which CloudFormation leaves a property out. */
export const LEFT_OUT = { Ref: 'AWS::NoValue' };

/** Applies to a value, or to each branch of its conditions; other intrinsic functions stay. */
export function mapBranches(value: Json, patch: (plain: Json) => Json): Json {
  const condition = conditionOf(value);
  if (condition) return withBranches(condition, (branch) => mapBranches(branch, patch));
  return isIntrinsic(value) ? value : patch(value);
}

/** The value, or those on each branch of its conditions, without what only the deployment knows. */
export function branchesOf(value: Json): Json[] {
  return outcomesOf(value).filter((outcome) => outcome !== undefined && !isIntrinsic(outcome));
}

/** The same with objects alone: what else stands there is a mistake, and stays. */
export function mapObjects(value: Json, patch: (object: Record<string, Json>) => Json): Json {
  return mapBranches(value, (plain) => (isObject(plain) ? patch(plain) : plain));
}

/** The same, with an empty object on the branches where it is left out. */
export function mapObjectsOrNone(value: Json, patch: (object: Record<string, Json>) => Json): Json {
  return mapObjects(
    defaultBranches(value, () => ({})),
    patch,
  );
}

/** Those of the branches that are objects. */
export function objectsOf(value: Json): Record<string, Json>[] {
  return branchesOf(value).filter(isObject);
}

/**
 * All that conditions may make of a value: `undefined` where it is left out, and as it is what only
 * the deployment knows.
 */
export function outcomesOf(value: Json): Json[] {
  const condition = conditionOf(value);
  if (condition) return condition.slice(1).flatMap(outcomesOf);
  return [isLeftOut(value) ? undefined : value];
}

/** The value, with another on those branches of its conditions where it is left out. */
export function defaultBranches(value: Json, other: () => Json): Json {
  const condition = conditionOf(value);
  if (condition) return withBranches(condition, (branch) => defaultBranches(branch, other));
  return isLeftOut(value) ? other() : value;
}

export function isIntrinsic(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

/** Not a list, and not the instance of a class, such as a token that stands for something else. */
function isObject(value: Json): value is Record<string, Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The name of a condition and its two branches; anything else is a mistake in the template. */
function conditionOf(value: Json): Json[] | undefined {
  const condition = value?.['Fn::If'];
  return Array.isArray(condition) && condition.length === 3 ? condition : undefined;
}

function withBranches([name, ...branches]: Json[], patch: (branch: Json) => Json): Json {
  return { 'Fn::If': [name, ...branches.map((branch) => patch(branch))] };
}

function isLeftOut(value: Json): boolean {
  return value === undefined || value?.Ref === 'AWS::NoValue';
}
