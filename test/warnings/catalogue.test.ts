import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { TEXTS, type WarningId } from '../../src/warnings/catalogue';
import { inform, warn } from '../../src/warnings/warn';

const WARNING_IDS = Object.keys(TEXTS) as WarningId[];
const RULES = readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8');

/** A warning has a paragraph below a heading such as "Warnings about REST APIs"; errors have headings of other kinds. */
function idsIn(markdown: string): string[] {
  return markdown
    .split(/^### /m)
    .filter((part) => /^Warnings/.test(part))
    .flatMap((part) => [...part.matchAll(/^#### (.+)$/gm)].map(([, heading]) => heading));
}

test('each id has a paragraph in docs/rules.md, and each paragraph an id', () => {
  expect(idsIn(RULES).sort()).toEqual([...WARNING_IDS].sort());
});

test('each paragraph says what it is, why, and what to do', () => {
  const incomplete = WARNING_IDS.filter((id) => {
    const [, paragraph] = RULES.split(new RegExp(`^#### ${id}$`, 'm'));
    return !/^\n+\*\*What\.\*\*.*?\n\n\*\*Why\.\*\*.*?\n\n\*\*What to do\.\*\*/s.test(paragraph.split(/^#/m)[0]);
  });
  expect(incomplete).toEqual([]);
});

test('no two headings share an address', () => {
  const headings = [...RULES.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase());
  const addressed = WARNING_IDS.filter((id) => headings.filter((heading) => heading === id.toLowerCase()).length > 1);
  expect(addressed).toEqual([]);
});

/** Stands for the details of any text. */
const anything: any = new Proxy({}, { get: () => ['X'] });

test('every text is written as sentences, and none says what another says', () => {
  const texts = WARNING_IDS.map((id) => {
    const text = TEXTS[id] as string[] | ((details: any) => string[]);
    return (Array.isArray(text) ? text : text(anything)).join(' ');
  });
  for (const text of texts) expect(text).toMatch(/^[^\s].*[.)]$/);
  expect(new Set(texts).size).toBe(WARNING_IDS.length);
});

test.each(['warning', 'info'])('a message ends with the address of its paragraph: %s', (kind) => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Stack');
  (kind === 'info' ? inform : warn)(stack, 'DoubleCors', { fn: 'Stack/Pets' });
  // The newest aws-cdk-lib notes it for its own reports as well.
  const [{ data }, ...others] = stack.node.metadata.filter(({ type }) => type === `aws:cdk:${kind}`);
  expect(others).toEqual([]);
  expect(data).toContain('Stack/Pets sends the headers itself');
  expect(data).toMatch(/ See https:\/\/.*\/docs\/rules\.md#doublecors \[ack: cdk-cors:DoubleCors\]$/);
});
