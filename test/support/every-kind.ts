import { Duration, type Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { addCors, CorsRuntime, ErrorOrigin, OriginMatching, PreflightHandler, PreflightPlacement } from '../../src';

const ORIGINS = ['https://app.example.com', 'https://*.example.org', 'http://localhost:*'];
const ONE = { allowOrigins: ORIGINS.slice(0, 1) };

/**
 * Apps that have something of every kind that the library makes or changes. Without CORS it is what
 * the user wrote, so that judges of templates can be asked about the difference.
 */
export const EVERY_KIND: Record<string, (stack: Stack, cors: boolean) => void> = {
  'one origin': (stack, cors) => {
    const api = restApi(stack);
    if (cors) addCors(api, ONE);
  },
  'several origins, with everything': (stack, cors) => {
    const api = restApi(stack, { binaryMediaTypes: ['*/*'] });
    const more = { allowCredentials: true, exposeHeaders: ['X-Total'], statusCode: 200, maxAge: Duration.seconds(0) };
    if (cors) addCors(api, { allowOrigins: ORIGINS, errorOrigin: ErrorOrigin.reflect(), ...more });
  },
  'a shared preflight': (stack, cors) => {
    const api = restApi(stack);
    if (cors) addCors(api, { allowOrigins: ORIGINS, preflight: PreflightPlacement.SHARED });
  },
  'an included template': (stack, cors) => {
    const templateFile = `${__dirname}/../rest-api/included.template.json`;
    const include = new CfnInclude(stack, 'Included', { templateFile });
    if (cors) addCors(include.getResource('Api'), { allowOrigins: ORIGINS });
  },
  'an HTTP API': (stack, cors) => {
    const backend = new HttpUrlIntegration('Backend', 'https://backend.example.com');
    const api = new apigatewayv2.HttpApi(stack, 'Api', {
      defaultIntegration: backend,
      defaultAuthorizer: new HttpIamAuthorizer(),
    });
    const integration = new HttpUrlIntegration('Pets', 'https://backend.example.com');
    api.addRoutes({ path: '/pets', methods: [apigatewayv2.HttpMethod.ANY], integration });
    if (cors) addCors(api, { ...ONE, allowCredentials: true, preflightHandler: PreflightHandler.builtIn() });
  },
  'an HTTP API whose functions compare origins': (stack, cors) => {
    const api = new apigatewayv2.HttpApi(stack, 'Api');
    const fn = aFunction(stack);
    const integration = new HttpLambdaIntegration('Pets', fn);
    api.addRoutes({ path: '/pets', methods: [apigatewayv2.HttpMethod.GET], integration });
    if (!cors) return;
    addCors(api, { allowOrigins: ORIGINS, originMatching: OriginMatching.FUNCTIONS });
    new CorsRuntime(stack, 'Cors', { api }).attachTo(fn);
  },
  'a document': (stack, cors) => {
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
    const apiDefinition = apigateway.ApiDefinition.fromInline(document);
    const api = new apigateway.SpecRestApi(stack, 'Api', { apiDefinition });
    if (cors) addCors(api, { allowOrigins: ORIGINS });
  },
  'a function': (stack, cors) => {
    const fn = aFunction(stack);
    if (cors) new CorsRuntime(stack, 'Cors', { cors: { allowOrigins: ORIGINS } }).attachTo(fn);
  },
  'a function URL': (stack, cors) => {
    const url = aFunction(stack).addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    if (cors) addCors(url, ONE);
  },
};

function aFunction(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Fn', {
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
  });
}

function restApi(stack: Stack, props: apigateway.RestApiProps = {}): apigateway.RestApi {
  const api = new apigateway.RestApi(stack, 'Api', props);
  const options = {
    integrationResponses: [{ statusCode: '200' }, { statusCode: '500', selectionPattern: '5..' }],
  };
  for (const verb of ['GET', 'POST']) {
    api.root
      .addResource(verb.toLowerCase())
      .addMethod(verb, new apigateway.HttpIntegration('https://backend.example.com', { proxy: false, options }), {
        methodResponses: [{ statusCode: '200' }, { statusCode: '500' }],
      });
  }
  return api;
}
