/**
 * Removes the declarations of what only the library itself uses: users see those that the index leads to.
 *
 * `node projenrc/public-types.js`
 */
const { existsSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

const LIB = join(__dirname, '..', 'lib');
const reached = new Set();

function reach(file) {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/(?:from|import\(|import) ?['"](\.[^'"]+)['"]/g)) {
    const target = resolve(dirname(file), path);
    reach([`${target}.d.ts`, join(target, 'index.d.ts')].find((candidate) => existsSync(candidate)));
  }
}

reach(join(LIB, 'index.d.ts'));
for (const name of readdirSync(LIB, { recursive: true })) {
  const file = join(LIB, name);
  if (name.endsWith('.d.ts') && !reached.has(file)) rmSync(file);
}
