import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addressesIn, addressOf, linkGroupsIn, linksIn, pagesOf, ROOT, read } from '../../projenrc/markdown';

const REPOSITORY = /^https:\/\/github\.com\/cdkcors\/cdk-cors\/(?:blob|tree)\/main\//;
const PAGES = [
  ...pagesOf('README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs', 'examples', 'bench'),
  'lambda/node/README.md',
  'lambda/python/README.md',
].filter((page) => existsSync(join(ROOT, page)));

/** Why a link of a page leads nowhere, without asking the network. */
function faultOf(page: string, href: string): string | undefined {
  const isAbsolute = REPOSITORY.test(href);
  if (/^[a-z]+:/i.test(href) && !isAbsolute) return undefined;
  const [path, address] = href.replace(REPOSITORY, '').split('#');
  const file = path === '' ? page : join(isAbsolute ? '.' : dirname(page), decodeURIComponent(path));
  if (!existsSync(join(ROOT, file))) return `${page}: ${href}: no such file`;
  if (address && file.endsWith('.md') && !addressesIn(read(file)).has(address))
    return `${page}: ${href}: no such heading`;
  return undefined;
}

test('every link into the repository leads somewhere, and so does the address behind it', () => {
  const links = PAGES.flatMap((page) => linksIn(read(page)).map((href) => ({ page, href })));
  expect(links.length).toBeGreaterThan(150);
  expect(links.map(({ page, href }) => faultOf(page, href)).filter(Boolean)).toEqual([]);
});

test.each([
  ['docs/README.md', 'nowhere.md', 'no such file'],
  ['docs/README.md', 'rules.md#nothing', 'no such heading'],
  ['README.md', 'https://github.com/cdkcors/cdk-cors/blob/main/docs/nowhere.md', 'no such file'],
])('a link of %s to %s is a fault', (page, href, fault) => {
  expect(faultOf(page, href)).toBe(`${page}: ${href}: ${fault}`);
});

test.each([
  ['BackendAnswers', 'backendanswers'],
  ['A * where none may stand', 'a--where-none-may-stand'],
  ['null', 'null'],
  ["`withCors`, and what it doesn't do", 'withcors-and-what-it-doesnt-do'],
  ['See [the rules](rules.md)', 'see-the-rules'],
])('the heading %s has the address that GitHub gives it', (heading, address) => {
  expect(addressOf(heading)).toBe(address);
});

test('links in code are not links', () => {
  expect(linksIn('[a](b.md) `[c](d.md)`\n```md\n[e](f.md)\n```\n![g](h.svg "of h")')).toEqual(['b.md', 'h.svg']);
});

test.each(['docs', 'docs/recipes'])(
  'the index of %s, which is the sidebar of the site, names each page once',
  (folder) => {
    const pages = pagesOf(folder)
      .filter((page) => dirname(page) === folder && !page.endsWith('/README.md'))
      .map((page) => page.slice(folder.length + 1));
    const named = linkGroupsIn(read(`${folder}/README.md`)).flatMap(({ items }) => items.map(({ link }) => link));
    expect(named.filter((link) => !/^https:|\/README\.md$/.test(link)).sort()).toEqual(pages);
  },
);

test('what the site imports of the library is there', () => {
  const files = readdirSync(join(ROOT, 'site'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|mts|vue)$/.test(file) && !/node_modules|dist|cache/.test(file))
    .map((file) => `site/${file}`);
  const imports = files.flatMap((file) =>
    [...read(file).matchAll(/from '(\.\.?\/[^']+)'/g)].map(([, path]) => join(dirname(file), path)),
  );
  expect(imports.length).toBeGreaterThan(20);
  const isThere = (path: string) =>
    ['', '.ts', '.mts', '/index.ts'].some((end) => existsSync(join(ROOT, path.replace('?raw', '') + end)));
  expect(imports.filter((path) => !isThere(path))).toEqual([]);
});
