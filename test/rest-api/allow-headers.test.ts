import '../verdicts';
import { App, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { addCors, CorsEnabledRestApi, CorsHeaders, PreflightPlacement, type RestApiCorsOptions } from '../../src';
import { APP } from '../support/pages';
import { appWith, headersOf, mock, preflightsOf, warningsOf } from './apps';

const DEFAULT = CorsHeaders.DEFAULT.join(',');
const MORE_WHERE_SIGNED = 'X-Amz-Content-Sha256,amz-sdk-invocation-id,amz-sdk-request';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

function apiWith(cors: Partial<RestApiCorsOptions> = {}): apigateway.RestApi {
  return new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP], ...cors } });
}

function handler(): lambda.Function {
  return new lambda.Function(stack, 'Fn', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({});'),
  });
}

function validated(api: apigateway.RestApi, props: apigateway.RequestValidatorOptions): apigateway.MethodOptions {
  return {
    requestValidator: api.addRequestValidator('Validator', props),
    requestParameters: { 'method.request.header.X-Tenant': true, 'method.request.header.X-Maybe': false },
  };
}

/** What the preflights allow; all of them the same. */
function allowed(of = stack): string | undefined {
  const lists = Object.values(preflightsOf(of)).map((each) => headersOf(each)['Access-Control-Allow-Headers']);
  expect(new Set(lists).size).toBe(1);
  return lists[0];
}

