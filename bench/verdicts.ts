/**
 * How fast the simulator is, once an API is loaded, and how long loading takes: `ts-node
 * bench/verdicts.ts` after `npx projen compile`.
 */
import { CorsSimulator } from 'cdk-cors';
import { SCENARIOS } from './scenarios';

const ORIGIN = 'https://app.example.com';

function templateOf(scenario: string, paths: number): string {
  return JSON.stringify(SCENARIOS[scenario]('cdk-cors', paths).synth().getStackByName('Stack').template);
}

export function verdictsPerSecond(headers?: Record<string, string>): number {
  const simulator = CorsSimulator.fromTemplate(templateOf('responses', 200));
  const requests = Array.from({ length: 200 }, (_, i) => ({
    origin: ORIGIN,
    path: `/path${i}`,
    method: i % 2 ? 'GET' : 'POST',
    headers,
  }));
  const rates = Array.from({ length: 300 }, () => {
    const before = process.cpuUsage();
    for (const request of requests) simulator.request(request);
    const { user, system } = process.cpuUsage(before);
    return (requests.length / (user + system)) * 1e6;
  });
  return median(rates.slice(100));
}

/** What a check meets: nothing was asked before, and every answer has a fix that has to be found. */
function blockedVerdictsPerSecond(): number {
  const template = templateOf('responses', 200);
  const rates = Array.from({ length: 12 }, () => {
    const simulator = CorsSimulator.fromTemplate(template);
    const before = process.cpuUsage();
    for (let i = 0; i < 2_000; i++) {
      const origin = `https://page${Math.floor(i / 200)}.example.org`;
      simulator.request({ origin, path: `/path${i % 200}`, headers: { 'x-api-key': 'key' } });
    }
    const { user, system } = process.cpuUsage(before);
    return (2_000 / (user + system)) * 1e6;
  });
  return median(rates.slice(2));
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

function main(): void {
  console.log(
    `verdicts: ${Math.round(verdictsPerSecond())} a second on one core on an API of 200 paths, without preflights`,
  );
  console.log(`verdicts: ${Math.round(verdictsPerSecond({ 'x-api-key': 'key' }))} a second, each with a preflight`);
  console.log(`verdicts: ${Math.round(blockedVerdictsPerSecond())} a second, each asked once and blocked`);
  console.log(`loading a template of 500 resources: ${loadingMilliseconds().toFixed(1)} ms`);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

if (require.main === module) main();
