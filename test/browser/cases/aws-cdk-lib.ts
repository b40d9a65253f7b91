import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { ADMIN, APP, EVIL, LOCAL } from '../../support/pages';
import type { Case } from '../trial';

/**
 * What aws-cdk-lib makes of its own CORS options; whatever that is, browser and verdict have to
 * agree on it.
 */
const OPTIONS: [apigateway.CorsOptions, string][] = [
  [{ allowOrigins: apigateway.Cors.ALL_ORIGINS }, 'everybody'],
  [{ allowOrigins: [APP] }, 'one origin'],
  [{ allowOrigins: [APP, ADMIN] }, 'the first of several origins goes to whoever is not listed'],
  [{ allowOrigins: [APP, LOCAL], allowCredentials: true }, 'several, with credentials'],
  [{ allowOrigins: [APP], allowMethods: ['GET', 'PUT'], allowHeaders: ['X-Tenant'] }, 'methods and headers by name'],
  [{ allowOrigins: [APP], allowMethods: ['GET'] }, 'a method is missing'],
  [
    { allowOrigins: apigateway.Cors.ALL_ORIGINS, allowCredentials: true },
    'a star with credentials, which no browser takes',
  ],
  [{ allowOrigins: ['https://*.example.com'] }, 'a pattern, which no browser knows'],
  [{ allowOrigins: [`${APP}/`] }, 'a trailing slash'],
  [{ allowOrigins: [APP], statusCode: 200, maxAge: Duration.hours(1), exposeHeaders: ['X-Total'] }, 'all that is left'],
  [{ allowOrigins: [APP], disableCache: true }, 'no preflight cache'],
];

const PAGES = [APP, ADMIN, EVIL, LOCAL];

const rest: Case[] = OPTIONS.flatMap(([defaultCorsPreflightOptions, why]) => {
  const template = synthesized((stack) => {
    const api = new apigateway.RestApi(stack, 'Api', { defaultCorsPreflightOptions });
    const methodResponses = [
      { statusCode: '200', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': true } },
    ];
    const pets = api.root.addResource('pets');
    pets.addMethod('GET', mirror(), { methodResponses });
    pets.addMethod('PUT', mirror(), { methodResponses });
    api.root.addResource('cats').addMethod('PUT', new apigateway.HttpIntegration('https://backend.example.com/'));
  });
  return PAGES.flatMap((origin): Case[] => [
    { why, template, request: { origin, path: '/pets' } },
    { why, template, request: { origin, path: '/pets', method: 'PUT' } },
    { why, template, request: { origin, path: '/pets', method: 'PUT', headers: { 'X-Tenant': 'a' } } },
    { why, template, request: { origin, path: '/pets', method: 'PUT', credentials: true } },
    { why, template, request: { origin, path: '/cats', method: 'PUT', credentials: true } },
  ]);
});

const leaks: Case[] = [
  {
    why: 'an authorizer for every method is not for preflights',
    template: synthesized((stack) => {
      new apigateway.RestApi(stack, 'Api', {
        defaultCorsPreflightOptions: { allowOrigins: [APP] },
        defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM },
      }).root.addMethod('PUT', new apigateway.HttpIntegration('https://backend.example.com/'));
    }),
    request: { origin: APP, path: '/', method: 'PUT', headers: { Authorization: 'signed' } },
    rule: 'backend',
  },
  {
    why: 'an API whose every type is binary cannot answer the preflight of aws-cdk-lib',
    template: synthesized((stack) => {
      new apigateway.RestApi(stack, 'Api', {
        binaryMediaTypes: ['*/*'],
        defaultCorsPreflightOptions: { allowOrigins: [APP] },
      }).root.addMethod('PUT', new apigateway.HttpIntegration('https://backend.example.com/'));
    }),
    request: { origin: APP, path: '/', method: 'PUT' },
    rule: 'preflight-answer',
  },
];

const httpApi: Case[] = PAGES.flatMap((origin): Case[] => {
  const template = synthesized((stack) => {
    const api = new HttpApi(stack, 'Api', {
      corsPreflight: {
        allowOrigins: [APP, LOCAL],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PUT],
        allowHeaders: ['X-Tenant'],
      },
    });
    api.addRoutes({
      path: '/pets',
      methods: [HttpMethod.GET, HttpMethod.PUT],
      integration: new HttpUrlIntegration('Pets', 'https://backend.example.com'),
    });
  });
  return [
    { why: 'a simple request', template, request: { origin, path: '/pets' } },
    { why: 'a preflight', template, request: { origin, path: '/pets', method: 'PUT', headers: { 'X-Tenant': 'a' } } },
    {
      why: 'a header that is not listed',
      template,
      request: { origin, path: '/pets', method: 'PUT', headers: { 'X-Other': 'a' } },
    },
    { why: 'credentials', template, request: { origin, path: '/pets', credentials: true } },
  ];
});

export const awsCdkLib: Case[] = [...rest, ...leaks, ...httpApi];

/** A mock with the header that aws-cdk-lib leaves to its users. */
function mirror(): apigateway.Integration {
  const header = '$input.params().header.get("origin")';
  return new apigateway.MockIntegration({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    integrationResponses: [
      {
        statusCode: '200',
        responseTemplates: {
          'application/json': `#set($context.responseOverride.header.Access-Control-Allow-Origin = ${header})`,
        },
      },
    ],
  });
}

function synthesized(build: (stack: Stack) => void): object {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  build(stack);
  return app.synth().getStackByName('Stack').template;
}
