import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { addCors, CorsEnabledSpecRestApi, CorsHeaders } from '../../src';
import { appWith, headersOf, mock, preflightsOf, resourcesOf, warningsOf } from '../rest-api/apps';
import { APP } from '../support/pages';

const DEFAULT = CorsHeaders.DEFAULT.join(',');
const SIGNED = 'X-Amz-Content-Sha256,amz-sdk-invocation-id,amz-sdk-request';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

const scheme = (name: string, authorizer?: object, more = {}) => ({
  a: {
    type: 'apiKey',
    in: 'header',
    name,
    ...(authorizer && { 'x-amazon-apigateway-authorizer': authorizer }),
    ...more,
  },
});

function documentWith(securitySchemes: object, operation: object = { security: [{ a: [] }] }, root = {}): any {
  return {
    openapi: '3.0.1',
    info: { title: 'News', version: '1' },
    components: { securitySchemes },
    paths: {
      '/news': {
        get: {
          responses: { 200: { description: 'ok' } },
          'x-amazon-apigateway-integration': {
            type: 'mock',
            requestTemplates: { 'application/json': '{"statusCode": 200}' },
            responses: { default: { statusCode: '200' } },
          },
          ...operation,
        },
      },
    },
    ...root,
  };
}

const REQUIRED = { parameters: [{ in: 'header', name: 'X-Tenant', required: true, schema: { type: 'string' } }] };
const VALIDATORS = {
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-request-validators': { all: { validateRequestParameters: true } },
};

test.each<[string, string, any]>([
  ['nothing', '', documentWith({}, {})],
  ['an API key', '', documentWith(scheme('x-api-key'))],
  ['a token in a header of its own', ',X-Token', documentWith(scheme('X-Token', { type: 'token' }))],
  [
    'sources of a request authorizer, whose name counts for nothing',
    ',X-Session',
    documentWith(
      scheme('Unused', {
        type: 'request',
        identitySource: 'method.request.querystring.q, method.request.header.X-Session',
      }),
    ),
  ],
  [
    'a signature',
    `,${SIGNED}`,
    documentWith(scheme('Authorization', undefined, { 'x-amazon-apigateway-authtype': 'awsSigv4' })),
  ],
  ['a signature without a scheme', `,${SIGNED}`, documentWith({}, { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } })],
  ['a parameter, with a validator', ',X-Tenant', documentWith({}, REQUIRED, VALIDATORS)],
  ['a parameter that nobody validates', '', documentWith({}, REQUIRED)],
])('a document of a REST API that asks for %s', (_, more, document) => {
  const api = new CorsEnabledSpecRestApi(stack, 'Api', {
    apiDefinition: apigateway.ApiDefinition.fromInline(document),
    cors: { allowOrigins: [APP] },
  });
  api.root.addResource('beside').addMethod('GET', mock());
  const [{ Properties }] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::RestApi'));
  const [response] = Object.values<any>(
    Properties.Body.paths['/news'].options['x-amazon-apigateway-integration'].responses,
  );
  expect(response.responseParameters['method.response.header.Access-Control-Allow-Headers']).toBe(
    `'${DEFAULT}${more}'`,
  );
  const beside = Object.values(preflightsOf(stack)).map((each) => headersOf(each)['Access-Control-Allow-Headers']);
  expect(beside).toEqual([DEFAULT + more]);
  expect(warningsOf(stack)).toEqual([]);
});

test('methods beside a document ask with it', () => {
  const api = new CorsEnabledSpecRestApi(stack, 'Api', {
    apiDefinition: apigateway.ApiDefinition.fromInline(documentWith({}, {})),
    cors: { allowOrigins: [APP] },
  });
  api.root.addMethod('GET', mock(), { authorizationType: apigateway.AuthorizationType.IAM });
  expect(JSON.stringify(resourcesOf(stack, 'AWS::ApiGateway::RestApi'))).toContain(`${DEFAULT},${SIGNED}`);
});

test('a document of an HTTP API', () => {
  const document = documentWith(scheme('X', { type: 'jwt', identitySource: '$request.header.X-Token' }));
  const api = new CfnApi(stack, 'Api', { body: document });
  addCors(api, { allowOrigins: [APP] });
  const [{ Properties }] = Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'));
  expect(Properties.Body['x-amazon-apigateway-cors'].allowHeaders).toEqual([
    ...DEFAULT.toLowerCase().split(','),
    'x-token',
  ]);
});

test('a list by hand that lacks what the document asks for is warned about', () => {
  new CorsEnabledSpecRestApi(stack, 'Api', {
    apiDefinition: apigateway.ApiDefinition.fromInline(documentWith(scheme('X-Token', { type: 'token' }))),
    cors: { allowOrigins: [APP], allowHeaders: ['Content-Type'] },
  });
  expect(warningsOf(stack)).toEqual([
    expect.stringMatching(/^Stack\/Api: .*ask for "X-Token".*cdk-cors:MissingAllowHeader/),
  ]);
});
