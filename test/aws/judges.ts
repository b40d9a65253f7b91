/**
 * What the tools that AWS gives to its users have to say about templates with CORS, compared with
 * the same apps without it: `npm run test:aws`. aws-cdk-lib's own validation is asked with the
 * other tests (`test/valid-templates.test.ts`).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { AccountsStack } from '../../examples/typescript/accounts-stack';
import { PetStoreStack } from '../../examples/typescript/pet-store-stack';
import { PreflightHandler } from '../../src';
import { EVERY_KIND } from '../support/every-kind';

const FAULTY = join(__dirname, 'faulty.template.json');
const CFN_LINT = join(__dirname, '../../.aws/bin/cfn-lint');

function synthesized(kind: string, cors: boolean): Stack {
  const app = new App({
    analyticsReporting: false,
    outdir: mkdtempSync(join(tmpdir(), 'cdk-cors-')),
    context: { 'aws:cdk:version-reporting': false },
  });
  const stack = new Stack(app, 'Stack', { env: { region: 'eu-west-1', account: '111122223333' } });
  EVERY_KIND[kind](stack, cors);
  app.synth();
  return stack;
}

function synthesizedExamples(): Stack[] {
  const app = new App({ analyticsReporting: false, outdir: mkdtempSync(join(tmpdir(), 'cdk-cors-')) });
  const webOrigin = 'https://app.example.com';
  const stacks = [
    new PetStoreStack(app, 'PetStore', { webOrigin }),
    new AccountsStack(app, 'Accounts', { webOrigin, preflightHandler: PreflightHandler.builtIn() }),
  ];
  app.synth();
  return stacks;
}

describe('cfn-lint', () => {
  const found = new Map<string, string[]>();
  const files: Record<string, [before: string, after: string]> = {};
  let examples: string[];

  // One process for all: it takes its time to start.
  beforeAll(() => {
    for (const kind of Object.keys(EVERY_KIND)) {
      files[kind] = [templateOf(synthesized(kind, false)), templateOf(synthesized(kind, true))];
    }
    examples = synthesizedExamples().map(templateOf);
    const all = [...Object.values(files).flat(), ...examples, FAULTY];
    for (const file of all) found.set(file, []);
    const { stdout, stderr } = spawnSync(CFN_LINT, ['--format', 'json', '--template', ...all], { encoding: 'utf8' });
    if (!stdout) throw new Error(stderr);
    for (const each of JSON.parse(stdout)) found.get(each.Filename)!.push(inWords(each));
  });

  test('finds a fault', () => {
    expect(found.get(FAULTY)).toEqual([expect.stringMatching(/^Error E3002 in Resources\/Topic: .*Nowhere/)]);
  });

  test.each(Object.keys(EVERY_KIND))('finds nothing new in %s', (kind) => {
    const [before, after] = files[kind].map((file) => found.get(file)!);
    expect(after.filter((finding) => !before.includes(finding))).toEqual([]);
  });

  test('finds no error in the examples', () => {
    const errors = examples.flatMap((file) => found.get(file)!).filter((finding) => finding.startsWith('Error'));
    expect(errors).toEqual([]);
  });

  /** `Error E3003 in Resources/Api: …`; the ids of Deployments end in a hash. */
  function inWords({ Level, Rule, Message, Location }: any): string {
    const place = (Location.Path ?? []).slice(0, 2).join('/');
    return `${Level} ${Rule.Id} in ${place.replace(/[0-9a-f]{8,}$/i, '')}: ${Message}`;
  }

  function templateOf(stack: Stack): string {
    return join((stack.node.root as App).outdir, stack.templateFile);
  }
});

describe("cdk-nag's AwsSolutions", () => {
  const { AwsSolutionsChecks } = require('cdk-nag');

  function findings(kind: string, cors: boolean): string[] {
    const stack = synthesized(kind, cors);
    const { violations } = new AwsSolutionsChecks(stack.node.root).validateScope(stack);
    return violations.flatMap(({ ruleName, description, violatingResources }: any) =>
      violatingResources.map(({ constructPath }: any) => `${ruleName} at ${constructPath}: ${description}`),
    );
  }

  test.each(Object.keys(EVERY_KIND))('finds nothing new in %s', (kind) => {
    const before = findings(kind, false);
    expect(before.length).toBeGreaterThan(0);
    expect(findings(kind, true).filter((finding) => !before.includes(finding))).toEqual([]);
  });
});
