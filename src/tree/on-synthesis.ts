import { AspectPriority, Aspects, Stage } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { getOrCreate } from '../collections';
import { isAfter, isInTree } from './tree-order';

/** No path part, route or CloudFormation name can look like this. */
const MARKER_ID = '@cdk-cors';

/** What is made comes before what is said of it. */
const PHASES = ['cover', 'check'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * Runs an engine on a Stage's finished tree, one for each phase, however the app's Aspects are invoked.
 *
 * Aspects run node by node from the top, so whoever wants to see what the others did has to sit as
 * late in the tree as possible, and on a construct of its own: an Aspect that is added to a
 * construct while that one is visited is skipped or refused by the CDK. A marker under each target
 * is visited whether the call came before synthesis or from another Aspect. The engine runs when
 * the last of them is visited, and once more from the end of the Stage where the app has Aspects
 * and stabilizes them. It has to be idempotent.
 */
export function atSynthesis(target: IConstruct, phase: Phase, engine: () => void): void {
  const stage = Stage.of(target)!;
  const markers = getOrCreate(known, stage, () => new Markers());
  getOrCreate(markers.engines, phase, () => engine);
  if (target.node.scopes.some((scope) => markers.pendingAt(scope))) return;
  markers.list.push(new Marker(target, (marker) => markers.visited(stage, marker)));
}

class Marker extends Construct {
  public visits = 0;

  constructor(scope: IConstruct, onVisit: (marker: Marker) => void) {
    super(scope as Construct, freeId(scope));
    const visit = (node: IConstruct) => {
      if (node !== this) return;
      this.visits += 1;
      onVisit(this);
    };
    Aspects.of(this).add({ visit }, { priority: AspectPriority.MUTATING });
  }
}

class Markers {
  public readonly list: Marker[] = [];
  public readonly engines = new Map<Phase, () => void>();
  private last?: Marker;

  public pendingAt(scope: IConstruct): boolean {
    return this.list.some((marker) => marker.node.scope === scope && isInTree(marker));
  }

  public visited(stage: IConstruct, by: Marker): void {
    // Removed ones are never visited, nor, where Aspects are invoked once, those added
    // behind the visitor.
    if (this.list.some((marker) => marker.visits < by.visits && isInTree(marker) && isAfter(marker, by))) return;
    this.run();
    // Only an app that stabilizes its Aspects comes to this one, after all that they did to what
    // the engine made. Without any, nothing was done.
    if (!this.last && !this.pendingAt(stage) && hasAspects(stage)) this.last = new Marker(stage, () => this.run());
  }

  private run(): void {
    for (const phase of PHASES) this.engines.get(phase)?.();
  }
}

/** Another copy of this package in the app has markers of its own. */
function freeId(scope: IConstruct): string {
  return scope.node.tryFindChild(MARKER_ID) ? `${MARKER_ID}-${scope.node.children.length}` : MARKER_ID;
}

/** Whether anyone but this library may change a Stage's tree while Aspects are invoked. */
function hasAspects(construct: IConstruct): boolean {
  if (construct instanceof Marker) return false;
  return (
    Aspects.of(construct).all.length > 0 ||
    construct.node.children.some((child) => !Stage.isStage(child) && hasAspects(child))
  );
}

const known = new WeakMap<IConstruct, Markers>();
