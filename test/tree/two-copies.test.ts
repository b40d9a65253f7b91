import { Stack } from 'aws-cdk-lib';
import { LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type * as library from '../../src';
import { appWith, resourcesOf, warningsOf } from '../rest-api/apps';

const CORS = { allowOrigins: ['https://app.example.com'] };

/** Two copies of this package over one aws-cdk-lib, as in a repository of several packages. */
function twoCopies(): (typeof library)[] {
  const load = () => {
    let copy!: typeof library;
    jest.isolateModules(() => {
      for (const name of ['aws-cdk-lib', 'aws-cdk-lib/aws-apigateway', 'aws-cdk-lib/aws-apigatewayv2', 'constructs']) {
        const shared = outside[name];
        jest.doMock(name, () => shared);
      }
      copy = require('../../src');
    });
    return copy;
  };
  return [load(), load()];
}

const outside: Record<string, unknown> = {
  'aws-cdk-lib': require('aws-cdk-lib'),
  'aws-cdk-lib/aws-apigateway': require('aws-cdk-lib/aws-apigateway'),
  'aws-cdk-lib/aws-apigatewayv2': require('aws-cdk-lib/aws-apigatewayv2'),
  constructs: require('constructs'),
};

test('see the preflights and gateway responses of each other, and add no second ones', () => {
  const [first, second] = twoCopies();
  expect(first.EnableCors).not.toBe(second.EnableCors);
  const stack = new Stack(appWith(), 'Stack');
  const handler = new LambdaFunction(stack, 'Handler', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
  });
  const api = new LambdaRestApi(stack, 'Api', { handler, proxy: false });
  const pets = api.root.addResource('pets');
  pets.addMethod('GET');
  first.addCors(api, CORS);
  second.addCors(pets, CORS);
  const options = Object.values<any>(resourcesOf(stack, 'AWS::ApiGateway::Method')).filter(
    ({ Properties }) => Properties.HttpMethod === 'OPTIONS',
  );
  expect(options).toHaveLength(1);
  expect(Object.keys(resourcesOf(stack, 'AWS::ApiGateway::GatewayResponse'))).toHaveLength(2);
  expect(warningsOf(stack).filter((text) => text.includes('OPTIONS method of its own'))).toEqual([]);
});

test('take the CORS configuration of each other for one that may be brought up to date', () => {
  const [first, second] = twoCopies();
  const stack = new Stack(appWith(), 'Stack');
  const api = new HttpApi(stack, 'Api');
  first.addCors(api, CORS);
  second.addCors(api, CORS);
  expect(Object.keys(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'))).toHaveLength(1);
  expect(warningsOf(stack).filter((text) => text.includes('sets CorsConfiguration itself'))).toEqual([]);
});

test('take the policies of each other for policies of an API, which defaults give way to', () => {
  const [first, second] = twoCopies();
  const stack = new Stack(appWith(), 'Stack');
  const api = new HttpApi(stack, 'Api');
  first.CorsDefaults.of(stack).set({ allowOrigins: ['https://other.example.com'] });
  second.addCors(api, CORS);
  const [{ Properties }] = Object.values<any>(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'));
  expect(Properties.CorsConfiguration.AllowOrigins).toEqual(CORS.allowOrigins);
});
