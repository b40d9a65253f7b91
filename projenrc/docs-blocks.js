// Writes each TypeScript example of docs/ and those of README.md that are TypeScript's own to a file
// in .docs/, as a part of rosetta's fixture, for tsc. The other examples are compiled by rosetta.
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');

const fixture = readFileSync('rosetta/default.ts-fixture', 'utf8');
/** What a page speaks of without making it. */
const SPOKEN_OF = {
  simulator: 'declare const simulator: CorsSimulator;',
  orders: 'declare const orders: lambda.Function;',
  api: 'declare const api: apigateway.RestApi;',
};

rmSync('.docs', { recursive: true, force: true });
mkdirSync('.docs');
for (const page of ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)]) {
  if (!page.endsWith('.md')) continue;
  const fence = page === 'README.md' ? /^```tsx\n(.*?)^```$/gms : /^```tsx?\n(.*?)^```$/gms;
  for (const [i, [, block]] of [...readFileSync(page, 'utf8').matchAll(fence)].entries()) {
    const spokenOf = Object.entries(SPOKEN_OF)
      .filter(([name]) => new RegExp(`\\b${name}\\b`).test(block) && !new RegExp(`const ${name}\\b`).test(block))
      .map(([, declaration]) => declaration);
    const declared = [...spokenOf, ...(block.match(/^declare .*$/gm) ?? [])].join('\n');
    const rest = block.replace(/^declare .*$/gm, '');
    const file = `.docs/${page.replace(/\W/g, '-')}-${i + 1}.ts`;
    writeFileSync(
      file,
      fixture.replace('class Fixture', `${declared}\nclass Fixture`).replace('/// here', () => rest),
    );
  }
}
const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false };
writeFileSync(
  '.docs/tsconfig.json',
  JSON.stringify({ extends: '../tsconfig.dev.json', compilerOptions, include: ['*.ts'] }),
);
