/**
 * Rewrites the compiled lib/index.js so that a symbol's module is loaded when the symbol is first used. An app that only puts CORS on
 * its API then loads no simulator, and loading cdk-cors loads no part of aws-cdk-lib that the app does not use.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const file = join(__dirname, '..', 'lib', 'index.js');
const modules = [...readFileSync(file, 'utf8').matchAll(/require\("(\.\/[^"]+)"\)/g)].map((match) => match[1]);
const exported = Object.keys(require(file));
const homeOf = (name) => modules.find((module) => name in require(join(file, '..', module)));

// Node.js reads the names of an ES import from the assignments, and forgets a name again whose getter it sees: so it does not see it.
const lines = exported.flatMap((name) => [
  `exports.${name} = void 0;`,
  `Object.defineProperty(exports, unseen = "${name}", { enumerable: true, configurable: true, get: () => require("${homeOf(name)}").${name} });`,
]);
const start = ['"use strict";', 'Object.defineProperty(exports, "__esModule", { value: true });', 'let unseen;'];
writeFileSync(file, [...start, ...lines, ''].join('\n'));
