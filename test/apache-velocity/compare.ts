import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Case, Result } from './cases';

/** `compare.ts CASES RESULTS`: what Apache Velocity made of the cases, against what they expect. */
const [cases, results]: [Case[], Result[]] = [read(process.argv[2]), read(process.argv[3])];
const failures = cases.flatMap((item, index) => (agrees(item.expected, results[index]) ? [] : [{ item, result: results[index] }]));

for (const { item, result } of failures.slice(0, 10)) {
  console.log(`FAILED ${item.name}\n  template ${short(item.template)}\n  expected ${short(item.expected)}\n  found    ${short(result)}`);
}
console.log(`${cases.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || cases.length === 0 ? 1 : 0;

/** An expected error is any error: its wording is the engine's. */
function agrees(expected: Result, found: Result): boolean {
  return expected.error === undefined ? isDeepStrictEqual(tidy(expected), tidy(found)) : found.error !== undefined;
}

function tidy({ text, overrides, error }: Result): Result {
  return { text, overrides: { header: overrides?.header ?? {}, status: overrides?.status }, error };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function short(value: unknown): string {
  return JSON.stringify(value).slice(0, 300);
}
