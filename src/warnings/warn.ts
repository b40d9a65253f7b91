import { Annotations } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { getOrCreate } from '../collections';
import { paragraphOf, type WarningId } from './catalogue';

/** Warns about a construct. Each id is explained in `docs/rules.md`. */
export function warn(construct: IConstruct, id: WarningId, text: string): void {
  say(construct, id, (scope) => Annotations.of(scope).addWarningV2(`cdk-cors:${id}`, linked(id, text)));
}

/** Says what needs no change here, but is good to know. */
export function inform(construct: IConstruct, id: WarningId, text: string): void {
  say(construct, id, (scope) => Annotations.of(scope).addInfoV2(`cdk-cors:${id}`, linked(id, text)));
}

function linked(id: WarningId, text: string): string {
  return `${text} See ${paragraphOf(id)}`;
}

const said = new WeakMap<IConstruct, Set<WarningId>>();

/**
 * Once an id: the tree is looked at more than once, and acknowledging removes only one of two texts
 * under one id.
 */
function say(construct: IConstruct, id: WarningId, annotate: (scope: IConstruct) => void): void {
  const ids = getOrCreate(said, construct, () => new Set<WarningId>());
  if (ids.has(id) || isAcknowledged(construct, annotate)) return;
  ids.add(id);
  annotate(construct);
}

/**
 * aws-cdk-lib heeds an acknowledgement that came before the warning only below the construct that
 * it was made on.
 */
function isAcknowledged(construct: IConstruct, annotate: (scope: IConstruct) => void): boolean {
  const below = new Construct(construct as Construct, '@cdk-cors-probe');
  annotate(below);
  construct.node.tryRemoveChild(below.node.id);
  return below.node.metadata.length === 0;
}
