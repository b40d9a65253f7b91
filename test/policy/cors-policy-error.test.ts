import { inspect } from 'node:util';
import {
  App,
  aws_apigateway as apigateway,
  aws_apigatewayv2 as apigatewayv2,
  aws_lambda as lambda,
  Stack,
} from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  addCors,
  CorsApiDefinition,
  CorsEnabledRestApi,
  CorsPolicyError,
  CorsRuntime,
  PreflightHandler,
} from '../../src';

const WRONG = { allowOrigins: ['https://app.example.com/'], allowMethods: ['GE T'] };

function errorOf(work: () => unknown): CorsPolicyError {
  try {
    work();
  } catch (error) {
    if (error instanceof CorsPolicyError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const shop = () => new Stack(new App(), 'Shop');

test.each<[string, () => unknown, string]>([
  ['addCors', () => addCors(new apigateway.RestApi(shop(), 'Api'), WRONG), 'Shop/Api: cors.allowOrigins[0]: '],
  [
    'cors of a construct',
    () => new CorsEnabledRestApi(shop(), 'Api', { cors: WRONG }),
    'Shop/Api: cors.allowOrigins[0]: ',
  ],
  ['a runtime', () => new CorsRuntime(shop(), 'Cors', { cors: WRONG }), 'Shop/Cors: cors.allowOrigins[0]: '],
  [
    'what the target refuses',
    () => addCors(new apigateway.RestApi(shop(), 'Api'), { allowOrigins: ['*'], preflightHandler: {} as any }),
    'Shop/Api: cors.preflightHandler',
  ],
  [
    'a function that can have no layer',
    () => {
      const stack = shop();
      const code = lambda.Code.fromAsset(__dirname);
      const fn = new lambda.Function(stack, 'Fn', { runtime: lambda.Runtime.RUBY_3_3, handler: 'x', code });
      new CorsRuntime(stack, 'Cors').attachTo(fn);
    },
    'Shop/Fn: the layer has helpers for',
  ],
  ['a file', () => CorsApiDefinition.fromFile('no-such-file.yaml'), 'no-such-file.yaml: there is no such file'],
  [
    'a handler',
    () => PreflightHandler.integration({} as any),
    'PreflightHandler.integration: an object is not an integration of a route',
  ],
  [
    'an integration for two APIs',
    () => {
      const stack = shop();
      const integration = new HttpUrlIntegration('Preflights', 'https://preflights.example.com');
      const preflightHandler = PreflightHandler.integration(integration);
      for (const id of ['One', 'Two']) {
        const paths = { '/pets': { 'x-amazon-apigateway-any-method': {} } };
        const api = new apigatewayv2.CfnApi(stack, id, { body: { openapi: '3.0.1', paths } });
        addCors(api, { allowOrigins: ['*'], preflightHandler });
      }
      Template.fromStack(stack);
    },
    'cors.preflightHandler: the integration answers for Shop/One already',
  ],
])('says of what it speaks: %s', (_, work, start) => {
  const { message } = errorOf(work);
  expect(message.slice(0, start.length)).toBe(start);
});

test('has each fault in a list, and prints it once', () => {
  const error = errorOf(() => addCors(new apigateway.RestApi(shop(), 'Api'), WRONG));
  expect(error.faults).toEqual([
    expect.stringMatching(/^cors\.allowOrigins\[0\]: /),
    expect.stringMatching(/^cors\.allowMethods\[0\]: /),
  ]);
  expect(inspect(error).split('cors.allowMethods[0]')).toHaveLength(2);
});
