import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  CorsEnabledHttpApi,
  CorsEnabledRestApi,
  CorsEnabledSpecRestApi,
  CorsRuntime,
  ErrorOrigin,
  OriginMatching,
  PreflightHandler,
  PreflightPlacement,
} from '../src';

const ORIGINS = ['https://app.example.com', 'https://*.example.org', 'http://localhost:*'];

/** From 2.265 on, aws-cdk-lib checks each template against CloudFormation's schema; elsewhere the tests have it switched off for its time. */
function validatedApp(): App {
  return new App({ analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': true } });
}

const SHAPES: Record<string, (stack: Stack) => void> = {
  'one origin': (stack) =>
    methods(new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: ORIGINS.slice(0, 1) } })),
  'several origins, with everything': (stack) =>
    methods(
      new CorsEnabledRestApi(stack, 'Api', {
        binaryMediaTypes: ['*/*'],
        cors: {
          allowOrigins: ORIGINS,
          allowCredentials: true,
          exposeHeaders: ['X-Total'],
          statusCode: 200,
          errorOrigin: ErrorOrigin.reflect(),
        },
      }),
    ),
  'a shared preflight': (stack) =>
    methods(
      new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: ORIGINS, preflight: PreflightPlacement.SHARED } }),
    ),
  'an HTTP API': (stack) => {
    new CorsEnabledHttpApi(stack, 'Api', {
      cors: { allowOrigins: ORIGINS.slice(0, 1), allowCredentials: true, preflightHandler: PreflightHandler.builtIn() },
      defaultIntegration: new HttpUrlIntegration('Backend', 'https://backend.example.com'),
      defaultAuthorizer: new HttpIamAuthorizer(),
    }).addRoutes({
      path: '/pets',
      methods: [apigatewayv2.HttpMethod.ANY],
      integration: new HttpUrlIntegration('Pets', 'https://backend.example.com'),
    });
  },
  'an HTTP API whose functions compare origins': (stack) => {
    const cors = { allowOrigins: ORIGINS, originMatching: OriginMatching.FUNCTIONS };
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors, defaultAuthorizer: new HttpIamAuthorizer() });
    const fn = new lambda.Function(stack, 'Fn', {
      code: lambda.Code.fromInline('x'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
    });
    new CorsRuntime(stack, 'Cors', { api }).attachTo(fn);
    for (const method of [apigatewayv2.HttpMethod.GET, apigatewayv2.HttpMethod.ANY])
      api.addRoutes({ path: `/${method}`, methods: [method], integration: new HttpLambdaIntegration('Pets', fn) });
  },
  'a document': (stack) => {
    const get = {
      responses: { 200: { description: 'ok' } },
      'x-amazon-apigateway-integration': {
        type: 'http',
        httpMethod: 'GET',
        uri: 'https://backend.example.com',
        responses: { default: { statusCode: '200' } },
      },
    };
    const document = { openapi: '3.0.3', info: { title: 'Pets', version: '1' }, paths: { '/pets': { get } } };
    new CorsEnabledSpecRestApi(stack, 'Api', {
      apiDefinition: apigateway.ApiDefinition.fromInline(document),
      cors: { allowOrigins: ORIGINS },
    });
  },
  'a function': (stack) => {
    const fn = new lambda.Function(stack, 'Fn', {
      code: lambda.Code.fromInline('x'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
    });
    new CorsRuntime(stack, 'Cors', { cors: { allowOrigins: ORIGINS } }).attachTo(fn);
  },
};

function methods(api: apigateway.RestApi): void {
  const options = { integrationResponses: [{ statusCode: '200' }, { statusCode: '500', selectionPattern: '5..' }] };
  for (const verb of ['GET', 'POST']) {
    api.root
      .addResource(verb.toLowerCase())
      .addMethod(verb, new apigateway.HttpIntegration('https://backend.example.com', { proxy: false, options }));
  }
}

describe('CloudFormation’s schema', () => {
  const { CDK_VALIDATION } = process.env;
  beforeAll(() => {
    delete process.env.CDK_VALIDATION;
  });
  afterAll(() => {
    if (CDK_VALIDATION !== undefined) process.env.CDK_VALIDATION = CDK_VALIDATION;
  });

  test.each(Object.keys(SHAPES))('has nothing against %s', (shape) => {
    const app = validatedApp();
    SHAPES[shape](new Stack(app, 'Stack'));
    expect(() => app.synth()).not.toThrow();
  });
});
