// Writes site/translations.json: the TypeScript examples of docs/ in the other languages, by rosetta, for the tabs of
// the site. Run it after a compilation.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Translator, typeScriptSnippetFromCompleteSource } = require('jsii-rosetta');
require('ts-node').register({ transpileOnly: true, project: 'tsconfig.dev.json' });
const { codeBlocksIn, pagesOf, read, ROOT } = require('./markdown');
const { isTranslated, keyOf } = require('./translated');

const LANGUAGES = ['python', 'java', 'csharp', 'go'];

const [HEAD, TAIL] = read('rosetta/default.ts-fixture').split('/// here');

function main() {
  const blocks = pagesOf('docs').flatMap((page) =>
    codeBlocksIn(read(page))
      .filter(isTranslated)
      .map((block) => ({ ...block, page })),
  );
  const translated = new Translator(false).translateSnippets(blocks.map(snippetOf));
  const entries = blocks.map(({ code }, index) => [
    keyOf(code),
    Object.fromEntries(LANGUAGES.map((language) => [language, translated[index].get(language).source])),
  ]);
  const sorted = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(ROOT, 'site', 'translations.json'), `${JSON.stringify(sorted, undefined, 2)}\n`);
  console.log(`${entries.length} examples translated`);
}

function snippetOf({ code, page, line }) {
  const location = { api: { api: 'file', fileName: page }, field: { field: 'markdown', line } };
  const isModule = /^import /m.test(code);
  const text = isModule ? code : `/// !hide\n${HEAD}/// !show\n${code}\n/// !hide\n${TAIL}`;
  return typeScriptSnippetFromCompleteSource(text, location, false, { $directory: ROOT });
}

main();
