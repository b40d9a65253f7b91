import type { Stack } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { CorsEnabledHttpApi, CorsHeaders } from '../../src';
import { warningsOf } from '../rest-api/apps';
import { APP } from '../support/pages';
import { backend, corsOf, jwt, stackWith } from './apps';

const DEFAULT = CorsHeaders.DEFAULT.map((name) => name.toLowerCase());

let stack: Stack;
beforeEach(() => {
  stack = stackWith();
});

function apiWith(authorizer: apigatewayv2.IHttpRouteAuthorizer | undefined, allowHeaders?: string[]): void {
  const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP], allowHeaders } });
  api.addRoutes({ path: '/me', methods: [apigatewayv2.HttpMethod.PUT], integration: backend(), authorizer });
}

test.each<[string, apigatewayv2.IHttpRouteAuthorizer | undefined, string[]]>([
  ['no authorizer', undefined, []],
  ['tokens', jwt(), []],
  [
    'tokens in a header of their own',
    new HttpJwtAuthorizer('Jwt', 'https://login.example.com', {
      jwtAudience: ['pets'],
      identitySource: ['$request.header.X-Token', '$request.querystring.t'],
    }),
    ['x-token'],
  ],
  ['signatures', new HttpIamAuthorizer(), ['x-amz-content-sha256', 'amz-sdk-invocation-id', 'amz-sdk-request']],
])('routes with %s have what they ask for allowed', (_, authorizer, more) => {
  apiWith(authorizer);
  expect(corsOf(stack).AllowHeaders).toEqual([...DEFAULT, ...more]);
  expect(warningsOf(stack)).toEqual([]);
});

test('a list by hand that lacks the token is warned about', () => {
  apiWith(jwt(), ['Content-Type']);
  expect(corsOf(stack).AllowHeaders).toEqual(['content-type']);
  expect(warningsOf(stack)).toEqual([
    expect.stringMatching(/^Stack\/Api: .*ask for "Authorization".*cdk-cors:MissingAllowHeader/),
  ]);
});
