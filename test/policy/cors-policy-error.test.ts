import { inspect } from 'node:util';
import { App, aws_apigateway as apigateway, Stack } from 'aws-cdk-lib';
import { addCors, CorsEnabledRestApi, CorsPolicyError, CorsRuntime } from '../../src';

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
])('names the construct: %s', (_, work, start) => {
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
