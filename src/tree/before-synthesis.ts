import { Stage } from 'aws-cdk-lib';

/**
 * Looks at every Stage right before it is synthesized, wherever it is made and by whom.
 *
 * The CDK tells nobody of a new construct, and Aspects stop at Stages: nested Stages are
 * synthesized before the Aspects of the App run, and unit tests synthesize them without the App.
 * All of that goes through `Stage.synth`, so that is where the look is added.
 */
export function beforeSynthesis(look: (stage: Stage) => void): void {
  const { synth } = Stage.prototype;
  Stage.prototype.synth = function (this: Stage, ...options: Parameters<Stage['synth']>) {
    look(this);
    return synth.apply(this, options);
  };
}
