// Compares the public API with the last release; says so where there is none.
const { execFileSync, spawnSync } = require('node:child_process');

const { stdout, stderr, status } = spawnSync('npm', ['view', 'cdk-cors', 'version'], { encoding: 'utf8' });
if (stderr.includes('E404')) {
  console.log('There is no release of cdk-cors yet, so there is nothing to compare with.');
} else if (status !== 0) {
  throw new Error(stderr);
} else {
  console.log(`Compared with ${stdout.trim()}; .compatignore lists what may differ.`);
  const args = ['npm:cdk-cors', '--keys', '--error-on', 'all', '--ignore-file', '.compatignore'];
  execFileSync('jsii-diff', args, { stdio: 'inherit' });
}
