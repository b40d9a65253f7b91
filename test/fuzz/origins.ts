/**
 * Who may read: the policy, the mapping template in two Velocity engines, and the helpers of Node.js and Python have to
 * agree on random policies and hostile origins.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { originTemplate } from '../../src/api-gateway/mapping-template';
import { runtimePolicy } from '../../src/lambda/runtime-policy';
import { AllowedOrigins } from '../../src/policy/allowed-origins';
import { policyFrom } from '../../src/policy/policy-from';
import { evaluate } from '../../src/verify/velocity/evaluate';
import { run } from '../lambda/functions';
import { type RandomPairs, randomPairs } from '../lambda/random-pairs';

export interface Disagreement {
  readonly judge: string;
  readonly listed: string[];
  readonly origin: string;
  readonly allowed: boolean;
}

/** A judge tells of each pair whether a page of the origin may read. */
type Judge = (pairs: RandomPairs, origins: AllowedOrigins[]) => boolean[];

const BATCH = 100_000;

/** Compares every judge with the policy itself, a batch at a time: a process for each batch costs little beside it. */
export function originDisagreements(count: number, seed: number, judges: Record<string, Judge>): Disagreement[] {
  const found: Disagreement[] = [];
  for (let done = 0; done < count; done += BATCH) {
    const random = randomPairs(Math.min(BATCH, count - done), seed + done);
    const origins = random.policies.map(({ allowOrigins }) => AllowedOrigins.parse(allowOrigins));
    const expected = random.pairs.map(([policy, origin]) => origins[policy].allows(origin));
    for (const [judge, decide] of Object.entries(judges)) {
      decide(random, origins).forEach((allowed, index) => {
        const [policy, origin] = random.pairs[index];
        if (allowed !== expected[index])
          found.push({ judge, listed: random.policies[policy].allowOrigins, origin, allowed });
      });
    }
  }
  return found;
}

export function judges({ apacheVelocity }: { apacheVelocity: boolean }): Record<string, Judge> {
  return {
    'the simulator’s Velocity': byVelocity,
    'the Node.js helper': (random) => byHelper('vectors.mjs decisions', random),
    'the Python helper': (random) => byHelper('vectors.py decisions', random),
    ...(apacheVelocity && {
      'Apache Velocity 1.7': byApacheVelocity('1.7'),
      'Apache Velocity 2.4.1': byApacheVelocity('2.4.1'),
    }),
  };
}

function byVelocity({ pairs }: RandomPairs, origins: AllowedOrigins[]): boolean[] {
  const templates = origins.map(originTemplate);
  return pairs.map(([policy, origin]) => {
    if (origins[policy].any) return true;
    const { headerOverrides, unknown, error } = evaluate(templates[policy], { headers: { origin } });
    if (unknown !== undefined || error !== undefined) throw new Error(`${JSON.stringify(origin)}: ${unknown ?? error}`);
    return headerOverrides['Access-Control-Allow-Origin'] === origin;
  });
}

function byHelper(handler: string, { policies, pairs }: RandomPairs): boolean[] {
  return run(handler, [
    { policies: policies.map((policy) => JSON.stringify(runtimePolicy(policyFrom(policy)))), pairs },
  ]).outcomes[0].result;
}

function byApacheVelocity(version: string): Judge {
  return ({ pairs }, origins) => {
    const work = mkdtempSync(join(tmpdir(), 'velocity-'));
    const [question, answer] = [join(work, 'question.json'), join(work, 'answer.json')];
    const asked = pairs.filter(([policy]) => !origins[policy].any);
    writeFileSync(question, JSON.stringify({ templates: origins.map(originTemplate), pairs: asked }));
    const classes = join(jarsOf(version), '*');
    const { status, stderr } = spawnSync('java', ['-cp', classes, join(HERE, 'Evaluate.java'), question, answer], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Apache Velocity ${version}: ${stderr}`);
    const decided: boolean[] = JSON.parse(readFileSync(answer, 'utf8'));
    rmSync(work, { recursive: true });
    let next = 0;
    return pairs.map(([policy]) => origins[policy].any || decided[next++]);
  };
}

const HERE = join(__dirname, '../apache-velocity');

function jarsOf(version: string): string {
  const jars = join(HERE, `target/jars-${version}`);
  if (existsSync(jars)) return jars;
  const goal = ['-P', `velocity-${version}`, 'dependency:copy-dependencies', `-DoutputDirectory=${jars}`];
  const { status, stdout } = spawnSync('mvn', ['--quiet', '--batch-mode', '--file', join(HERE, 'pom.xml'), ...goal], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`Maven could not fetch Velocity ${version}: ${stdout}`);
  return jars;
}
