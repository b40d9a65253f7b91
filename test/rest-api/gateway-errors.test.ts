import '../verdicts';
import { NestedStack, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { addCors, CorsEnabledRestApi, ErrorOrigin, type RestApiCorsOptions } from '../../src';
import { APP } from '../support/pages';
import { ASPECT_MODES, appWith, mock, resourcesOf, warningsOf } from './apps';

const OTHER = 'https://other.example.com';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

function apiWith(cors: RestApiCorsOptions) {
  const api = new CorsEnabledRestApi(stack, 'Api', { cors });
  api.root.addMethod('GET', mock(), { authorizationType: apigateway.AuthorizationType.IAM });
  return api;
}

function gatewayResponses(of = stack): Record<string, any> {
  return Object.fromEntries(
    Object.values(resourcesOf(of, 'AWS::ApiGateway::GatewayResponse')).map(({ Properties }) => [
      Properties.ResponseType,
      Properties,
    ]),
  );
}

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  test.each(['UNAUTHORIZED', 'ACCESS_DENIED', 'THROTTLED', 'INTEGRATION_TIMEOUT', 'MISSING_AUTHENTICATION_TOKEN'])(
    'a page can read why its request failed: %s',
    (gatewayError) => {
      stack = new Stack(appWith(context), 'Stack');
      const api = apiWith({ allowOrigins: [APP] });
      expect(api).toAllow({ origin: APP, path: '/', gatewayError });
      expect(api).toBlock({ origin: OTHER, path: '/', gatewayError }, 'response-origin');
    },
  );
});

describe('who can read gateway errors', () => {
  const withCredentials = { allowOrigins: [APP, OTHER], allowCredentials: true };
  const error = { path: '/', gatewayError: 'THROTTLED' };

  test('is the one exact origin, with credentials where the policy has them', () => {
    const api = apiWith({ allowOrigins: [APP], allowCredentials: true, exposeHeaders: ['X-Amzn-ErrorType'] });
    expect(api).toAllow({ origin: APP, credentials: true, ...error });
    expect(gatewayResponses().DEFAULT_4XX.ResponseParameters).toEqual({
      'gatewayresponse.header.Access-Control-Allow-Origin': `'${APP}'`,
      'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'",
      'gatewayresponse.header.Access-Control-Expose-Headers': "'X-Amzn-ErrorType'",
    });
  });

  test.each([[['*']], [[APP, OTHER]], [['https://*.example.com']]])(
    'is everyone for %j without credentials',
    (allowOrigins) => {
      const api = apiWith({ allowOrigins });
      expect(api).toAllow({ origin: OTHER, ...error });
      expect(warningsOf(stack)).toEqual([]);
    },
  );

  test('is nobody for several origins with credentials, with a warning that says what can be done', () => {
    const api = apiWith(withCredentials);
    expect(api).toBlock({ origin: APP, credentials: true, ...error }, 'response-origin');
    expect(gatewayResponses()).toEqual({});
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(
        /^Stack\/Api: .*ErrorOrigin\.exactly.*ErrorOrigin\.reflect.*any site.*cdk-cors:UnreadableErrors/,
      ),
    ]);
  });

  test('is one of them with ErrorOrigin.exactly', () => {
    const api = apiWith({ ...withCredentials, errorOrigin: ErrorOrigin.exactly(OTHER) });
    expect(api).toAllow({ origin: OTHER, credentials: true, ...error });
    expect(api).toBlock({ origin: APP, credentials: true, ...error }, 'response-origin');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is whoever asks with ErrorOrigin.reflect', () => {
    const api = apiWith({ ...withCredentials, errorOrigin: ErrorOrigin.reflect() });
    expect(api).toAllow({ origin: 'https://anyone.example', credentials: true, ...error });
    expect(gatewayResponses().DEFAULT_5XX.ResponseParameters).toMatchObject({
      'gatewayresponse.header.Vary': "'Origin'",
    });
  });

  test('is everyone, without credentials, with ErrorOrigin.any', () => {
    const api = apiWith({ ...withCredentials, errorOrigin: ErrorOrigin.any() });
    expect(api).toAllow({ origin: 'https://anyone.example', ...error });
    expect(api).toBlock({ origin: APP, credentials: true, ...error }, 'response-origin');
  });

  test('is nobody with ErrorOrigin.none, without a warning', () => {
    const api = apiWith({ allowOrigins: [APP], errorOrigin: ErrorOrigin.none() });
    expect(api).toBlock({ origin: APP, ...error }, 'response-origin');
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each([
    [
      'https://App.example.com/',
      /ErrorOrigin\.exactly: "https:\/\/App\.example\.com\/".*did you mean "https:\/\/app\.example\.com"/i,
    ],
    ['https://*.example.com', /ErrorOrigin\.exactly: "https:\/\/\*\.example\.com" stands for many origins/],
    ['*', /ErrorOrigin\.exactly: "\*" stands for many origins.*ErrorOrigin\.any\(\)/],
    ["https://app.example.com' + 'x", /ErrorOrigin\.exactly/],
  ])('is asked for where ErrorOrigin.exactly gets %s', (origin, message) => {
    expect(() => ErrorOrigin.exactly(origin)).toThrow(message);
  });
});

