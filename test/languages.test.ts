import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const EXAMPLES = { python: 'python', java: 'java', go: 'go', csharp: 'csharp' };

function blocksOf(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block]) => block);
}

function sourcesBelow(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = names.filter((name) => /\.(py|java|go|cs)$/.test(name) && !/cdk\.out|target|\bobj\b/.test(name));
  return sources.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
}

/** Words of code, without those in texts. */
function wordsOf(code: string): Set<string> {
  return new Set(code.replace(/"[^"\n]*"|`[^`]*`|'[^'\n]*'/g, '').match(/[A-Za-z_]\w*/g));
}

describe('the README, which each package shows', () => {
  test('links to whole addresses only: a relative one leads nowhere on PyPI and in Javadoc', () => {
    const targets = [...README.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !/^(https:\/\/|#)/.test(target))).toEqual([]);
  });

  test('keeps TypeScript for readers of TypeScript, where each package shows its own language otherwise', () => {
    const [, part] = README.match(/<summary><b>TypeScript<\/b>(.*?)<\/details>/s)!;
    expect(part.match(/^```\w+$/gm)).toEqual(['```sh', '```tsx']);
  });

  test('links to files that are here', () => {
    const ours = [...README.matchAll(/cdkcors\/cdk-cors\/(?:(?:blob|tree)\/)?main\/([^)#]+)/g)].map(([, path]) => path);
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  test.each(Object.entries(EXAMPLES))(
    'says in %s nothing that the example, which is built, does not say',
    (language, folder) => {
      const blocks = blocksOf(README, language);
      expect(blocks.length).toBeGreaterThan(0);
      const known = wordsOf(sourcesBelow(join(ROOT, 'examples', folder)));
      for (const block of blocks) expect([...wordsOf(block)].filter((word) => !known.has(word))).toEqual([]);
    },
  );
});

test('API.md has what is TypeScript’s alone, as the hand-written part says it', () => {
  const [reference, own] = ['API.md', 'projenrc/reference/typescript.md'].map((path) =>
    readFileSync(join(ROOT, path), 'utf8'),
  );
  expect(reference.endsWith(own)).toBe(true);
  const told = [...own.matchAll(/^### (\w+)/gm)].map(([, name]) => name);
  const jsii = [...reference.slice(0, -own.length).matchAll(/^### (\w+)/gm)].map(([, name]) => name);
  const exported = [...readFileSync(join(ROOT, 'src/index.ts'), 'utf8').matchAll(/^export \{(.*?)\}/gm)].flatMap(
    ([, names]) => names.split(',').map((name) => name.trim()),
  );
  expect(exported.filter((name) => !jsii.includes(name)).sort()).toEqual(
    told.filter((name) => name !== 'withCors').sort(),
  );
});

test('docs/languages.md shows in Go what the example has', () => {
  const [page, example] = ['docs/languages.md', 'examples/go/stacks_test.go'].map((path) =>
    readFileSync(join(ROOT, path), 'utf8'),
  );
  const lines = (text: string) => text.split('\n').map((line) => line.trim());
  const known = new Set(lines(example));
  const shown = blocksOf(page, 'go').flatMap(lines);
  expect(shown.length).toBeGreaterThan(5);
  expect(shown.filter((line) => !known.has(line))).toEqual([]);
});

test('no text of a parameter has a semicolon, where jsii ends it for other languages', () => {
  const src = join(ROOT, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const cut = files.flatMap((name) =>
    [...readFileSync(join(src, name), 'utf8').matchAll(/^ +\* @param \w+ [^;@]*?;.*$/gm)]
      .filter(([text]) => !text.includes('*/'))
      .map(([text]) => `${name}: ${text.trim()}`),
  );
  expect(cut).toEqual([]);
});
