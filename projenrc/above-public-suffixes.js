/**
 * Writes src/policy/above-public-suffixes.ts: the names below which the public suffix list has suffixes,
 * though they are none themselves (`eu-west-1.amazonaws.com`, `on.aws`, `za`).
 *
 * tldts answers questions about a name and has no list to walk, so its own data is walked here, when it is
 * updated, and never when the library runs. A test compares the file with what this would write.
 */
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const trie = require('tldts/dist/cjs/src/data/trie');
const { parse } = require('tldts');

const FILE = join(__dirname, '../src/policy/above-public-suffixes.ts');

/** Every rule of the list, from the leftmost label: `co.uk`, `*.compute.amazonaws.com`. */
function publicSuffixes() {
  const offsets = [0];
  for (const length of trie.edgeLength) offsets.push(offsets[offsets.length - 1] + length);
  const rules = [];
  const walk = (node, suffix) => {
    if (trie.nodeFlags[node] !== 0) rules.push(suffix);
    for (let edge = trie.edgeStart[node]; edge < trie.edgeStart[node + 1]; edge += 1) {
      const label = trie.labelText.slice(offsets[edge], offsets[edge + 1]);
      walk(trie.edgeChild[edge], suffix ? `${label}.${suffix}` : label);
    }
  };
  walk(trie.rulesRoot, '');
  return rules.filter(Boolean);
}

function namesAbove(rules) {
  const above = new Set();
  for (const rule of rules) {
    const labels = rule.split('.');
    for (let from = 1; from < labels.length; from += 1) above.add(labels.slice(from).join('.'));
  }
  const isSuffix = (name) => {
    const { publicSuffix, isIcann, isPrivate } = parse(name, { allowPrivateDomains: true });
    return (isIcann || isPrivate) && publicSuffix === name;
  };
  return [...above].filter((name) => !isSuffix(name)).sort();
}

/** Lines of at most 100 columns. */
function wrapped(words) {
  const lines = [''];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (`${last} ${word}`.length > 98) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.map((line) => `  ${line}`).join('\n');
}

function contents() {
  return `/**
 * Names with public suffixes below them that are none themselves: \`*.za\` would reach over the
 * owners of \`co.za\`. Written by projenrc/above-public-suffixes.js from the public suffix list (MPL
 * 2.0, https://publicsuffix.org/list/).
 */
export const ABOVE_PUBLIC_SUFFIXES = \`
${wrapped(namesAbove(publicSuffixes()))}
\`;
`;
}

module.exports = { contents, publicSuffixes, FILE };
if (require.main === module) writeFileSync(FILE, contents());
