import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ts from 'typescript';
import { codeBlocksIn, pagesOf, read } from '../../projenrc/markdown';
import { CorsSimulator } from '../../src';
import { warningsOf } from '../support/apps';
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

function stacksOf(recipe: string, { stacks }: Promised): Stack[] {
  const exported = moduleOf(recipe);
  const app = new App({ analyticsReporting: false });
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

  test('can be deployed: nothing depends on itself, and nothing is refused', () => {
    for (const stack of stacks) {
      Template.fromStack(stack);
      expect(Annotations.fromStack(stack).findError('*', Match.stringLikeRegexp('cdk-cors'))).toEqual([]);
    }
  });

  test('comes without a warning of cdk-cors', () => {
    expect(stacks.flatMap(warningsOf).filter((warning) => warning.includes('cdk-cors:'))).toEqual([]);
  });

  test('every function with a policy wraps its handler', () => {
    const functions = stacks.flatMap((stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')),
    );
    const withPolicy = functions.filter(({ Properties }) => Properties.Environment?.Variables?.CORS_POLICY);
    for (const { Properties } of withPolicy) expect(Properties.Code.ZipFile).toContain('= withCors(');
  });

  test('says what happens to a page from elsewhere', () => {
    const outcomes = promised.requests.map(([, , outcome]) => outcome);
    expect(outcomes).toContain('BLOCKED');
    expect(read(`docs/recipes/${recipe}.md`)).toMatch(/^## What a browser does$/m);
  });

  for (const [says, { of: name, ...request }, ...expected] of promised.requests)
    test(says, () => {
      const stack = stacks.find(({ node }) => node.id === (name ?? stacks[0].node.id))!;
      const verdict = simulatorOf(stack, promised).request(request);
      expect([verdict.outcome, verdict.rule].slice(0, expected.length)).toEqual(expected);
    });

  if (promised.also)
    test('and what else the recipe says', () => {
      for (const stack of stacks) promised.also!(stack);
    });
});
