/**
 * What functions are called with: recorded events with pieces taken out, exchanged or made hostile, and anything at all.
 * Neither helper may raise out of its wrapper, and both have to answer alike.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { policyVariable, recordedEvent, run } from '../lambda/functions';

export interface Difference {
  readonly event: unknown;
  readonly node: unknown;
  readonly python: unknown;
}

const RECORDED = ['http-1.0-get', 'http-get', 'http-preflight', 'queue', 'rest-get', 'rest-preflight', 'schedule'];
const POLICIES = [
  { allowOrigins: ['https://app.example.com', 'https://*.example.org'], allowCredentials: true },
  { allowOrigins: ['*'] },
];
const BATCH = 20_000;

export function eventDifferences(count: number, seed: number): Difference[] {
  const variables = POLICIES.map((policy) => policyVariable(policy));
  const found: Difference[] = [];
  for (let done = 0; done < count; done += BATCH) {
    const events = fc.sample(anyEvent(), { numRuns: Math.min(BATCH, count - done), seed: seed + done });
    const cases = events.map((event, index) => ({
      policy: variables[index % variables.length],
      event,
      result: { statusCode: 200 },
    }));
    const [node, python] = ['vectors.mjs answers', 'vectors.py answers'].map((handler) => run(handler, cases).outcomes);
    events.forEach((event, index) => {
      const isCalm = node[index].error === undefined && python[index].error === undefined;
      if (isCalm && isDeepStrictEqual(node[index], python[index])) return;
      found.push({ event, node: node[index], python: python[index] });
    });
  }
  return found;
}

function anyEvent(): fc.Arbitrary<unknown> {
  const recorded = fc.constantFrom(...RECORDED).map((name) => recordedEvent(name));
  return fc.oneof({ weight: 5, arbitrary: recorded.chain(mutated) }, { weight: 1, arbitrary: fc.jsonValue() });
}

/** A few places of the event, each with something else in it. */
function mutated(event: unknown): fc.Arbitrary<unknown> {
  const places = paths(event);
  const change = fc.record({ place: fc.constantFrom(...places), value: hostile() });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy = structuredClone(event);
    for (const { place, value } of changes) put(copy, place, value);
    return copy;
  });
}

function hostile(): fc.Arbitrary<unknown> {
  const headers = fc.dictionary(
    fc.constantFrom('origin', 'Origin', 'ORIGIN', 'x', '__proto__'),
    fc.jsonValue({ maxDepth: 1 }),
  );
  return fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    headers,
    fc.constantFrom(
      'OPTIONS',
      'options',
      'GET',
      '',
      'https://app.example.com',
      'https://x.example.org',
      'null',
      '\u0000',
      '\ud800',
    ),
  );
}

function paths(value: unknown, here: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return here.length > 0 ? [here] : [];
  return [
    ...(here.length > 0 ? [here] : []),
    ...Object.entries(value).flatMap(([key, child]) => paths(child, [...here, key])),
  ];
}

function put(value: any, [key, ...rest]: string[], replacement: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (rest.length > 0) put(value[key], rest, replacement);
  else value[key] = replacement;
}
