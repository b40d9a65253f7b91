import '../verdicts';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnCondition, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { addCors } from '../../src';
import { appWith, resourcesOf } from './apps';

const APP = 'https://app.example.com';
const SEVERAL = [APP, 'https://admin.example.com'];

/** Of the template, the second side holds. */
function onOneSide(value: unknown): object {
  return { 'Fn::If': ['IsAsync', value, { Ref: 'AWS::NoValue' }] };
}

const conditional = () => JSON.parse(readFileSync(`${__dirname}/conditional.template.json`, 'utf8'));

/** Typed L1s, whose properties are tokens. */
function included(template: any): CfnResource {
  const templateFile = join(mkdtempSync(join(tmpdir(), 'conditional-')), 'template.json');
  writeFileSync(templateFile, JSON.stringify(template));
  return new CfnInclude(new Stack(appWith(), 'Stack'), 'Included', { templateFile }).getResource('Api');
}

/** Resources as they are written. */
function raw({ Resources }: any): CfnResource {
  const stack = new Stack(appWith(), 'Stack');
  new CfnCondition(stack, 'IsAsync', { expression: Fn.conditionEquals('no', 'yes') });
  const made = Object.entries<any>(Resources).map(
    ([id, { Type, Properties }]) => new CfnResource(stack, id, { type: Type, properties: Properties }),
  );
  return made[0];
}

const method = (template: any) => template.Resources.GetRoot.Properties;
const response = (template: any) => method(template).Integration['Fn::If'][2].IntegrationResponses[0];

describe.each([
  ['an included template', included],
  ['raw resources', raw],
])('of %s, pages can read what a condition leaves out on one side:', (name, build) => {
  test.each<[string, (template: any) => void]>([
    ['the method responses', (template) => (method(template).MethodResponses = onOneSide([]))],
    ['the parameters of a response', (template) => (response(template).ResponseParameters = onOneSide({}))],
    ['the templates of a response', (template) => (response(template).ResponseTemplates = onOneSide({ 'a/b': '$a' }))],
  ])('%s', (_, change) => {
    for (const allowOrigins of [[APP], SEVERAL]) {
      const template = conditional();
      change(template);
      const api = build(template);
      addCors(api, { allowOrigins });
      expect(api).toAllow({ origin: APP, path: '/' });
    }
  });

  // CfnInclude takes no conditions there.
  const ofRaw = name === 'raw resources' ? test : undefined;

  ofRaw?.('the parameters of a method response', () => {
    const template = conditional();
    method(template).MethodResponses[0].ResponseParameters = onOneSide({});
    const api = build(template);
    addCors(api, { allowOrigins: [APP] });
    expect(api).toAllow({ origin: APP, path: '/' });
  });

  ofRaw?.('the parameters of a gateway response', () => {
    const template = conditional();
    const Properties = { RestApiId: { Ref: 'Api' }, ResponseType: 'DEFAULT_4XX', ResponseParameters: onOneSide({}) };
    template.Resources.Denied = { Type: 'AWS::ApiGateway::GatewayResponse', Properties };
    const api = build(template);
    addCors(api, { allowOrigins: [APP] });
    const { Denied } = resourcesOf(Stack.of(api), 'AWS::ApiGateway::GatewayResponse');
    expect(Denied.Properties.ResponseParameters['Fn::If'][2]).toEqual({
      'gatewayresponse.header.Access-Control-Allow-Origin': `'${APP}'`,
    });
  });
});
