import { codeBlocksIn, pagesOf, read } from '../../projenrc/markdown';
import { isTranslated, keyOf } from '../../projenrc/translated';

test('the site has every example in every language: `npx projen docs:translations` after a compilation', () => {
  const known: Record<string, Record<string, string>> = JSON.parse(read('site/translations.json'));
  const blocks = pagesOf('docs').flatMap((page) =>
    codeBlocksIn(read(page))
      .filter(isTranslated)
      .map(({ code, line }) => ({ place: `${page}:${line}`, key: keyOf(code) })),
  );
  expect(blocks.length).toBeGreaterThan(10);
  expect(blocks.filter(({ key }) => !known[key]).map(({ place }) => place)).toEqual([]);
  const stale = Object.keys(known).filter((key) => !blocks.some((block) => block.key === key));
  expect(stale).toEqual([]);
  for (const translated of Object.values(known))
    for (const language of ['python', 'java', 'csharp', 'go']) expect(translated[language]?.trim()).toBeTruthy();
});
