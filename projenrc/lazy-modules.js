/**
 * Has the compiled files load each other when something of them is first used: most of what this
 * library would add to the time of a synthesis is loading, and an app that only puts CORS on an HTTP
 * API needs neither what covers REST APIs nor the simulator. `test/loading.test.ts` says what it loads.
 *
 * `node projenrc/lazy-modules.js [lib]`
 */
const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const ts = require('typescript');

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

/**
 * The compiler writes an import as `const policy_1 = require("./policy");`, and each use of it as
 * `policy_1.name`. The constant gets a getter `$`, and each use asks that: `policy_1.$.name`, which
 * stays what it was behind `new` and `extends`.
 */
function loadedWhenUsed(code) {
  const source = ts.createSourceFile('compiled.js', code, ts.ScriptTarget.Latest, true);
  const imports = new Map();
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) continue;
    const [{ name, initializer }] = statement.declarationList.declarations;
    if (initializer && isRequire(initializer)) imports.set(name.text, { statement, initializer });
  }
  const edits = [...imports].map(([name, { statement, initializer }]) => ({
    node: statement,
    text: `let ${name}$; const ${name} = { get $() { return ${name}$ ??= ${initializer.getText(source)}; } };`,
  }));
  const visit = (node) => {
    if (ts.isVariableStatement(node) && edits.some((edit) => edit.node === node)) return;
    if (ts.isIdentifier(node) && imports.has(node.text) && isUse(node)) edits.push({ node, text: `${node.text}.$` });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits
    .sort((a, b) => b.node.getStart(source) - a.node.getStart(source))
    .reduce((text, { node, text: by }) => text.slice(0, node.getStart(source)) + by + text.slice(node.end), code);
}

/** `require("./policy")`, also within a helper such as `__importStar(…)`. */
function isRequire(node) {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return false;
  if (node.expression.text === 'require') return true;
  return /^__import/.test(node.expression.text) && node.arguments.some(isRequire);
}

/** Not the name of a property. */
function isUse(node) {
  return !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node);
}

writeFileSync(INDEX, index());
for (const path of readdirSync(LIB, { recursive: true, encoding: 'utf8' })) {
  const file = join(LIB, path);
  if (file !== INDEX && file.endsWith('.js')) writeFileSync(file, loadedWhenUsed(readFileSync(file, 'utf8')));
}
