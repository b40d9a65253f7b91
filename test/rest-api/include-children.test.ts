import '../verdicts';
import { inspect } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { addCors, CorsPolicyError, EnableCors, ErrorOrigin } from '../../src';
import { APP } from '../support/pages';
import { appWith, mock, resourcesOf, warningsOf } from './apps';

const OTHER = 'https://other.example.com';
const ALL = { allowOrigins: [APP], includeChildren: true };

let stack: Stack;
let api: apigateway.RestApi;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
  api = new apigateway.RestApi(stack, 'Api');
  api.root.addResource('else').addMethod('PUT', mock());
});

function infosOf(): string[] {
  resourcesOf(stack, 'AWS::ApiGateway::Method');
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.filter(({ type }) => type === 'aws:cdk:info').map(({ data }) => `${node.path}: ${data}`),
    );
}

const put = (path: string, origin = APP) => ({ origin, path, method: 'PUT' });

describe('a policy with includeChildren on a resource', () => {
  test.each<[string, (resource: apigateway.IResource) => void]>([
    ['addCors', (resource) => addCors(resource, ALL)],
    ['EnableCors.on', (resource) => EnableCors.on(resource, ALL)],
    ['a mixin', (resource) => void resource.with(new EnableCors(ALL))],
  ])('covers what is below it, whatever is added later: %s', (_, cover) => {
    const a = api.root.addResource('a');
    cover(a);
    a.addResource('b').addResource('{id}').addMethod('PUT', mock());
    expect(api).toAllow(put('/a/b/1'));
    expect(api).toBlock(put('/else'), 'preflight-answer');
    expect(infosOf()).toEqual([]);
  });

  test('gives way to a policy on a resource below, which is for that one alone', () => {
    const a = api.root.addResource('a');
    const b = a.addResource('b');
    for (const each of [b, b.addResource('c')]) each.addMethod('PUT', mock());
    addCors(b, { allowOrigins: [OTHER] });
    addCors(a, ALL);
    expect(api).toAllow(put('/a/b', OTHER));
    expect(api).not.toAllow(put('/a/b'));
    expect(api).toAllow(put('/a/b/c'));
  });

  test('wins over that of the API, and the nearest of two wins', () => {
    const a = api.root.addResource('a');
    const b = a.addResource('b');
    b.addResource('c').addMethod('PUT', mock());
    a.addResource('d').addMethod('PUT', mock());
    addCors(api, { allowOrigins: ['https://api.example.com'] });
    addCors(a, ALL);
    addCors(b, { allowOrigins: [OTHER], includeChildren: true });
    expect(api).toAllow(put('/a/b/c', OTHER));
    expect(api).not.toAllow(put('/a/b/c'));
    expect(api).toAllow(put('/a/d'));
    expect(api).toAllow(put('/else', 'https://api.example.com'));
  });

  test('of an included template', () => {
    const included = new Stack(appWith(), 'Included');
    const include = new CfnInclude(included, 'It', { templateFile: `${__dirname}/included.template.json` });
    const child = new apigateway.CfnResource(included, 'Child', {
      restApiId: include.getResource('Api').ref,
      parentId: include.getResource('Pets').ref,
      pathPart: 'child',
    });
    new apigateway.CfnMethod(included, 'PutChild', {
      restApiId: include.getResource('Api').ref,
      resourceId: child.ref,
      httpMethod: 'PUT',
      authorizationType: 'NONE',
      integration: { type: 'HTTP_PROXY', integrationHttpMethod: 'PUT', uri: 'https://backend.example.com' },
    });
    addCors(include.getResource('Pets'), ALL);
    expect(included).toDependOnBackend(put('/pets/child'));
  });
});

test('methods below a covered resource that stay uncovered are told, with both ways out', () => {
  const a = api.root.addResource('a');
  addCors(a, { allowOrigins: [APP] });
  a.addMethod('GET', mock());
  a.addResource('b').addMethod('PUT', mock());
  expect(infosOf()).toEqual([
    expect.stringMatching(
      /^Stack\/Api\/Default\/a: \/a\/b: .* below \/a, .*includeChildren: true.* on the API\..*UncoveredBelow/,
    ),
  ]);
});

test.each<[string, () => void, RegExp]>([
  ['on a whole API', () => addCors(api, ALL), /cors\.includeChildren: a policy on an API covers every resource/],
  [
    'on an HTTP API',
    () => addCors(new apigatewayv2.HttpApi(stack, 'Http'), ALL),
    /cors\.includeChildren: an HTTP API has one/,
  ],
  [
    'that is not a flag',
    () => addCors(api.root, { ...ALL, includeChildren: 'yes' as any }),
    /cors\.includeChildren: "yes" is neither true nor false/,
  ],
])('includeChildren %s is refused', (_, call, message) => {
  expect(call).toThrow(message);
});

describe('every refusal', () => {
  test.each<[string, () => void]>([
    ['of a policy', () => new EnableCors({ allowOrigins: [] })],
    ['of a target', () => EnableCors.on(stack, ALL)],
    ['of something that is not a construct', () => addCors(undefined as any)],
    ['of options that a target does not take', () => addCors(api, ALL)],
    ['of a second policy', () => [0, 1].forEach(() => addCors(api.root))],
    ['of an errorOrigin', () => ErrorOrigin.exactly('https://APP.example.com/')],
  ])('is a CorsPolicyError with its faults, printed once: %s', (_, call) => {
    let error: unknown;
    try {
      call();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CorsPolicyError);
    const { faults, message } = error as CorsPolicyError;
    expect(message.endsWith(faults.join('\n'))).toBe(true);
    expect(faults.length).toBeGreaterThan(0);
    expect(inspect(error).split(message.split('\n')[0])).toHaveLength(2);
    expect(inspect(error)).not.toContain('faults');
  });
});

test('what is covered has no warnings', () => {
  const a = api.root.addResource('a');
  addCors(a, ALL);
  a.addResource('b').addMethod('GET', mock());
  expect(warningsOf(stack)).toEqual([]);
});
