import { Stack } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { addCors } from '../../src';
import { appWith, resourcesOf } from '../rest-api/apps';

/** An HTTP API from a document, with a `$default` route beside it that asks for a token. */
function routesBeside(paths: object, parts: object = {}): string[] {
  const stack = new Stack(appWith(), 'Stack');
  const body = { openapi: '3.0.1', info: { title: 'Pets', version: '1' }, paths, 'x-items': parts };
  const api = new apigatewayv2.CfnApi(stack, 'Api', { body });
  new apigatewayv2.CfnRoute(stack, 'DefaultRoute', {
    apiId: api.ref,
    routeKey: '$default',
    authorizationType: 'JWT',
    authorizerId: 'jwt',
    target: 'integrations/backend',
  });
  addCors(api, { allowOrigins: ['https://app.example.com'] });
  return Object.values<any>(resourcesOf(stack, 'AWS::ApiGatewayV2::Route'))
    .map(({ Properties }) => Properties.RouteKey)
    .sort();
}

const ITEM = { options: { responses: {} }, get: { responses: {} } };

test('a route of the document is not made again, whether its path item is written out or behind references', () => {
  expect(routesBeside({ '/{proxy+}': ITEM })).toEqual(['$default', 'OPTIONS /']);
  expect(routesBeside({ '/{proxy+}': { $ref: '#/x-items/p' } }, { p: ITEM })).toEqual(['$default', 'OPTIONS /']);
  const parts = { p: { ...ITEM, options: { $ref: '#/x-items/options' } }, options: ITEM.options };
  expect(routesBeside({ '/{proxy+}': { $ref: '#/x-items/p' } }, parts)).toEqual(['$default', 'OPTIONS /']);
});

test("SAM's path of the default route is one", () => {
  const integration = { type: 'http_proxy', httpMethod: 'ANY', uri: 'https://backend.example.com' };
  const operation = { 'x-amazon-apigateway-integration': integration, responses: {}, isDefaultRoute: true };
  expect(() => routesBeside({ $default: { 'x-amazon-apigateway-any-method': operation } })).not.toThrow();
});
