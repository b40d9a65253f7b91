/**
 * `npm run fuzz -- --pairs 1000000 --events 50000 --templates 30000 --documents 6000 --constructs 6000 --seed 7`: random policies, hostile
 * origins and broken events against every implementation, mutated templates and documents against the simulator and the constructs. The
 * seed is printed; the same seed asks the same.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { constructAccidents } from './constructs';
import { eventDifferences } from './events';
import { judges, originDisagreements } from './origins';
import { documentAccidents, templateAccidents } from './templates';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '100000' },
    events: { type: 'string', default: '5000' },
    templates: { type: 'string', default: '3000' },
    documents: { type: 'string', default: '1000' },
    constructs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
});
const { pairs, events, templates, documents, constructs, seed } = numbersIn(values);
console.log(`seed ${seed}`);

const hasJava = ['javac', 'mvn'].every((command) => spawnSync(command, ['-version']).status === 0);
if (!hasJava) console.log('Apache Velocity is left out: it needs a JDK and Maven.');
const all = judges({ apacheVelocity: hasJava });

report(`${pairs} pairs of a policy and an origin, ${Object.keys(all).length + 1} implementations`, () =>
  originDisagreements(pairs, seed, all),
);
report(`${events} events, Node.js and Python`, () => eventDifferences(events, seed));
report(`${templates} mutated templates`, () => templateAccidents(templates, seed));
report(`${documents} mutated documents`, () => documentAccidents(documents, seed));
report(`${constructs} mutated templates under a policy`, () => constructAccidents(constructs, seed));

function report(what: string, find: () => unknown[]): void {
  const started = Date.now();
  const found = find();
  for (const each of found.slice(0, 10)) console.log(JSON.stringify(each));
  console.log(`${what}: ${found.length} found, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (found.length > 0) process.exitCode = 1;
}

function numbersIn<K extends string>(texts: Record<K, string>): Record<K, number> {
  const entries = Object.entries<string>(texts).map(([name, text]) => [name, wholeNumber(text)]);
  return Object.fromEntries(entries) as Record<K, number>;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`"${text}" is not a whole number.`);
  return Number(text);
}
