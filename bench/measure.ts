/** Runs one scenario in a process of its own and prints what it took: `ts-node bench/measure.ts preflights cdk-cors 200`. */
import { SCENARIOS, type Side } from './scenarios';

export interface Measured {
  /** Of this process, in milliseconds. */
  readonly cpu: number;
  readonly resources: number;
  readonly bytes: number;
}

const [scenario, side, paths] = process.argv.slice(2);
SCENARIOS[scenario](side as Side, 1).synth(); // loads what is loaded when first used

const before = process.cpuUsage();
const { template } = SCENARIOS[scenario](side as Side, Number(paths))
  .synth()
  .getStackByName('Stack');
const { user, system } = process.cpuUsage(before);
const measured: Measured = {
  cpu: (user + system) / 1000,
  resources: Object.keys(template.Resources).length,
  bytes: JSON.stringify(template).length,
};
process.stdout.write(JSON.stringify(measured));
