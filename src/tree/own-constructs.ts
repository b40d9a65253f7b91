import type { IConstruct } from 'constructs';

/** The purpose of a construct that this library made, or of a property that it set. */
export type Role =
  | 'preflight-method'
  | 'preflight-route'
  | 'shared-resource'
  | 'gateway-response'
  | 'cors-configuration';

/** On the construct itself, so that two copies of this package in one app see each other's work. */
const OWN = Symbol.for('cdk-cors.own');

/** Notes that this library made a construct; `detail` is what a later look at the tree needs. */
export function markOwn(construct: IConstruct, role: Role, detail?: unknown): void {
  Object.defineProperty(construct, OWN, { value: { role, detail }, configurable: true });
}

export function isOwn(construct: IConstruct, role: Role): boolean {
  return markOn(construct)?.role === role;
}

/** The note that came with the mark; `undefined` without a mark of that role. */
export function ownDetail<Detail>(construct: IConstruct, role: Role): Detail | undefined {
  const mark = markOn(construct);
  return mark?.role === role ? (mark.detail as Detail) : undefined;
}

function markOn(construct: IConstruct): { role: Role; detail: unknown } | undefined {
  return (construct as { [OWN]?: { role: Role; detail: unknown } })[OWN];
}
