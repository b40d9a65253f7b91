import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ts from 'typescript';
import { codeBlocksIn, pagesOf, read } from '../../projenrc/markdown';
import { CorsSimulator } from '../../src';
import { warningsOf } from '../support/apps';
import { answersTo } from './circumstances';
import { PROMISES, type Promised } from './promises';

/** What a page that pastes the recipe has: the exports of its one module. */
function moduleOf(recipe: string): Record<string, any> {
  const blocks = codeBlocksIn(read(`docs/recipes/${recipe}.md`)).filter(({ language }) => language === 'ts');
  expect(blocks).toHaveLength(1);
  const { outputText } = ts.transpileModule(blocks[0].code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  const exported = {};
  new Function('require', 'exports', outputText)(require, exported);
  return exported;
}

function stacksOf(recipe: string, { stacks }: Promised, app = new App({ analyticsReporting: false })): Stack[] {
  const exported = moduleOf(recipe);
  if (stacks) return stacks(exported, app);
  const classes = Object.values(exported).filter((value) => value.prototype instanceof Stack);
  expect(classes).toHaveLength(1);
  return [new classes[0](app, 'Recipe')];
}

function simulatorOf(stack: Stack, { values, supposing }: Promised): CorsSimulator {
  if (supposing) return CorsSimulator.fromTemplate(supposing(Template.fromStack(stack).toJSON()));
  return CorsSimulator.fromStack(stack, { values: values?.(stack) });
}

const RECIPES = pagesOf('docs/recipes')
  .map((page) => page.replace(/^docs\/recipes\/|\.md$/g, ''))
  .filter((recipe) => recipe !== 'README');

test('each recipe promises something, and each promise belongs to a recipe', () => {
  expect(Object.keys(PROMISES).sort()).toEqual(RECIPES);
});

describe.each(Object.entries(PROMISES))('%s', (recipe, promised) => {
  const stacks = stacksOf(recipe, promised);
  const stackNamed = (name?: string) => stacks.find(({ node }) => name === undefined || node.id === name)!;

  test('can be deployed: nothing depends on itself, and nothing is refused', () => {
    for (const stack of stacks) {
      Template.fromStack(stack);
      expect(Annotations.fromStack(stack).findError('*', Match.stringLikeRegexp('cdk-cors'))).toEqual([]);
    }
  });

  test('CloudFormation’s schema has nothing against it, where aws-cdk-lib asks it', () => {
    const { CDK_VALIDATION } = process.env;
    delete process.env.CDK_VALIDATION;
    const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
    stacksOf(recipe, promised, app);
    expect(() => app.synth()).not.toThrow();
    if (CDK_VALIDATION !== undefined) process.env.CDK_VALIDATION = CDK_VALIDATION;
  });

  test('comes without a warning of cdk-cors', () => {
    expect(stacks.flatMap(warningsOf).filter((warning) => warning.includes('cdk-cors:'))).toEqual([]);
  });

  test('the code of every function runs, and lets in the same pages as the API', async () => {
    const reachFunctions = promised.requests.filter(
      ([, { via, gatewayError }, outcome]) => !via && !gatewayError && ['ALLOWED', 'BLOCKED'].includes(outcome),
    );
    for (const [, { of: name, ...request }, outcome] of reachFunctions) {
      const stack = stackNamed(name);
      for (const { statusCode, headers } of await answersTo(request, stack, promised.values?.(stack))) {
        expect(statusCode).toBe(200);
        const lets = headers['Access-Control-Allow-Origin'] === request.origin;
        expect(`${request.origin} ${lets ? 'ALLOWED' : 'BLOCKED'}`).toBe(`${request.origin} ${outcome}`);
      }
    }
  });

  test('says what happens to a page from elsewhere', () => {
    const outcomes = promised.requests.map(([, , outcome]) => outcome);
    expect(outcomes).toContain('BLOCKED');
    expect(read(`docs/recipes/${recipe}.md`)).toMatch(/^## What a browser does$/m);
  });

  for (const [says, { of: name, ...request }, ...expected] of promised.requests)
    test(says, () => {
      const verdict = simulatorOf(stackNamed(name), promised).request(request);
      expect([verdict.outcome, verdict.rule].slice(0, expected.length)).toEqual(expected);
    });

  if (promised.also)
    test('and what else the recipe says', () => {
      for (const stack of stacks) promised.also!(stack);
    });
});
