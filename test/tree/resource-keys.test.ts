import { App, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IConstruct } from 'constructs';
import { ResourceKeys } from '../../src/tree/resource-keys';

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, 'Stack');
const other = new Stack(app, 'Other');
const nested = new NestedStack(stack, 'Nested');
const api = new CfnRestApi(stack, 'Api', { name: 'pets' });
const second = new CfnRestApi(stack, 'Second', { name: 'pets' });
const parameter = new CfnParameter(stack, 'Id');
const given = new NestedStack(stack, 'Given', { parameters: { ApiId: api.ref } });
const ofParent = new CfnParameter(given, 'ApiId');

const keys = new ResourceKeys();
const key = keys.keyOf(api);

describe('a value means the API itself', () => {
  test.each<[string, unknown, IConstruct]>([
    ['by a reference', api.ref, stack],
    ['by the attribute that equals it', api.attrRestApiId, stack],
    ['by a reference from another stack', api.ref, other],
    ['by a reference from a nested stack', api.ref, nested],
    ['by a name that is written down', Fn.ref('Api'), stack],
    ['by raw JSON', { Ref: 'Api' }, stack],
    ['by a parameter that the stack above fills in', ofParent.valueAsString, given],
  ])('%s', (_, value, user) => expect(keys.keyOfReference(value, user)).toBe(key));
});

describe('a value means something else', () => {
  test.each<[string, unknown, IConstruct]>([
    ['another API', second.ref, stack],
    ['another attribute', api.attrRootResourceId, stack],
    ['a parameter that the deployment fills in', parameter.valueAsString, stack],
    ['a name of this stack, which is of another stack there', Fn.ref('Api'), other],
    ['a literal', 'abc123', stack],
  ])('%s', (_, value, user) => expect(keys.keyOfReference(value, user)).not.toBe(key));
});

test('a literal is its own key, in whichever stack', () => {
  expect(keys.keyOfReference('abc123', stack)).toBe('abc123');
  expect(keys.keyOfReference('abc123', other)).toBe('abc123');
});

test('everything that a value mentions is found, on both sides of a condition', () => {
  const either = Fn.conditionIf('Some', api.ref, second.ref);
  expect(keys.mentionedIn({ uri: Fn.join('/', ['a', Fn.sub('b')]), ids: [either] }, stack)).toEqual(
    expect.arrayContaining([api, second]),
  );
});

test('looking exports nothing', () => {
  keys.keyOfReference(api.ref, other);
  expect(other.dependencies).toEqual([]);
});
