import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { memo } from './memo';

const warned = new WeakMap<IConstruct, Set<string>>();

/**
 * Warns about a construct, once an id: the tree is looked at more than once, and acknowledging removes only one of two texts
 * under one id. Each id is explained in `docs/rules.md`.
 */
export function warn(construct: IConstruct, id: string, text: string): void {
  const ids = memo(warned, construct, () => new Set<string>());
  if (ids.has(id)) return;
  ids.add(id);
  Annotations.of(construct).addWarningV2(`cdk-cors:${id}`, text);
}
