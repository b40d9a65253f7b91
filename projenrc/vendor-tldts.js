/**
 * Copies the one file of tldts that is used, and its licence, to vendor/tldts: as a bundled dependency it would bring
 * three megabytes of other builds and of source maps, which is more than all the rest of the package.
 */
const { copyFileSync, mkdirSync } = require('node:fs');
const { dirname, join } = require('node:path');

const from = dirname(require.resolve('tldts/package.json'));
const to = join(__dirname, '../vendor/tldts');
mkdirSync(to, { recursive: true });
copyFileSync(join(from, 'dist/index.cjs.min.js'), join(to, 'index.js'));
copyFileSync(join(from, 'LICENSE'), join(to, 'LICENSE'));
