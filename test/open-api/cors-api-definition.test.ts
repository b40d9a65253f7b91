import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { CorsApiDefinition } from '../../src/constructs/cors-api-definition';
import { appWith } from '../rest-api/apps';

const folder = mkdtempSync(join(tmpdir(), 'open-api-'));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function read(name: string, text: string): any {
  return CorsApiDefinition.fromFile(file(name, text)).bind(new Stack(appWith(), 'Stack')).inlineDefinition;
}

describe('a file', () => {
  const PETS = {
    openapi: '3.0.1',
    info: { title: 'Pets', version: '1' },
    paths: { '/pets': { get: { responses: { 200: { description: 'ok' } } } } },
  };

  test('of JSON is read', () => {
    expect(read('pets.json', JSON.stringify(PETS))).toEqual(PETS);
  });

  test('with a byte order mark is read', () => {
    expect(read('pets.json', `\uFEFF${JSON.stringify(PETS)}`)).toEqual(PETS);
  });

  test('of YAML is read', () => {
    const yaml = [
      'openapi: 3.0.1',
      'info: {title: Pets, version: "1"}',
      'paths:',
      '  /pets:',
      '    get:',
      '      responses:',
      '        200: {description: ok}',
    ];
    expect(read('pets.yaml', yaml.join('\n'))).toEqual(PETS);
  });

  test('of YAML keeps what CloudFormation works out at deployment', () => {
    const yaml = [
      'openapi: "3.0.1"',
      'info: {title: !Ref Title, version: "1"}',
      'paths:',
      '  /pets:',
      '    get:',
      '      x-amazon-apigateway-integration:',
      '        uri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Pets.Arn}/invocations',
      '        credentials: !GetAtt Role.Arn',
      '        type: !If [InProduction, aws_proxy, !Ref Type]',
    ];
    expect(read('tags.yaml', yaml.join('\n'))).toMatchObject({
      info: { title: { Ref: 'Title' } },
      paths: {
        '/pets': {
          get: {
            'x-amazon-apigateway-integration': {
              uri: {
                'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Pets.Arn}/invocations',
              },
              credentials: { 'Fn::GetAtt': ['Role', 'Arn'] },
              type: { 'Fn::If': ['InProduction', 'aws_proxy', { Ref: 'Type' }] },
            },
          },
        },
      },
    });
  });

  test('of YAML may use anchors and merge keys', () => {
    const yaml = [
      'swagger: "2.0"',
      'x-ok: &ok {description: ok}',
      'paths:',
      '  /pets:',
      '    get: {responses: {200: {<<: *ok}}}',
    ];
    expect(read('anchors.yaml', yaml.join('\n')).paths['/pets'].get.responses).toEqual({ 200: { description: 'ok' } });
  });
});

describe('a file that cannot be used is named', () => {
  test('where it is missing', () => {
    expect(() => CorsApiDefinition.fromFile('no-such-file.yaml')).toThrow(
      `no-such-file.yaml: there is no such file. Relative paths start at ${process.cwd()}.`,
    );
  });

  test('where it is a folder', () => {
    expect(() => CorsApiDefinition.fromFile(folder)).toThrow(`${folder}: this is a folder, not a file.`);
  });

  test.each([
    ['broken.json', '{"openapi": "3.0.1", "paths": [}', 'this is not JSON'],
    ['broken.yaml', 'openapi: "3.0.1"\npaths:\n  /pets: [', 'this is not YAML'],
    ['twice.yaml', 'openapi: "3.0.1"\npaths: {}\npaths: {}', 'line 3 has a key that stands twice'],
    ['empty.yaml', '', '#: an OpenAPI document is an object, not empty.'],
    ['number.yaml', 'swagger: 2.0\npaths: {}', '#/swagger: 2 is a number'],
    [
      'dangling.yaml',
      'swagger: "2.0"\npaths:\n  /pets:\n    $ref: "#/nowhere"',
      '#/paths/~1pets/$ref: "#/nowhere" leads nowhere.',
    ],
  ])('%s', (name, text, fault) => {
    const path = file(name, text);
    expect(() => CorsApiDefinition.fromFile(path)).toThrow(fault);
    expect(() => CorsApiDefinition.fromFile(path)).toThrow(path);
  });
});
