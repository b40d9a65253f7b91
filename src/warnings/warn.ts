import { Annotations } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { getOrCreate } from '../collections';
import { type Details, paragraphOf, type Warning, type WarningId, warning } from './catalogue';

/** Warns about a construct, by the id of a text in the catalogue and the details of that text. */
export function warn<Id extends WarningId>(construct: IConstruct, id: Id, ...details: Details<Id>): void {
  annotate(construct, warning(id, ...details));
}

/** Says what needs no change here, but is good to know. */
export function inform<Id extends WarningId>(construct: IConstruct, id: Id, ...details: Details<Id>): void {
  say(construct, warning(id, ...details), 'addInfoV2');
}

/** Says a warning that was found where no construct is at hand. */
export function annotate(construct: IConstruct, found: Warning): void {
  say(construct, found, 'addWarningV2');
}

const said = new WeakMap<IConstruct, Set<WarningId>>();

/**
 * Once an id: the tree is looked at more than once, and acknowledging removes only one of two texts
 * under one id.
 */
function say(construct: IConstruct, { id, text }: Warning, how: 'addWarningV2' | 'addInfoV2'): void {
  const say = (scope: IConstruct) => Annotations.of(scope)[how](`cdk-cors:${id}`, `${text} See ${paragraphOf(id)}`);
  const ids = getOrCreate(said, construct, () => new Set<WarningId>());
  if (ids.has(id) || isAcknowledged(construct, say)) return;
  ids.add(id);
  say(construct);
}

/**
 * aws-cdk-lib heeds an acknowledgement that came before the warning only below the construct that
 * it was made on.
 */
function isAcknowledged(construct: IConstruct, say: (scope: IConstruct) => void): boolean {
  const below = new Construct(construct as Construct, '@cdk-cors-probe');
  say(below);
  construct.node.tryRemoveChild(below.node.id);
  return below.node.metadata.length === 0;
}
