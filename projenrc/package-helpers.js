/**
 * Makes a package of the helper that runs inside of functions, for functions that install rather
 * than bundle: `cdk-cors-lambda` for npm, or for PyPI, with the version of the library.
 *
 * `node projenrc/package-helpers.js js|python [folder for the package]`
 */
const { spawnSync } = require('node:child_process');
const { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');

const ROOT = join(__dirname, '..');
const { version } = require('../package.json');

const PACKAGES = {
  js: {
    from: 'lambda/node',
    writeVersion: (folder) => replaceIn(join(folder, 'package.json'), '"version": "0.0.0"', `"version": "${version}"`),
    build: (folder, to) => run('npm', ['pack', folder, '--pack-destination', to]),
  },
  python: {
    from: 'lambda/python',
    writeVersion: (folder) => replaceIn(join(folder, 'pyproject.toml'), 'version = "0.0.0"', `version = "${version}"`),
    build: (folder, to) => {
      const tools = join(folder, '..', 'tools');
      run('python3', ['-m', 'venv', tools]);
      run(join(tools, 'bin', 'pip'), ['install', '--quiet', 'build']);
      run(join(tools, 'bin', 'python'), ['-m', 'build', '--outdir', to, folder]);
    },
  },
};

function replaceIn(file, before, after) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(before)) throw new Error(`${file}: there is no ${before}`);
  writeFileSync(file, text.replace(before, after));
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}: ended with ${status}`);
}

const [language, to = `dist/${language}`] = process.argv.slice(2);
const { from, writeVersion, build } = PACKAGES[language] ?? {};
if (!build) throw new Error(`Which package? ${Object.keys(PACKAGES).join(' or ')}`);

const work = mkdtempSync(join(tmpdir(), 'cdk-cors-helpers-'));
try {
  const folder = join(work, 'package');
  cpSync(join(ROOT, from), folder, {
    recursive: true,
    filter: (path) => !/__pycache__|\.egg-info|\/build$/.test(path),
  });
  for (const file of ['LICENSE', 'NOTICE']) cpSync(join(ROOT, file), join(folder, file));
  writeVersion(folder);
  mkdirSync(resolve(to), { recursive: true });
  build(folder, resolve(to));
} finally {
  rmSync(work, { recursive: true });
}
