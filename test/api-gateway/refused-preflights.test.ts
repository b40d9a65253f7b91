import { refusedPreflights } from '../../src/api-gateway/refused-preflights';

const allow = (Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource,
  ...more,
});
const deny = (Resource: unknown, more: object = {}) => ({ ...allow(Resource, more), Effect: 'Deny' });
const ARN = 'arn:aws:execute-api:eu-west-1:123456789012:abc';

const refused = (...Statement: object[]) => refusedPreflights({ Statement }, ['/', '/files']);

test.each<[string, object[]]>([
  ['only other methods are allowed', [allow(['execute-api:/*/POST/*', 'execute-api:/*/DELETE/*'])]],
  ['only others are allowed, by an ARN', [allow(`${ARN}/prod/POST/*`)]],
  ['only an account is allowed', [allow('*', { Principal: { AWS: 'arn:aws:iam::123456789012:root' } })]],
  ['only something else is allowed', [allow('*', { Action: 'execute-api:ManageConnections' })]],
  ['OPTIONS is denied', [allow('*'), deny('execute-api:/*/OPTIONS/*')]],
  ['everything is denied', [allow('*'), deny('*')]],
])('refuses where %s', (_, statements) => {
  expect(refused(...statements)).toEqual(['/', '/files']);
});

test.each<[string, object[]]>([
  ['everything is allowed', [allow('*')]],
  ['everything of the API is', [allow('execute-api:/*')]],
  ['every method of a stage is', [allow('execute-api:/prod/*')]],
  ['OPTIONS is', [allow('execute-api:/*/OPTIONS/*', { Principal: { AWS: '*' } })]],
  ['a visitor may be, on a condition', [allow('*', { Condition: { IpAddress: { 'aws:SourceIp': '1.2.3.4' } } })]],
  ['some are denied, on a condition', [allow('*'), deny('*', { Condition: { StringEquals: { a: 'b' } } })]],
  ['another stage is denied', [allow('*'), deny('execute-api:/old/OPTIONS/*')]],
  ['only the deployment knows which are', [allow({ 'Fn::Join': ['', ['arn:', { Ref: 'Api' }, '/*/GET/*']] })]],
  ['only the deployment knows who is', [allow('*', { Principal: { AWS: { Ref: 'Who' } } })]],
  ['a statement cannot be read', [{ 'Fn::If': ['Strict', {}, {}] }]],
])('does not say so where %s', (_, statements) => {
  expect(refused(...statements)).toEqual([]);
});

test('paths are looked at one by one, and a text is read', () => {
  const policy = { Statement: allow(['execute-api:/*/*/files', 'execute-api:/*/GET/*']) };
  expect(refusedPreflights(JSON.stringify(policy), ['/', '/files'])).toEqual(['/']);
  expect(refusedPreflights(undefined, ['/'])).toEqual([]);
  expect(refusedPreflights('no JSON', ['/'])).toEqual([]);
});
