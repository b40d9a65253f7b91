import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { memo } from './memo';

/** Warns about a construct. Each id is explained in `docs/rules.md`. */
export function warn(construct: IConstruct, id: string, text: string): void {
  if (isNew(construct, id)) Annotations.of(construct).addWarningV2(`cdk-cors:${id}`, text);
}

/** Says what needs no change here, but is good to know. */
export function inform(construct: IConstruct, id: string, text: string): void {
  if (isNew(construct, id)) Annotations.of(construct).addInfoV2(`cdk-cors:${id}`, text);
}

const said = new WeakMap<IConstruct, Set<string>>();

/** Once an id: the tree is looked at more than once, and acknowledging removes only one of two texts under one id. */
function isNew(construct: IConstruct, id: string): boolean {
  const ids = memo(said, construct, () => new Set<string>());
  const before = ids.size;
  return ids.add(id).size > before;
}
