/**
 * Tries examples/pipeline as a team has it: a repository of its own with the package as it would be
 * released, whose workflow runs on pull requests. `npx projen example:pipeline` runs it.
 */
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript, runWorkflow } from './runner';

const ROOT = join(__dirname, '..', '..');

function main(): void {
  const workspace = mkdtempSync(join(tmpdir(), 'pipeline-'));
  try {
    prepare(workspace, process.argv[2] ?? packed());
    for (const [story, tell] of Object.entries(STORIES)) {
      tell(workspace);
      console.log(`✓ ${story}`);
      git(workspace, 'checkout', '--quiet', '--force', 'main');
    }
    console.log(`${Object.keys(STORIES).length} passed, 0 failed`);
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

const STORIES: Record<string, (workspace: string) => void> = {
  'a change that means nothing to pages passes': (workspace) => {
    const { code, out, summary } = pullRequest(workspace, '/orders/{id}', '/orders/{orderId}');
    assert.equal(code, 0, out);
    assert.match(summary, /## ✅ CORS: allowed \d+/);
    assert.match(out, /Pages can do what they could do before\./);
  },
  'a change that locks a page out fails at the line that did it': (workspace) => {
    const { code, out, summary } = pullRequest(
      workspace,
      "'https://admin.example.com'], expose",
      "'https://old.example.com'], expose",
    );
    assert.equal(code, 1, out);
    assert.match(out, /^::error file=app\.ts,line=\d+,title=[\w-]+%3A (GET|PUT) \/\w+ of Shop\/Items::/m);
    assert.match(summary, /## ❌ CORS/);
    assert.match(summary, /### ✗ newly blocked/);
    const { runs } = JSON.parse(readFileSync(join(workspace, 'cors.sarif'), 'utf8'));
    assert.equal(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri, 'app.ts');
  },
  'what is accepted passes': (workspace) => {
    branch(workspace, "'https://admin.example.com'], expose", "'https://old.example.com'], expose");
    run(workspace, 'npx', 'cdk', 'synth', '--quiet');
    run(workspace, 'npx', 'cdk-cors', 'check', '--accept', 'the admin app moves');
    run(workspace, 'npx', 'cdk-cors', 'check');
    git(workspace, 'checkout', '--quiet', '--', 'cdk-cors.json');
  },
  'GitLab gets its reports': (workspace) => {
    const { code, out } = runScript(join(workspace, '.gitlab-ci.yml'), 'cors', workspace);
    assert.equal(code, 0, out);
    assert.match(readFileSync(join(workspace, 'cors.xml'), 'utf8'), /<testsuites [^>]*failures="0"/);
  },
};

/** A repository with one commit on main, and what it depends on installed. */
function prepare(workspace: string, tarball: string): void {
  cpSync(join(ROOT, 'examples', 'pipeline'), workspace, {
    recursive: true,
    filter: (path) => !/\/(node_modules|[^/]*\.out)$/.test(path),
  });
  copyFileSync(tarball, join(workspace, 'cdk-cors.tgz'));
  const manifest = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8'));
  manifest.dependencies['cdk-cors'] = 'file:cdk-cors.tgz';
  writeFileSync(join(workspace, 'package.json'), JSON.stringify(manifest, undefined, 2));
  run(workspace, 'npm', 'install', '--no-audit', '--no-fund', '--package-lock-only');
  git(workspace, 'init', '--quiet', '--initial-branch', 'main');
  git(workspace, 'add', '.');
  git(workspace, 'commit', '--quiet', '--message', 'The shop');
  git(workspace, 'update-ref', 'refs/remotes/origin/main', 'main');
}

function pullRequest(workspace: string, before: string, after: string) {
  branch(workspace, before, after);
  const event = { pull_request: { number: 7 } };
  const contexts = { 'github.base_ref': 'main' };
  const job = { workspace, event, contexts, skip: (uses: string) => console.log(`  left to GitHub: ${uses}`) };
  const ran = runWorkflow(join(workspace, '.github', 'workflows', 'cors.yml'), job);
  git(workspace, 'worktree', 'prune');
  return ran;
}

function branch(workspace: string, before: string, after: string): void {
  const path = join(workspace, 'app.ts');
  const text = readFileSync(path, 'utf8');
  assert.ok(text.includes(before), `the example has ${before}`);
  git(workspace, 'checkout', '--quiet', '-B', 'change');
  writeFileSync(path, text.replace(before, after));
  git(workspace, 'commit', '--quiet', '--all', '--message', 'A change');
}

function git(workspace: string, ...args: string[]): void {
  run(workspace, 'git', '-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com', ...args);
}

function run(cwd: string, command: string, ...args: string[]): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** What `npx projen package:js` leaves. */
function packed(): string {
  const folder = join(ROOT, 'dist', 'js');
  const [name] = readdirSync(folder).filter((each) => /^cdk-cors(?!-lambda).*[.]tgz$/.test(each));
  if (!name) throw new Error(`${folder} holds no package: run npx projen package:js first.`);
  return join(folder, name);
}

main();
