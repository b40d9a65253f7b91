import { AspectPriority, Aspects, Stage } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { memo } from '../collections';
import { type ApiGatewayResources, apiGatewayResources } from './cfn-resources';
import { isAfter, isInTree } from './tree-order';

/** No path part, route or CloudFormation name can look like this. */
const MARKER_ID = '@cdk-cors';

/** The resources are those of before the first engine ran: all engines share one walk. */
type Engine = (stage: IConstruct, resources: ApiGatewayResources) => void;

/**
 * Has an engine run on a Stage's finished tree, however the app's Aspects are invoked.
 *
 * Aspects run node by node from the top, so whoever wants to see what the others did has to sit as
 * late in the tree as possible, and on a construct of its own: an Aspect that is added to a
 * construct while that one is visited is skipped or refused by the CDK. A marker under each target
 * is visited whether the call came before synthesis or from another Aspect. The engine runs when
 * the last of them is visited, and once more from the end of the Stage where the app has Aspects
 * and stabilizes them. It has to be idempotent.
 */
export function atSynthesis(target: IConstruct, engine: Engine): void {
  const stage = Stage.of(target)!;
  const markers = memo(known, stage, () => new Markers());
  // Who asked last runs last: a document is patched with what the other engines added beside it.
  markers.engines.delete(engine);
  markers.engines.add(engine);
  if (target.node.scopes.some((scope) => markers.pendingAt(scope))) return;
  markers.list.push(new Marker(target, (marker) => markers.visited(stage, marker)));
}

class Marker extends Construct {
  public visits = 0;

  constructor(scope: IConstruct, onVisit: (marker: Marker) => void) {
    super(scope as Construct, MARKER_ID);
    const visit = (node: IConstruct) => {
      if (node !== this) return;
      this.visits += 1;
      onVisit(this);
    };
    Aspects.of(this).add({ visit }, { priority: AspectPriority.MUTATING });
  }
}

class Markers {
  public readonly engines = new Set<Engine>();
  public readonly list: Marker[] = [];

  public pendingAt(scope: IConstruct): boolean {
    const marker = scope.node.tryFindChild(MARKER_ID);
    return marker instanceof Marker && this.list.includes(marker);
  }

  public visited(stage: IConstruct, by: Marker): void {
    // Removed ones are never visited, nor, where Aspects are invoked once, those that came to be
    // behind the walk.
    if (this.list.some((marker) => marker.visits < by.visits && isInTree(marker) && isAfter(marker, by))) return;
    this.run(stage);
    // Only an app that stabilizes its Aspects comes to this one, after all that they did to what
    // the engine made. Without any, nothing was done.
    if (hasAspects(stage) && !stage.node.tryFindChild(MARKER_ID)) new Marker(stage, () => this.run(stage));
  }

  private run(stage: IConstruct): void {
    const resources = apiGatewayResources(stage);
    for (const engine of this.engines) engine(stage, resources);
  }
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
