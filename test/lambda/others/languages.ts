/**
 * Compiles the examples of docs/other-runtimes.md, and asks them what the helpers are asked: each shared
 * vector of origins, preflights with and without their header, and policies that cannot be followed.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runtimePolicy } from '../../../src/lambda/runtime-policy';
import { policyFrom } from '../../../src/policy/policy-from';
import vectors from '../../vectors/origins.json';

interface Case {
  readonly policy: string;
  readonly method: string;
  readonly origin?: string;
  readonly asks?: boolean;
  /** `refused`; or status and Access-Control-Allow-Origin. */
  readonly expected: string;
}

const strict = JSON.stringify({ origins: ['https://a.example.com', 'https://b.example.com'], maxAge: 600 });
const opened = JSON.stringify({ ...JSON.parse(strict), answersOptions: true, status: 202 });
const of = (policy: string, method: string, expected: string, asks = false): Case => ({
  policy,
  method,
  asks,
  expected,
  origin: 'https://a.example.com',
});
const refused = (policy: string): Case => ({ policy, method: 'GET', expected: 'refused' });

const cases: Case[] = [
  ...vectors.map(({ policy, origin, allowed }) => {
    const variable = runtimePolicy(policyFrom(policy));
    const fixed = variable.origins?.length === 1 && !variable.patterns ? variable.origins[0] : undefined;
    const expected = `200 ${fixed ?? (allowed ? origin : '-')}`;
    return { policy: JSON.stringify(variable), method: 'GET', origin: origin ?? undefined, expected };
  }),
  of(strict, 'GET', '200 https://a.example.com'),
  of(strict, 'OPTIONS', '204 https://a.example.com', true),
  of(strict, 'OPTIONS', '200 https://a.example.com'),
  of(opened, 'OPTIONS', '202 https://a.example.com'),
  of(opened, 'FAIL', '500 https://a.example.com'),
  of('{"origins":["https://a.example.com"],"maxAge":600.0,"quotes":8}', 'GET', '200 https://a.example.com'),
  refused(''),
  refused('[]'),
  refused('{"origins":["https://a"b"]}'),
  refused('{"origins":[]}'),
  refused('{"origins":["*"],"maxAge":-1}'),
  refused('{"origins":["*"],"maxAge":"600"}'),
  refused('{"origins":["*"],"status":302}'),
  refused('{"origins":["*"],"allowOrigins":[]}'),
  refused('{"origins":["https://a","https://evil.com"],"quotes":6}'),
  refused('{"patterns":["a)|(?:.*"]}'),
];

const work = join(__dirname, '.languages');
const [go, java] = [join(work, 'go'), join(work, 'java')];
for (const folder of [go, java]) mkdirSync(folder, { recursive: true });
const docs = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'other-runtimes.md'), 'utf8');
for (const [, language, file, code] of docs.matchAll(/^```(go|java)\n\/\/ (\S+)\n(.*?)^```$/gms)) {
  writeFileSync(join(work, language, file), code);
}

function judge(language: string, command: string, args: string[], cwd: string): void {
  const [question, answer] = [join(work, `${language}.cases.json`), join(work, `${language}.answers.txt`)];
  writeFileSync(question, JSON.stringify(cases));
  execFileSync(command, args, {
    cwd,
    env: { ...process.env, CASES: question, ANSWERS: answer },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const answers = readFileSync(answer, 'utf8').split('\n').slice(0, -1);
  const wrong = cases.flatMap((row, index) =>
    answers[index] === row.expected ? [] : [{ ...row, answered: answers[index] }],
  );
  if (answers.length !== cases.length || wrong.length > 0) {
    throw new Error(
      `${language}: ${answers.length} answers, these are wrong: ${JSON.stringify(wrong.slice(0, 5), null, 2)}`,
    );
  }
  console.log(`${language}: ${cases.length} answers as expected`);
}

copyFileSync(join(__dirname, 'driver_test.go'), join(go, 'driver_test.go'));
copyFileSync(join(__dirname, 'go.mod'), join(go, 'go.mod'));
execFileSync('go', ['mod', 'tidy'], { cwd: go, stdio: 'ignore' });
judge('Go', 'go', ['test', '-count=1', './...'], go);

copyFileSync(join(__dirname, 'Driver.java'), join(java, 'Driver.java'));
execFileSync('mvn', [
  '-q',
  '-f',
  join(__dirname, 'pom.xml'),
  'dependency:copy-dependencies',
  `-DoutputDirectory=${join(java, 'jars')}`,
]);
execFileSync('javac', ['-cp', 'jars/*', '-d', '.', 'CorsPolicy.java', 'WithCors.java', 'Orders.java', 'Driver.java'], {
  cwd: java,
});
judge('Java', 'java', ['-cp', '.:jars/*', 'Driver'], java);
