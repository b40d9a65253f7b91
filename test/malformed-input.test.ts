import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CorsDefaults } from '../src';
import { appWith } from './rest-api/apps';
import { httpApi, JWT } from './support/http-api-templates';
import { get, restApi } from './support/templates';

/** Raw resources take whatever is written there; none of it may end in a TypeError. */
function covered({ Resources }: any, odd: (resources: any) => void): Stack {
  odd(Resources);
  const stack = new Stack(appWith(), 'Stack');
  for (const [id, { Type, Properties }] of Object.entries<any>(Resources)) {
    new CfnResource(stack, id, { type: Type, properties: Properties });
  }
  CorsDefaults.of(stack).set({ allowOrigins: ['https://app.example.com', 'https://admin.example.com'] });
  return stack;
}

const NO_VALUE = { Ref: 'AWS::NoValue' };
const REST = () => restApi([get('/pets'), get('/')]);
const HTTP = () => httpApi(undefined, { 'GET /pets': {}, $default: JWT });
const method = (resources: any) => resources.GETXpets.Properties;
const response = (resources: any) => method(resources).Integration.IntegrationResponses;

test.each<[string, () => any, (resources: any) => void]>([
  ['a type that is not a text', REST, (all) => Object.assign(all.GETXpets, { Type: 5 })],
  ['properties that are a text', REST, (all) => Object.assign(all.Api, { Properties: 'none' })],
  ['no properties', REST, (all) => Object.assign(all.GETXpets, { Properties: undefined })],
  ['a null branch', REST, (all) => (method(all).Integration = { 'Fn::If': ['C', null, NO_VALUE] })],
  ['a condition that is no list', REST, (all) => (method(all).Integration = { 'Fn::If': 'C' })],
  ['a condition without branches', REST, (all) => (method(all).MethodResponses = { 'Fn::If': ['C'] })],
  [
    'conditions in conditions',
    REST,
    (all) => response(all).push({ 'Fn::If': ['C', { 'Fn::If': ['D', NO_VALUE, { StatusCode: 200 }] }, null] }),
  ],
  ['a number as text', REST, (all) => (response(all)[0].StatusCode = 200)],
  ['a response that is null', REST, (all) => response(all).push(null)],
  ['responses that are an object', REST, (all) => (method(all).MethodResponses = { 200: {} })],
  ['an attribute in one text', REST, (all) => (method(all).ResourceId = { 'Fn::GetAtt': 'Api.RootResourceId' })],
  ['an attribute that is a number', REST, (all) => (method(all).ResourceId = { 'Fn::GetAtt': 5 })],
  ['a Join that is an object', HTTP, (all) => (all.Route1.Properties.Target = { 'Fn::Join': { 1: [] } })],
  ['a Sub of nothing', HTTP, (all) => (all.Route1.Properties.Target = { 'Fn::Sub': ['integrations/${X}', null] })],
  [
    'an object that is no text',
    HTTP,
    (all) => (all.Route1.Properties.Target = { 'Fn::Sub': { toString: 1, valueOf: 1 } }),
  ],
])('%s', (_, template, odd) => {
  const { Resources } = Template.fromStack(covered(template(), odd)).toJSON();
  expect(Object.keys(Resources).length).toBeGreaterThan(2);
});