describe('allowHeaders left out allows what the routes ask for', () => {
  test.each<[string, string, (api: apigateway.RestApi) => apigateway.MethodOptions]>([
    ['nothing', '', () => ({})],
    ['an API key', '', () => ({ apiKeyRequired: true })],
    ['a signature', `,${MORE_WHERE_SIGNED}`, () => ({ authorizationType: apigateway.AuthorizationType.IAM })],
    [
      'a token in a header of its own',
      ',AuthorizationToken',
      () => ({
        authorizer: new apigateway.TokenAuthorizer(stack, 'Auth', {
          handler: handler(),
          identitySource: apigateway.IdentitySource.header('AuthorizationToken'),
        }),
      }),
    ],
    [
      'several sources, of which a page sets two',
      ',x-device,X-Session',
      () => ({
        authorizer: new apigateway.RequestAuthorizer(stack, 'Auth', {
          handler: handler(),
          identitySources: ['x-device', 'Cookie', 'X-Session']
            .map(apigateway.IdentitySource.header)
            .concat([apigateway.IdentitySource.queryString('q')]),
        }),
      }),
    ],
    [
      'a user pool',
      ',X-Pool-Token',
      () => ({
        authorizer: new apigateway.CognitoUserPoolsAuthorizer(stack, 'Auth', {
          cognitoUserPools: [new cognito.UserPool(stack, 'Pool')],
          identitySource: apigateway.IdentitySource.header('X-Pool-Token'),
        }),
      }),
    ],
    ['a validator', ',X-Tenant', (api) => validated(api, { validateRequestParameters: true })],
    ['a validator of bodies alone', '', (api) => validated(api, { validateRequestBody: true })],
    [
      'an imported validator, which may look at parameters',
      ',X-Tenant',
      () => ({
        requestValidator: apigateway.RequestValidator.fromRequestValidatorId(stack, 'Validator', 'abc'),
        requestParameters: { 'method.request.header.X-Tenant': true },
      }),
    ],
  ])('%s', (_, more, options) => {
    const api = apiWith();
    api.root.addResource('open').addMethod('GET', mock());
    api.root.addResource('closed').addMethod('PUT', mock(), options(api));
    expect(allowed()).toBe(DEFAULT + more);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('in one place for all resources', () => {
    const api = apiWith({ preflight: PreflightPlacement.SHARED });
    const iam = { authorizationType: apigateway.AuthorizationType.IAM };
    api.root.addResource('a').addMethod('GET', mock(), iam);
    api.root.addResource('b').addMethod('GET', mock());
    expect(allowed()).toBe(`${DEFAULT},${MORE_WHERE_SIGNED}`);
  });

  test('of authorizers in another stack, and on one side of a condition', () => {
    const app = new App();
    const owner = new Stack(app, 'Owner');
    const user = new Stack(app, 'User');
    const api = new apigateway.RestApi(owner, 'Api');
    api.root.addMethod('GET', mock());
    const authorizer = new apigateway.CfnAuthorizer(owner, 'Auth', {
      restApiId: api.restApiId,
      name: 'auth',
      type: 'TOKEN',
      identitySource: 'method.request.header.X-Owner-Token',
    });
    const imported = apigateway.RestApi.fromRestApiAttributes(user, 'Api', {
      restApiId: api.restApiId,
      rootResourceId: api.restApiRootResourceId,
    });
    const method = imported.root.addResource('x').addMethod('GET', mock());
    const cfn = method.node.defaultChild as apigateway.CfnMethod;
    cfn.addPropertyOverride('AuthorizationType', 'CUSTOM');
    cfn.addPropertyOverride('AuthorizerId', Fn.conditionIf('Closed', authorizer.ref, 'other'));
    addCors(api, { allowOrigins: [APP] });
    app.synth();
    expect(allowed(owner)).toBe(`${DEFAULT},X-Owner-Token`);
    expect(allowed(user)).toBe(`${DEFAULT},X-Owner-Token`);
  });

  test('and the same list whatever the order of the methods', () => {
    const build = (names: string[]) => {
      stack = new Stack(appWith(), 'Stack');
      const api = apiWith();
      names.forEach((name) => {
        const requestValidator = api.addRequestValidator(`V${name}`, { validateRequestParameters: true });
        api.root.addResource(name).addMethod('GET', mock(), {
          requestValidator,
          requestParameters: { [`method.request.header.${name}`]: true },
        });
      });
      return allowed();
    };
    expect(build(['x-b', 'X-A', 'x-c'])).toBe(`${DEFAULT},X-A,x-b,x-c`);
    expect(build(['x-c', 'x-b', 'X-A'])).toBe(build(['x-b', 'X-A', 'x-c']));
  });
});

describe('a list by hand stays as it is, and is warned about where it lacks', () => {
  const KEYS = { apiKeyRequired: true };
  test.each<[string, string[], string, apigateway.MethodOptions, RegExp]>([
    ['an API key', ['Content-Type'], 'GET', KEYS, /ask for "X-Api-Key", which no page may send/],
    [
      'what signers send',
      ['Authorization', 'x-amz-date', 'X-Amz-Security-Token', 'X-Amz-User-Agent'],
      'GET',
      { authorizationType: apigateway.AuthorizationType.IAM },
      /ask for "X-Amz-Content-Sha256", "amz-sdk-invocation-id", "amz-sdk-request"/,
    ],
    ['Content-Type, for PUT', ['X-Api-Key'], 'PUT', {}, /without "Content-Type" no page may send JSON by PUT/],
    ['Content-Type, for any method', [], 'ANY', {}, /may send JSON by PUT, POST, PATCH/],
  ])('%s', (_, allowHeaders, verb, options, text) => {
    apiWith({ allowHeaders }).root.addMethod(verb, mock(), options);
    expect(warningsOf(stack)).toEqual([expect.stringMatching(text)]);
    expect(allowed()).toBe(allowHeaders.join(',') || undefined);
  });

  test.each<[string, Partial<RestApiCorsOptions>, string, apigateway.MethodOptions]>([
    ['nothing of it', { allowHeaders: ['content-type', 'x-api-key'] }, 'POST', KEYS],
    ['nothing, as a star is in it', { allowHeaders: ['*'] }, 'POST', KEYS],
    ['what no body needs', { allowHeaders: ['X-A'] }, 'GET', {}],
    ['what no page may do', { allowHeaders: ['X-A'], allowMethods: ['GET'] }, 'ANY', {}],
  ])('but not %s', (_, cors, verb, options) => {
    apiWith(cors).root.addMethod(verb, mock(), options);
    expect(warningsOf(stack)).toEqual([]);
  });
});

test('the lists cannot be changed by those who spread them', () => {
  expect(() => CorsHeaders.DEFAULT.push('X-Mine')).toThrow(TypeError);
  expect(CorsHeaders.TRACING).toContain('traceparent');
});

test('a page that signs its request as today’s SDKs do gets through', () => {
  const api = apiWith();
  api.root.addMethod('GET', mock(), { authorizationType: apigateway.AuthorizationType.IAM });
  const names = CorsHeaders.AWS_SIGNED.map((name) => [name.toLowerCase(), 'x']);
  expect(api).toAllow({ origin: APP, path: '/', headers: Object.fromEntries(names) });
});

test('an authorizer that is not a construct of the CDK is read as well', () => {
  const api = apiWith();
  const raw = new CfnResource(stack, 'Auth', {
    type: 'AWS::ApiGateway::Authorizer',
    properties: { RestApiId: api.restApiId, Type: 'TOKEN', Name: 'a', IdentitySource: 'method.request.header.X-Raw' },
  });
  const method = api.root.addMethod('GET', mock()).node.defaultChild as apigateway.CfnMethod;
  method.authorizationType = 'CUSTOM';
  method.authorizerId = raw.ref;
  expect(allowed()).toBe(`${DEFAULT},X-Raw`);
});
