import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CorsSimulator } from '../../src';

const TEMPLATE = {
  Resources: {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'Secret', ProtocolType: 'HTTP' } },
    Get: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /secret', Target: 'integrations/a' },
    },
  },
};

let root: string;
let assembly: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'assembly-'));
  assembly = join(root, 'cdk.out');
  mkdirSync(assembly);
  writeFileSync(join(root, 'outside.template.json'), JSON.stringify(TEMPLATE));
});
afterEach(() => rmSync(root, { recursive: true }));

function manifest(artifacts: object, folder = assembly): void {
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '36.0.0', artifacts }));
}

const stack = (templateFile: unknown, more: object = {}) => ({
  Stack: { type: 'aws:cloudformation:stack', properties: { templateFile }, ...more },
});

describe('a cloud assembly cannot have anything read that is not its own', () => {
  test('by a path', () => {
    manifest(stack('../outside.template.json'));
    expect(() => CorsSimulator.fromAssembly(assembly)).toThrow(/leads out of the cloud assembly/);
  });

  test('by a link', () => {
    symlinkSync(join(root, 'outside.template.json'), join(assembly, 'Stack.template.json'));
    manifest(stack('Stack.template.json'));
    expect(() => CorsSimulator.fromAssembly(assembly)).toThrow(/leads out of the cloud assembly/);
  });

  test('by a nested assembly', () => {
    manifest(stack('outside.template.json'), root);
    manifest({ Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: '..' } } });
    expect(() => CorsSimulator.fromAssembly(assembly)).toThrow(/is not a folder of the cloud assembly/);
  });

  test('by an asset, which is then not seen', () => {
    const url = { 'Fn::Sub': 'https://s3.amazonaws.com/assets/abc.json' };
    const nested = { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: url } } };
    writeFileSync(join(assembly, 'Stack.template.json'), JSON.stringify({ Resources: nested }));
    const source = { path: '../outside.template.json', packaging: 'file' };
    writeFileSync(join(assembly, 'Stack.assets.json'), JSON.stringify({ files: { abc: { source } } }));
    manifest(stack('Stack.template.json'));
    expect(() => CorsSimulator.fromAssembly(assembly)).toThrow(/holds no REST or HTTP API/);
  });
});

test('a special file is refused at once, rather than waited for', () => {
  execFileSync('mkfifo', [join(assembly, 'Stack.template.json')]);
  manifest(stack('Stack.template.json'));
  expect(() => CorsSimulator.fromAssembly(assembly)).toThrow(/is not a regular file/);
});

test.each([
  ['is an assembly of itself', { Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } }],
  ['names no template', stack(undefined)],
  ['names a template that is not there', stack('Missing.template.json')],
  ['has artifacts that are nothing', { Stack: null }],
])('an assembly that %s ends in a clear line', (_, artifacts) => {
  manifest(artifacts);
  expect(() => CorsSimulator.fromAssembly(assembly)).toThrow(/cdk\.out|holds no|not there/);
});
