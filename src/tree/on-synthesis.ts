import { AspectPriority, Aspects, Stage } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { getOrCreate } from '../collections';
import { ownAspects } from './cdk-internals';
import { isAfter, isInTree } from './tree-order';

/** No path part, route or CloudFormation name can look like this. */
const HOOK_ID = '@cdk-cors';

/** Resources are made before warnings look at them. */
const PHASES = ['cover', 'check'] as const;
type Phase = (typeof PHASES)[number];

/**
 * Runs an engine on a Stage's finished tree, one for each phase,
 * however the app's Aspects are invoked.
 *
 * Aspects run node by node from the top, so an Aspect that wants to see what the others did has to
 * sit as late in the tree as possible, and on a construct of its own: an Aspect that is added to a
 * construct while that one is visited is skipped or refused by the CDK. A hook under each target is
 * visited whether the call came before synthesis or from another Aspect. The engine runs when the
 * last of them is visited, and once more from the end of the Stage where the app has Aspects and
 * stabilizes them. It has to be idempotent.
 */
export function atSynthesis(target: IConstruct, phase: Phase, engine: () => void): void {
  const stage = Stage.of(target)!;
  const hooks = getOrCreate(known, stage, () => new SynthesisHooks());
  getOrCreate(hooks.engines, phase, () => engine);
  if (target.node.scopes.some((scope) => hooks.pendingAt(scope))) return;
  hooks.list.push(new SynthesisHook(target, (hook) => hooks.visited(stage, hook)));
}

/**
 * The same without a target, from the end of a Stage: to be called when that is about to be
 * synthesized, and again each time.
 */
export function atEndOfSynthesis(stage: IConstruct, phase: Phase, engine: () => void): void {
  const hooks = getOrCreate(known, stage, () => new SynthesisHooks());
  getOrCreate(hooks.engines, phase, () => engine);
  if (hooks.pendingAt(stage)) return;
  hooks.list.push(new SynthesisHook(stage, (hook) => hooks.visited(stage, hook)));
}

class SynthesisHook extends Construct {
  public visits = 0;

  public constructor(scope: IConstruct, onVisit: (hook: SynthesisHook) => void) {
    super(scope as Construct, freeId(scope));
    const visit = (node: IConstruct) => {
      if (node !== this) return;
      this.visits += 1;
      onVisit(this);
    };
    Aspects.of(this).add({ visit }, { priority: AspectPriority.MUTATING });
  }
}

class SynthesisHooks {
  public readonly list: SynthesisHook[] = [];
  public readonly engines = new Map<Phase, () => void>();
  private last?: SynthesisHook;

  public pendingAt(scope: IConstruct): boolean {
    return this.list.some((hook) => hook.node.scope === scope && isInTree(hook));
  }

  public visited(stage: IConstruct, by: SynthesisHook): void {
    // Removed ones are never visited, nor, where Aspects are invoked once, those added behind
    // the visitor.
    if (this.list.some((hook) => hook.visits < by.visits && isInTree(hook) && isAfter(hook, by))) return;
    this.run();
    // Only an app that stabilizes its Aspects comes to this one, after all that they did to what
    // the engine made. Without Aspects there is
    // nothing to redo.
    if (!this.last && hasAspects(stage)) this.last = new SynthesisHook(stage, () => this.run());
  }

  private run(): void {
    for (const phase of PHASES) this.engines.get(phase)?.();
  }
}

/** Another copy of this package in the app has hooks of its own. */
function freeId(scope: IConstruct): string {
  return scope.node.tryFindChild(HOOK_ID) ? `${HOOK_ID}-${scope.node.children.length}` : HOOK_ID;
}

/** Whether anyone but this library may change a Stage's tree while Aspects are invoked. */
function hasAspects(construct: IConstruct): boolean {
  if (construct instanceof SynthesisHook) return false;
  return (
    Aspects.of(construct).all.length > ownAspects(construct) ||
    construct.node.children.some((child) => !Stage.isStage(child) && hasAspects(child))
  );
}

const known = new WeakMap<IConstruct, SynthesisHooks>();
