import { APP } from '../support/pages';
import { ask } from '../support/templates';

/** An open PUT, and a catch-all behind a token authorizer: preflights for the one fall into the other. */
const document = (path: string, more: object = {}) => ({
  Resources: {
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Body: {
          openapi: '3.0.1',
          'x-amazon-apigateway-cors': { allowOrigins: [APP], allowMethods: ['PUT'] },
          components: {
            securitySchemes: {
              jwt: {
                type: 'oauth2',
                'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: '$request.header.Authorization' },
              },
            },
          },
          paths: {
            '/orders': { put: { 'x-amazon-apigateway-integration': { type: 'aws_proxy' } } },
            [path]: {
              'x-amazon-apigateway-any-method': {
                security: [{ jwt: [] }],
                'x-amazon-apigateway-integration': { type: 'aws_proxy' },
                ...more,
              },
            },
          },
        },
      },
    },
  },
});

test.each<[string, object]>([
  ['as the guide spells it', document('/$default')],
  ['as SAM spells it', document('$default', { isDefaultRoute: true })],
  ['by its flag alone', document('/other', { isDefaultRoute: true })],
  ['by its flag as a text', document('/other', { isDefaultRoute: 'true' })],
])('the default route of a document takes preflights: %s', (_, template) => {
  expect(ask(template, { path: '/orders', method: 'PUT' })).toMatchObject({
    outcome: 'BLOCKED',
    rule: 'preflight-answer',
    preflight: { status: 401 },
  });
});

test('another path does not', () => {
  expect(ask(document('/other'), { path: '/orders', method: 'PUT' }).outcome).toBe('ALLOWED');
});

test('one whose flag only the deployment knows may', () => {
  const template = document('/other', { isDefaultRoute: '{{resolve:ssm:/catch-all}}' });
  expect(ask(template, { path: '/orders', method: 'PUT' }).outcome).toBe('UNKNOWN');
});
