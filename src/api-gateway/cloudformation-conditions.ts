/** `Fn::If` in resolved CloudFormation data: what is said of a value holds on both of its sides. */

/**
 * Applies to a value, or to both sides of an `Fn::If`; what else CloudFormation works out at
 * deployment stays as it is.
 */
export function throughConditions(value: any, patch: (plain: any) => any): any {
  const condition = value?.['Fn::If'];
  if (condition)
    return { 'Fn::If': [condition[0], ...condition.slice(1).map((side: any) => throughConditions(side, patch))] };
  return isIntrinsic(value) ? value : patch(value);
}

/**
 * The value, or those on every side of its conditions, but for what is known only at deployment.
 */
export function everySide(value: any): any[] {
  return everyOutcome(value).filter((outcome) => outcome !== undefined && !isIntrinsic(outcome));
}

/**
 * All that conditions may make of a value: `undefined` where it is left out, and what is known only
 * at deployment as it stands.
 */
export function everyOutcome(value: any): any[] {
  const condition = value?.['Fn::If'];
  if (condition) return condition.slice(1).flatMap(everyOutcome);
  return [isLeftOut(value) ? undefined : value];
}

/** The value, with another on those sides of its conditions where it is left out. */
export function orElse(value: any, other: () => any): any {
  const condition = value?.['Fn::If'];
  if (condition) return { 'Fn::If': [condition[0], ...condition.slice(1).map((side: any) => orElse(side, other))] };
  return isLeftOut(value) ? other() : value;
}

function isLeftOut(value: any): boolean {
  return value === undefined || value?.Ref === 'AWS::NoValue';
}

export function isIntrinsic(value: any): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}
