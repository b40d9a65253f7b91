// Fails where an example in the docs was translated to what does not exist in that language: rosetta
// does not know that exported functions are TypeScript's alone, nor that Python says `with_`.
const { readFileSync } = require('node:fs');

const { snippets } = JSON.parse(readFileSync('.jsii.tabl.json', 'utf8'));
const faults = Object.values(snippets).flatMap(({ location, translations }) => {
  const found = translations.python.source.match(/\b(add_cors|with_cors)\(|\.with\(/);
  if (!found) return [];
  const where = location.api.fqn ?? 'README.md';
  const cure = 'write EnableCors.on(…), or mark the block as TypeScript’s own with ```tsx';
  return [`${where}: there is no ${found[0]}…) in Python: ${cure}`];
});
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
