import type { IConstruct } from 'constructs';

/** Whether a construct is still where it was made: `tryRemoveChild` leaves no other trace. */
export function isInTree(construct: IConstruct): boolean {
  const { scopes } = construct.node;
  return scopes.every((scope, i) => i === 0 || scopes[i - 1].node.tryFindChild(scope.node.id) === scope);
}

/** Whether Aspects come to one construct after the other. Neither is above the other. */
export function isAfter(construct: IConstruct, other: IConstruct): boolean {
  const [mine, others] = [construct.node.scopes, other.node.scopes];
  const fork = mine.findIndex((scope, i) => scope !== others[i]);
  if (fork < 1) return false;
  const siblings = mine[fork - 1].node.children;
  return siblings.indexOf(mine[fork]) > siblings.indexOf(others[fork]);
}
