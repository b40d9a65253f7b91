/**
 * Runs a job as GitHub's runner does, as far as the workflows of this repository need it: steps
 * with `run`, this repository's own action, expressions that name a context, and outputs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const { load } = require('js-yaml');

const ROOT = join(__dirname, '..', '..');

/** The action of this repository, by the name that its users write. */
const OWN_ACTION = /^cdkcors\/cdk-cors@/;

export interface Job {
  /** Where the repository is checked out. */
  readonly workspace: string;
  readonly env?: Record<string, string>;
  /** 'github.base_ref' → its value. */
  readonly contexts?: Record<string, string>;
  /** What the run is about: { pull_request: { number: 7 } }. */
  readonly event?: object;
  /** For what only GitHub has: actions of others. */
  skip?(uses: string): void;
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly outputs: Record<string, string>;
  readonly summary: string;
}

/** The steps of a workflow's only job. */
export function runWorkflow(path: string, job: Job): Ran {
  const { jobs }: any = load(readFileSync(path, 'utf8'));
  const [{ steps }] = Object.values<any>(jobs);
  return inFolder((temp) => runSteps(steps, job, { temp, contexts: job.contexts ?? {}, env: {} }));
}

export function runAction(inputs: Record<string, string>, job: Job): Ran {
  return inFolder((temp) =>
    runSteps([{ uses: 'cdkcors/cdk-cors@v1', with: inputs }], job, { temp, contexts: {}, env: {} }),
  );
}

/** The script of a job of GitLab CI. */
export function runScript(path: string, name: string, workspace: string): Ran {
  const { script, variables } = load(readFileSync(path, 'utf8'))[name];
  const job = { workspace, env: { ...variables, CI_PROJECT_DIR: workspace } };
  return inFolder((temp) => runSteps([{ run: script.join('\n') }], job, { temp, contexts: {}, env: {} }));
}

interface Frame {
  readonly temp: string;
  /** 'inputs.path' → its value. */
  readonly contexts: Record<string, string>;
  readonly env: Record<string, string>;
}

/** A step that fails ends a job, but for those that run `always()`. */
function runSteps(steps: any[], job: Job, frame: Frame): Ran {
  let [code, out] = [0, ''];
  let outputs: Record<string, string> = {};
  const contexts = { ...frame.contexts };
  for (const step of steps) {
    if (code !== 0 && !/always\(\)/.test(step.if ?? '')) continue;
    const ran = step.uses ? runUses(step, job, { ...frame, contexts }) : runStep(step, job, { ...frame, contexts });
    out += ran.out;
    code = code || ran.code;
    for (const [name, value] of Object.entries(ran.outputs))
      if (step.id) contexts[`steps.${step.id}.outputs.${name}`] = value;
    outputs = { ...outputs, ...ran.outputs };
  }
  return { code, out, outputs, summary: readFileSync(join(frame.temp, 'summary'), 'utf8') };
}

function runUses({ uses, with: given = {} }: any, job: Job, frame: Frame): Ran {
  if (!OWN_ACTION.test(uses)) {
    job.skip?.(uses);
    return { code: 0, out: '', outputs: {}, summary: '' };
  }
  const action: any = load(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
  const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}`);
  const inputs = Object.entries<any>(action.inputs).map(([name, { default: usual = '' }]) => {
    return [`inputs.${name}`, filled(String(given[name] ?? usual), frame.contexts)];
  });
  const contexts = { 'github.action_path': ROOT, 'github.token': 'token', ...Object.fromEntries(inputs) };
  const ran = runSteps(action.runs.steps, job, { ...frame, contexts });
  return ran;
}

function runStep(step: any, job: Job, { temp, contexts, env }: Frame): Ran {
  const output = join(temp, 'output');
  writeFileSync(output, '');
  const own = Object.entries<any>(step.env ?? {}).map(([name, value]) => [name, filled(String(value), contexts)]);
  const folder = resolve(job.workspace, filled(step['working-directory'] ?? '.', contexts));
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', filled(step.run, contexts)],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: job.workspace,
        GITHUB_REPOSITORY: 'example/shop',
        GITHUB_API_URL: 'http://127.0.0.1:9',
        GITHUB_EVENT_PATH: join(temp, 'event.json'),
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: join(temp, 'summary'),
        RUNNER_TEMP: temp,
        ...env,
        ...job.env,
        ...Object.fromEntries(own),
        ...(job.event && written(join(temp, 'event.json'), job.event)),
      },
    },
  );
  const lines = readFileSync(output, 'utf8').split('\n').filter(Boolean);
  const outputs = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return { code: status ?? 1, out: stdout + stderr, outputs, summary: '' };
}

function written(path: string, content: object): object {
  writeFileSync(path, JSON.stringify(content));
  return {};
}

/** Expressions that name a context, which are all that these files have. */
function filled(text: string, contexts: Record<string, string>): string {
  return text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name) => contexts[name] ?? '');
}

function inFolder(run: (temp: string) => Ran): Ran {
  const temp = mkdtempSync(join(tmpdir(), 'runner-'));
  writeFileSync(join(temp, 'summary'), '');
  writeFileSync(join(temp, 'event.json'), '{}');
  try {
    return run(temp);
  } finally {
    rmSync(temp, { recursive: true });
  }
}
