import '../verdicts';
import { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { addCors, CorsEnabledRestApi, CorsEnabledSpecRestApi, type RestApiCorsOptions } from '../../src';
import { APP } from '../support/pages';
import { appWith, resourcesOf, warningsOf } from './apps';

const STRANGER = 'https://stranger.example';
const WITH_CREDENTIALS: RestApiCorsOptions = { allowOrigins: [APP], allowCredentials: true };
const REFLECTS =
  '#set($context.responseOverride.header.Access-Control-Allow-Origin = $input.params().header.get("origin"))ok';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

/** An API whose GET answers with these mappings and templates of the user's. */
function apiAnswering(
  cors: RestApiCorsOptions,
  response: Omit<apigateway.IntegrationResponse, 'statusCode'>,
  request = '{"statusCode": 200}',
): CorsEnabledRestApi {
  const api = new CorsEnabledRestApi(stack, 'Api', { cors });
  api.root.addMethod(
    'GET',
    new apigateway.MockIntegration({
      requestTemplates: { 'application/json': request },
      integrationResponses: [{ statusCode: '200', ...response }],
    }),
  );
  return api;
}

const mapped = (value: string) => ({
  responseParameters: { 'method.response.header.access-control-allow-origin': value },
});

describe('credentials are not added beside an own origin that may be any page’s', () => {
  test.each([
    ['a mapping from the backend', mapped('integration.response.header.access-control-allow-origin'), undefined],
    ['a star', mapped("'*'"), undefined],
    ['a template that reflects', { responseTemplates: { 'application/json': REFLECTS } }, undefined],
    ['a request template of a mock that reflects', {}, `${REFLECTS.replace(/ok$/, '')}{"statusCode": 200}`],
  ])('%s', (_, response, request) => {
    const api = apiAnswering(WITH_CREDENTIALS, response, request);
    expect(api).not.toAllow({ origin: STRANGER, path: '/', credentials: true });
    const [{ Properties }] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::Method')).filter(
      (method) => method.Properties.HttpMethod === 'GET',
    );
    expect(JSON.stringify(Properties.Integration)).not.toContain('Allow-Credentials');
  });

  test.each([
    ['a mapping', mapped("'https://own.example'")],
    [
      'a template with one literal origin',
      {
        responseTemplates: {
          'application/json':
            "#set($context.responseOverride.header.Access-Control-Allow-Origin = 'https://own.example')ok",
        },
      },
    ],
  ])('but beside one static origin they are: %s', (_, response) => {
    expect(apiAnswering(WITH_CREDENTIALS, response)).toAllow({
      origin: 'https://own.example',
      path: '/',
      credentials: true,
    });
  });

  test('in a gateway response that reflects', () => {
    const api = apiAnswering(WITH_CREDENTIALS, {});
    api.addGatewayResponse('Denied', {
      type: apigateway.ResponseType.ACCESS_DENIED,
      responseHeaders: { 'Access-Control-Allow-Origin': 'method.request.header.origin' },
    });
    expect(api).toBlock(
      { origin: STRANGER, path: '/', credentials: true, gatewayError: 'ACCESS_DENIED' },
      'response-credentials',
    );
    expect(warningsOf(stack)).toContainEqual(
      expect.stringMatching(/ACCESS_DENIED maps .*"method.request.header.origin" itself.*Credentials is not added/),
    );
  });

  test('in a document', () => {
    const reflecting = { statusCode: '200', responseTemplates: { 'application/json': REFLECTS } };
    const api = new CorsEnabledSpecRestApi(stack, 'Api', {
      cors: WITH_CREDENTIALS,
      apiDefinition: apigateway.ApiDefinition.fromInline({
        openapi: '3.0.1',
        info: { title: 'News', version: '1' },
        paths: {
          '/news': {
            get: {
              responses: { 200: { description: 'ok' } },
              'x-amazon-apigateway-integration': {
                type: 'mock',
                requestTemplates: { 'application/json': '{"statusCode": 200}' },
                responses: { default: reflecting },
              },
            },
          },
        },
      }),
    });
    expect(api).not.toAllow({ origin: STRANGER, path: '/news', credentials: true });
    expect(warningsOf(stack)).toContainEqual(
      expect.stringMatching(/GET \/news, response 200 has a template that sets .*Credentials is not added/),
    );
  });
});

describe('an own origin that wins over the policy is told', () => {
  test.each([
    ["'*'", /the response 200 maps Access-Control-Allow-Origin to "'\*'" itself, so pages of every origin may read it/],
    ["'https://old.example'", /so only pages of https:\/\/old\.example may read it/],
    ['integration.response.header.x', /so who may read it is not decided by the policy/],
  ])('%s', (value, text) => {
    apiAnswering({ allowOrigins: [APP] }, mapped(value));
    expect(warningsOf(stack)).toContainEqual(expect.stringMatching(text));
  });

  test.each([`'${APP}'`])('but not where it agrees: %s', (value) => {
    apiAnswering({ allowOrigins: [APP] }, mapped(value));
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('a value that API Gateway refuses is told with the right spelling', () => {
  test.each([
    ['*', `"'*'"`],
    ['"*"', `"'*'"`],
    [APP, `"'${APP}'"`],
  ])('%s', (value, instead) => {
    apiAnswering({ allowOrigins: ['*'] }, mapped(value));
    expect(warningsOf(stack)).toContainEqual(expect.stringContaining(`write ${instead}`));
  });

  test('in a gateway response, and the prefix that stands twice', () => {
    const api = apiAnswering({ allowOrigins: ['*'] }, {});
    api.addGatewayResponse('Denied', {
      type: apigateway.ResponseType.ACCESS_DENIED,
      responseHeaders: {
        'Access-Control-Allow-Origin': '*',
        'gatewayresponse.header.Access-Control-Allow-Headers': "'*'",
      },
    });
    expect(warningsOf(stack)).toContainEqual(expect.stringContaining(`ACCESS_DENIED maps Access-Control-Allow-Origin`));
    expect(warningsOf(stack)).toContainEqual(expect.stringMatching(/stands twice/));
  });
});

describe('a Vary of the user’s', () => {
  const several: RestApiCorsOptions = { allowOrigins: [APP, 'https://*.example.org'] };
  const vary = (value: string) => ({ responseParameters: { 'method.response.header.Vary': value } });

  test.each([
    ["'Accept'", 'Accept, Origin'],
    ["'origin'", 'origin'],
    ["'*'", '*'],
  ])('is united with Origin: %s', (value, sent) => {
    apiAnswering(several, vary(value));
    const methods = Object.values(resourcesOf(stack, 'AWS::ApiGateway::Method'));
    const { Properties } = methods.find((method) => method.Properties.HttpMethod === 'GET')!;
    const [response] = Properties.Integration.IntegrationResponses;
    expect(response.ResponseParameters['method.response.header.Vary']).toBe(`'${sent}'`);
  });

  test('that only the backend knows is told', () => {
    apiAnswering(several, vary('integration.response.header.Vary'));
    expect(warningsOf(stack)).toContainEqual(expect.stringMatching(/Vary is mapped to a value that only/));
  });

  test('stays where the answer is the same for every page', () => {
    addCors(apiAnswering({ allowOrigins: [APP] }, vary("'Accept'")).root.addResource('x'), { allowOrigins: [APP] });
    expect(JSON.stringify(resourcesOf(stack, 'AWS::ApiGateway::Method'))).not.toContain('Origin, ');
  });
});
