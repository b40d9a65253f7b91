import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Case, Result } from './cases';

/**
 * `compare.ts CASES RESULTS VERSION`: what this version of Apache Velocity made of the cases,
 * against what they expect.
 */
const [cases, results]: [Case[], Result[]] = [read(process.argv[2]), read(process.argv[3])];
const expectedOf = (item: Case) =>
  process.argv[4].startsWith('2') ? (item.expectedOf2 ?? item.expected) : item.expected;
const failures = cases.flatMap((item, index) =>
  agrees(item, results[index]) ? [] : [{ item, result: results[index] }],
);

for (const { item, result } of failures.slice(0, 10)) {
  console.log(
    `FAILED ${item.name}\n  template ${short(item.template)}\n  expected ${short(expectedOf(item))}\n  found    ${short(result)}`,
  );
}
console.log(`${cases.length - failures.length} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || cases.length === 0 ? 1 : 0;

/** An expected error is any error: its wording is the engine's. */
function agrees(item: Case, found: Result): boolean {
  const expected = expectedOf(item);
  return expected.error === undefined
    ? isDeepStrictEqual(tidy(expected, item), tidy(found, item))
    : found.error !== undefined;
}

function tidy({ text, overrides, error }: Result, { withoutSpace }: Case): Result {
  return {
    text: withoutSpace ? text?.replace(/\s/g, '') : text,
    overrides: { header: overrides?.header ?? {}, status: overrides?.status },
    error,
  };
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function short(value: unknown): string {
  return JSON.stringify(value).slice(0, 300);
}
