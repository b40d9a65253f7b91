import '../verdicts';
import { type App, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { EnableCors } from '../../src';
import { appWith, mock, warningsOf } from '../rest-api/apps';
import { APP } from '../support/pages';

const mixin = () => new EnableCors({ allowOrigins: [APP] });

function restApi(scope: Construct, id = 'Rest'): apigateway.RestApi {
  const api = new apigateway.RestApi(scope, id);
  api.root.addResource('pets').addMethod('PUT', mock());
  return api;
}

describe('a mixin that reaches nothing', () => {
  const WARNING = expect.stringMatching(/^Stack: EnableCors was applied here, .*cdk-cors:ReachesNothing/);
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(appWith(), 'Stack');
  });

  test('says so', () => {
    stack.with(mixin());
    restApi(stack);
    expect(warningsOf(stack)).toEqual([WARNING]);
  });

  test('says so where it reached something elsewhere', () => {
    const other = new Stack(stack.node.root as App, 'Other');
    restApi(other);
    const shared = mixin();
    other.with(shared);
    stack.with(shared);
    expect(warningsOf(stack)).toEqual([WARNING]);
  });

  test('but not where there is an API below', () => {
    restApi(stack);
    stack.with(mixin());
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a mixin covers every API that is there', () => {
  test.each<[string, (app: App, stage: Stage) => Construct]>([
    ['on the App', (app) => app],
    ['on a Stage', (_, stage) => stage],
  ])('%s', (_, target) => {
    const app = appWith();
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'Stack');
    const api = restApi(stack);
    new apigatewayv2.HttpApi(stack, 'Http');
    target(app, stage).with(mixin());
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
    const template = stage.synth().getStackArtifact(stack.artifactId).template;
    const apis = Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Api');
    expect(apis.map(({ Properties }) => Properties.CorsConfiguration.AllowOrigins)).toEqual([[APP]]);
  });
});
