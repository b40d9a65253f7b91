import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as ts from 'typescript';
import { codeBlocksIn, read } from '../../projenrc/markdown';
import { run } from '../cli/run';

/** The recipe has its API at two addresses, of which pages use one: how to check that one. */

const blocks = codeBlocksIn(read('docs/recipes/one-domain.md'));
const codeIn = (asked: string): string => blocks.find(({ language }) => language === asked)!.code;

function assembly(): string {
  const { outputText } = ts.transpileModule(codeIn('ts'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, any> = {};
  new Function('require', 'exports', outputText)(require, exported);
  const app = new App({ analyticsReporting: false });
  new exported.OneDomainStack(app, 'OneDomainStack');
  return app.synth().directory;
}

test('its command checks the API as the page of the site reaches it', async () => {
  const command = codeIn('shell').replace(/\\\n/g, ' ');
  const [, line] = /npx cdk-cors (check .*)/.exec(command)!;
  const args = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  const { code, out } = await run([...args, assembly(), '--no-config']);
  expect(out).toMatch(/PUT +✓ same origin/);
  expect(out).not.toContain('blocked');
  expect(code).toBe(0);
});

test('its settings accept that the own address of the API is closed to the page', async () => {
  const config = join(mkdtempSync(join(tmpdir(), 'cors-')), 'cdk-cors.json');
  writeFileSync(config, codeIn('json'));
  const { code, out } = await run(['check', assembly(), '--config', config]);
  expect(out).toContain('1 finding is accepted and not counted.');
  expect(out).toMatch(/PUT +✓ same origin/);
  expect(code).toBe(0);
});
