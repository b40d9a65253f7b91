// Runs the check, and the comparison where there is a baseline. Whether they fail is decided at
// the end, after the comment.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { env } = process;
const more = argumentsIn(env.INPUT_ARGS ?? '');
const parts = [];

const exitCode = run('check', [
  env.INPUT_PATH,
  ...(env.INPUT_SARIF ? ['--format', `sarif=${env.INPUT_SARIF}`] : []),
  ...(env.INPUT_JUNIT ? ['--format', `junit=${env.INPUT_JUNIT}`] : []),
  ...more,
]);
const diffExitCode = env.INPUT_BASELINE ? run('diff', ['--diff', env.INPUT_BASELINE, env.INPUT_PATH, ...more]) : '';

const comment = join(env.RUNNER_TEMP, 'cdk-cors-comment.md');
writeFileSync(comment, fitted(parts));
if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, `${readFileSync(comment, 'utf8')}\n`);
const outputs = { 'exit-code': exitCode, 'diff-exit-code': diffExitCode, sarif: env.INPUT_SARIF, comment };
appendFileSync(
  env.GITHUB_OUTPUT,
  Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join(''),
);

function run(name, args) {
  const markdown = join(env.RUNNER_TEMP, `cdk-cors-${name}.md`);
  const formats = ['--format', 'table', '--format', 'github', '--format', `markdown=${markdown}`];
  const { status, error } = spawnSync(env.CDK_CORS, ['check', ...args, ...formats], { stdio: 'inherit' });
  if (error) throw error;
  if (existsSync(markdown)) parts.push(readFileSync(markdown, 'utf8'));
  return status ?? 2;
}

/** One option a line: `--origin https://app.example.com`. */
function argumentsIn(text) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => /^(--[a-z-]+)\s+(.*)$/.exec(line)?.slice(1) ?? [line]);
}

/** Each part fits into a comment of its own; what does not fit beside the others is left out. */
function fitted(all) {
  const marker = '<!-- cdk-cors -->\n';
  return all.reduce((text, part) => {
    const next = text + part.replace(marker, '');
    return Buffer.byteLength(next) < 65_536 ? next : text;
  }, marker);
}
