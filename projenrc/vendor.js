/**
 * Copies the one file that is used of each of these, and its licence, to vendor/: as bundled dependencies they would bring
 * four megabytes of other builds and of source maps, which is more than all the rest of the package.
 */
const { copyFileSync, mkdirSync } = require('node:fs');
const { dirname, join } = require('node:path');

const FILES = { tldts: 'dist/index.cjs.min.js', 'js-yaml': 'dist/js-yaml.min.js' };

for (const [name, file] of Object.entries(FILES)) {
  const from = dirname(require.resolve(`${name}/package.json`));
  const to = join(__dirname, '../vendor', name);
  mkdirSync(to, { recursive: true });
  copyFileSync(join(from, file), join(to, 'index.js'));
  copyFileSync(join(from, 'LICENSE'), join(to, 'LICENSE'));
}
