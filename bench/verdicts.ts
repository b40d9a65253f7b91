/** How fast the simulator is, once an API is loaded, and how long loading takes: `ts-node bench/verdicts.ts` after `npx projen compile`. */
import { CorsSimulator } from 'cdk-cors';
import { SCENARIOS } from './scenarios';

const ORIGIN = 'https://app.example.com';

function templateOf(scenario: string, paths: number): string {
  return JSON.stringify(SCENARIOS[scenario]('cdk-cors', paths).synth().getStackByName('Stack').template);
}

function verdictsPerSecond(): number {
  const simulator = CorsSimulator.fromTemplate(templateOf('responses', 200));
  const requests = Array.from({ length: 200 }, (_, i) => ({
    origin: ORIGIN,
    path: `/path${i}`,
    method: i % 2 ? 'GET' : 'POST',
    headers: { 'x-api-key': 'key' },
  }));
  const rates = Array.from({ length: 40 }, () => {
    const before = process.cpuUsage();
    for (const request of requests) simulator.request(request);
    const { user, system } = process.cpuUsage(before);
    return (requests.length / (user + system)) * 1e6;
  });
  return median(rates.slice(5));
}

function loadingMilliseconds(): number {
  const template = templateOf('preflights', 165); // about 500 resources
  const times = Array.from({ length: 15 }, () => {
    const before = process.hrtime.bigint();
    CorsSimulator.fromTemplate(template);
    return Number(process.hrtime.bigint() - before) / 1e6;
  });
  return median(times);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

console.log(`verdicts: ${Math.round(verdictsPerSecond())} a second on one core, each with a preflight, on an API of 200 paths`);
console.log(`loading a template of 500 resources: ${loadingMilliseconds().toFixed(1)} ms`);
