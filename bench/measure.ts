/**
 * Runs one scenario in a process of its own and prints what it took: `ts-node bench/measure.ts
 * preflights cdk-cors 200`.
 */
import type { Scenario, Side } from './scenarios';

export interface Measured {
  /** What comes before in each process, in milliseconds: loading, and an app with one path. */
  readonly start: number;
  /** Of this process, in milliseconds. */
  readonly cpu: number;
  readonly resources: number;
  readonly bytes: number;
}

const [scenario, side, paths] = process.argv.slice(2);

const begun = process.cpuUsage();
const { SCENARIOS }: { SCENARIOS: Record<string, Scenario> } = require('./scenarios');
SCENARIOS[scenario](side as Side, 1).synth(); // loads what is loaded when first used
const start = since(begun);

const before = process.cpuUsage();
const { template } = SCENARIOS[scenario](side as Side, Number(paths))
  .synth()
  .getStackByName('Stack');
const measured: Measured = {
  start,
  cpu: since(before),
  resources: Object.keys(template.Resources).length,
  bytes: JSON.stringify(template).length,
};
process.stdout.write(JSON.stringify(measured));

function since(moment: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(moment);
  return (user + system) / 1000;
}
