/**
 * Has the compiled index load the module of an export when that is first used: most of what this
 * library would add to the time of a synthesis is loading, and an app that only puts CORS on its
 * APIs needs neither the simulator nor the reader of YAML. `test/loading.test.ts` says what it loads.
 *
 * `node projenrc/lazy-index.js [lib]`
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const LIB = resolve(process.argv[2] ?? join(__dirname, '..', 'lib'));
const INDEX = join(LIB, 'index.js');

/**
 * Node.js reads the names of an ES import from the assignments, and forgets a name again whose
 * getter it sees: so it does not see it.
 */
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
