/**
 * Rewrites what jsii compiled, so that a module is loaded when something of it is first used: most of what this library would add to the time
 * of a synthesis is loading. An app that only puts CORS on an HTTP API then loads neither what REST APIs need nor the simulator.
 */
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const LIB = join(__dirname, '..', 'lib');
const INDEX = join(LIB, 'index.js');

/** What the compiler makes of an import: a name of its own, which nothing but a dot ever follows. */
const IMPORT = /^const (\w+_\d+) = (.*\brequire\("[^"]+"\)\)?);$/gm;

function loadWhenUsed(code) {
  const names = [...code.matchAll(IMPORT)].map(([, name]) => name);
  const declared = code.replace(
    IMPORT,
    (_, name, load) => `let ${name}; const ${name}$ = { get $() { return ${name} ??= ${load}; } };`,
  );
  return names.reduce(
    (rewritten, name) => rewritten.replaceAll(new RegExp(`\\b${name}\\.`, 'g'), `${name}$.$.`),
    declared,
  );
}

/** The exports by name. Node.js reads the names of an ES import from the assignments, and forgets a name again whose getter it sees: so it does not see it. */
function index() {
  const modules = [...readFileSync(INDEX, 'utf8').matchAll(/require\("(\.\/[^"]+)"\)/g)].map(([, module]) => module);
  const homeOf = (name) => modules.find((module) => name in require(join(LIB, module)));
  const lines = Object.keys(require(INDEX)).flatMap((name) => [
    `exports.${name} = void 0;`,
    `Object.defineProperty(exports, unseen = "${name}", { enumerable: true, configurable: true, get: () => require("${homeOf(name)}").${name} });`,
  ]);
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'let unseen;',
    ...lines,
    '',
  ].join('\n');
}

writeFileSync(INDEX, index());
for (const path of readdirSync(LIB, { recursive: true })) {
  const file = join(LIB, path);
  if (file !== INDEX && file.endsWith('.js')) writeFileSync(file, loadWhenUsed(readFileSync(file, 'utf8')));
}