describe('a gateway response of the user’s', () => {
  test('keeps its status, templates and headers, and gets ours', () => {
    const api = apiWith({ allowOrigins: [APP] });
    api.addGatewayResponse('Denied', {
      type: apigateway.ResponseType.ACCESS_DENIED,
      statusCode: '404',
      responseHeaders: { 'X-Reason': "'hidden'", 'access-control-allow-origin': "'https://own.example'" },
      templates: { 'application/json': '{"message": "not here"}' },
    });
    expect(gatewayResponses().ACCESS_DENIED).toMatchObject({
      StatusCode: '404',
      ResponseTemplates: { 'application/json': '{"message": "not here"}' },
      ResponseParameters: {
        'gatewayresponse.header.X-Reason': "'hidden'",
        'gatewayresponse.header.access-control-allow-origin': "'https://own.example'",
      },
    });
    expect(Object.keys(gatewayResponses().ACCESS_DENIED.ResponseParameters)).toHaveLength(2);
  });

  test('for DEFAULT_4XX stands in for ours, wherever it is', () => {
    const api = apiWith({ allowOrigins: [APP] });
    const nested = new NestedStack(stack, 'Nested');
    new apigateway.CfnGatewayResponse(nested, 'Errors', { restApiId: api.restApiId, responseType: 'DEFAULT_4XX' });
    expect(Object.keys(gatewayResponses())).toEqual(['DEFAULT_5XX']);
    expect(gatewayResponses(nested).DEFAULT_4XX.ResponseParameters).toEqual({
      'gatewayresponse.header.Access-Control-Allow-Origin': `'${APP}'`,
    });
  });
});

test('an API of which only a resource is covered keeps its errors', () => {
  const api = new apigateway.RestApi(stack, 'Api');
  const pets = api.root.addResource('pets');
  pets.addMethod('GET', mock());
  addCors(pets, { allowOrigins: [APP] });
  expect(gatewayResponses()).toEqual({});
  expect(() => addCors(api.root, { allowOrigins: [APP], errorOrigin: ErrorOrigin.any() })).toThrow(
    'cors.errorOrigin: the errors of the gateway belong to the whole API',
  );
});

test('an imported API’s errors are left to its owner, with a warning', () => {
  const api = apigateway.RestApi.fromRestApiAttributes(stack, 'Api', { restApiId: 'abc123', rootResourceId: 'root1' });
  api.root.addResource('pets').addMethod('GET', mock());
  addCors(api, { allowOrigins: [APP] });
  expect(gatewayResponses()).toEqual({});
  expect(warningsOf(stack)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Stack\/Api: .*cdk-cors:ErrorsElsewhere/)]),
  );
});
