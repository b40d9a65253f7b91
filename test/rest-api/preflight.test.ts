import {
  Aspects,
  Aws,
  CfnCondition,
  CfnParameter,
  CfnResource,
  Duration,
  Fn,
  Lazy,
  NestedStack,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { addCors, CorsEnabledRestApi } from '../../src';
import { APP } from '../support/pages';
import { ASPECT_MODES, appWith, headersOf, http, preflightOf, preflightsOf, resourcesOf, warningsOf } from './apps';

function stackWith(context?: Record<string, unknown>): Stack {
  return new Stack(appWith(context), 'Stack');
}

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  test('one exact origin is answered without looking at the request', () => {
    const stack = stackWith(context);
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    api.root.addResource('pets').addMethod('GET', http());

    const preflight = preflightOf(stack, 'Apipets');
    expect(preflight).toMatchObject({
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{"statusCode": 200}' },
        PassthroughBehavior: 'NEVER',
        ContentHandling: 'CONVERT_TO_TEXT',
        IntegrationResponses: [{ StatusCode: '204' }],
      },
      MethodResponses: [{ StatusCode: '204' }],
    });
    expect(headersOf(preflight)).toEqual({
      'Access-Control-Allow-Origin': APP,
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Allow-Headers':
        'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
      'Access-Control-Max-Age': '600',
    });
    expect(preflight.Integration.IntegrationResponses[0]).not.toHaveProperty('ResponseTemplates');
  });

  test('several origins are compared by a template, with a Vary for caches', () => {
    const stack = stackWith(context);
    const api = new CorsEnabledRestApi(stack, 'Api', {
      cors: { allowOrigins: [APP, 'https://*.example.org'], allowCredentials: true },
    });
    api.root.addMethod('PUT', http());

    const preflight = preflightOf(stack, 'ApiOPTIONS');
    const [response] = preflight.Integration.IntegrationResponses;
    expect(headersOf(preflight)).toMatchObject({ Vary: 'Origin', 'Access-Control-Allow-Credentials': 'true' });
    expect(headersOf(preflight)).not.toHaveProperty('Access-Control-Allow-Origin');
    expect(response.ContentHandling).toBe('CONVERT_TO_TEXT');
    expect(Object.keys(response.ResponseTemplates)).toEqual(['application/json']);
  });

  test('methods added before and after are announced, whoever added them', () => {
    const stack = stackWith(context);
    const api = new apigateway.RestApi(stack, 'Api');
    const pets = api.root.addResource('pets');
    pets.addMethod('GET', http());
    addCors(pets, { allowOrigins: [APP] });
    pets.addMethod('POST', http());
    new apigateway.CfnMethod(stack, 'Raw', {
      restApiId: api.restApiId,
      resourceId: pets.resourceId,
      httpMethod: 'delete',
      authorizationType: 'NONE',
      integration: { type: 'MOCK' },
    });
    expect(headersOf(preflightOf(stack, 'Apipets'))['Access-Control-Allow-Methods']).toBe('GET,POST,DELETE');
  });

  test('every declared header is one that is mapped', () => {
    const stack = stackWith(context);
    const api = new CorsEnabledRestApi(stack, 'Api', {
      cors: { allowOrigins: ['*'], maxAge: Duration.seconds(0), allowHeaders: [] },
    });
    api.root.addMethod('GET', http());
    const preflight = preflightOf(stack, 'ApiOPTIONS');
    expect(Object.keys(preflight.MethodResponses[0].ResponseParameters)).toEqual(
      Object.keys(preflight.Integration.IntegrationResponses[0].ResponseParameters),
    );
    expect(headersOf(preflight)).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Max-Age': '0',
    });
  });

  test('nothing of defaultMethodOptions reaches OPTIONS', () => {
    const stack = stackWith(context);
    const authorizer = new apigateway.CognitoUserPoolsAuthorizer(stack, 'Authorizer', {
      cognitoUserPools: [new cognito.UserPool(stack, 'Pool')],
    });
    const api = new CorsEnabledRestApi(stack, 'Api', {
      cors: { allowOrigins: [APP] },
      defaultMethodOptions: {
        authorizer,
        authorizationScopes: ['pets/read'],
        apiKeyRequired: true,
        operationName: 'op',
        requestParameters: { 'method.request.header.X-Tenant': true },
        requestValidatorOptions: { validateRequestParameters: true },
      },
    });
    api.root.addMethod('GET', http());
    const preflight = preflightOf(stack, 'ApiOPTIONS');
    expect(Object.keys(preflight).sort()).toEqual([
      'AuthorizationType',
      'HttpMethod',
      'Integration',
      'MethodResponses',
      'ResourceId',
      'RestApiId',
    ]);
    expect(preflight.AuthorizationType).toBe('NONE');
  });

  test('proxies, ANY methods and the root answer too', () => {
    const stack = stackWith(context);
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    api.root.addProxy({ defaultIntegration: http() });
    const all = 'OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD';
    expect(
      Object.values(preflightsOf(stack)).map((preflight) => headersOf(preflight)['Access-Control-Allow-Methods']),
    ).toEqual([all, all]);
  });

  test('a LambdaRestApi-like proxy in a nested stack answers, under its parent’s policy', () => {
    const stack = stackWith(context);
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    api.root.addMethod('GET', http());
    const nested = new NestedStack(stack, 'Nested');
    const imported = apigateway.RestApi.fromRestApiAttributes(nested, 'Imported', {
      restApiId: api.restApiId,
      rootResourceId: api.restApiRootResourceId,
    });
    imported.root.addResource('orders').addMethod('PATCH', http());
    expect(headersOf(preflightOf(nested, 'Importedorders'))).toMatchObject({
      'Access-Control-Allow-Origin': APP,
      'Access-Control-Allow-Methods': 'PATCH',
    });
    expect(Object.keys(preflightsOf(stack))).toHaveLength(1);
  });

  test('an Aspect’s new methods are announced', () => {
    const stack = stackWith(context);
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    const pets = api.root.addResource('pets');
    pets.addMethod('GET', http());
    Aspects.of(stack).add({
      visit: (node: any) => {
        if (node === pets && !pets.node.tryFindChild('PATCH')) pets.addMethod('PATCH', http());
      },
    });
    expect(headersOf(preflightOf(stack, 'Apipets'))['Access-Control-Allow-Methods']).toBe('GET,PATCH');
  });

  test('synthesizing again changes nothing', () => {
    const stack = stackWith(context);
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP, 'http://localhost:*'] } });
    api.root.addResource('pets').addMethod('GET', http());
    const app = stack.node.root as any;
    const first = app.synth({ force: true }).getStackByName('Stack').template;
    const second = app.synth({ force: true }).getStackByName('Stack').template;
    expect(second).toEqual(first);
  });
});

describe('the methods that a preflight announces', () => {
  test('are those that requests for its path fall through to as well', () => {
    const stack = stackWith();
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    api.root.addResource('pets').addMethod('GET', http());
    api.root.addResource('{proxy+}').addMethod('PUT', http());
    expect(headersOf(preflightOf(stack, 'Apipets'))['Access-Control-Allow-Methods']).toBe('GET,PUT');
    expect(headersOf(preflightOf(stack, 'Apiproxy'))['Access-Control-Allow-Methods']).toBe('PUT');
  });

  test('are not those of a resource under another policy', () => {
    const stack = stackWith();
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    api.root.addResource('pets').addMethod('GET', http());
    const proxy = api.root.addResource('{proxy+}');
    proxy.addMethod('PUT', http());
    addCors(proxy, { allowOrigins: ['https://admin.example.com'] });
    expect(headersOf(preflightOf(stack, 'Apipets'))['Access-Control-Allow-Methods']).toBe('GET');
  });

  test('are the user’s where the user lists them', () => {
    const stack = stackWith();
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP], allowMethods: ['PATCH', 'GET'] } });
    api.root.addMethod('GET', http());
    expect(headersOf(preflightOf(stack, 'ApiOPTIONS'))['Access-Control-Allow-Methods']).toBe('GET,PATCH');
  });
});

describe('a resource without methods', () => {
  test('gets no OPTIONS from a policy for the whole API', () => {
    const stack = stackWith();
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    api.root.addResource('v1').addResource('pets').addMethod('GET', http());
    expect(Object.keys(preflightsOf(stack))).toEqual([expect.stringMatching(/^Apiv1petsOPTIONS/)]);
  });

  test('gets one where it is named, as with addCorsPreflight', () => {
    const stack = stackWith();
    const api = new apigateway.RestApi(stack, 'Api');
    const pets = api.root.addResource('pets');
    pets.addResource('{id}').addMethod('GET', http());
    addCors(pets, { allowOrigins: [APP] });
    expect(Object.keys(preflightsOf(stack))).toEqual([expect.stringMatching(/^ApipetsOPTIONS/)]);
  });
});

describe('an OPTIONS method of the user’s', () => {
  test('stays as it is, with one warning', () => {
    const stack = stackWith();
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    const pets = api.root.addResource('pets');
    pets.addMethod('GET', http());
    pets.addMethod('OPTIONS', http());
    expect(preflightOf(stack, 'Apipets').Integration.Type).toBe('HTTP');
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(
        /^Stack\/Api\/Default\/pets: OPTIONS is answered here already: by a method of your own.*OwnOptions/,
      ),
    ]);
  });

  test('may be added after the call', () => {
    const stack = stackWith();
    const api = new apigateway.RestApi(stack, 'Api');
    const pets = api.root.addResource('pets');
    addCors(pets);
    expect(() => pets.addMethod('OPTIONS', http())).not.toThrow();
  });

  test('leaves a resource that is called OPTIONS in peace', () => {
    const stack = stackWith();
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    api.root.addMethod('GET', http());
    api.root.addResource('OPTIONS').addMethod('GET', http());
    expect(Object.keys(preflightsOf(stack))).toHaveLength(2);
  });
});

describe('an API that is made otherwise', () => {
  test('of L1s answers, at the root and below', () => {
    const stack = stackWith();
    const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'api' });
    const pets = new apigateway.CfnResource(stack, 'Pets', {
      restApiId: api.ref,
      parentId: api.attrRootResourceId,
      pathPart: 'pets',
    });
    const method = (id: string, resourceId: string, httpMethod: string) =>
      new apigateway.CfnMethod(stack, id, {
        restApiId: api.attrRestApiId,
        resourceId,
        httpMethod,
        authorizationType: 'NONE',
        integration: { type: 'MOCK' },
      });
    method('GetRoot', api.attrRootResourceId, 'GET');
    method('PutPets', pets.attrResourceId, 'PUT');
    addCors(api, { allowOrigins: [APP] });
    const preflights = Object.values(preflightsOf(stack));
    expect(
      preflights.map((preflight) => [preflight.ResourceId, headersOf(preflight)['Access-Control-Allow-Methods']]),
    ).toEqual([
      [{ 'Fn::GetAtt': ['Api', 'RootResourceId'] }, 'GET'],
      [{ Ref: 'Pets' }, 'PUT'],
    ]);
  });

  test('of raw CfnResources answers', () => {
    const stack = stackWith();
    const api = new CfnResource(stack, 'Api', { type: 'AWS::ApiGateway::RestApi', properties: { Name: 'api' } });
    const pets = new CfnResource(stack, 'Pets', {
      type: 'AWS::ApiGateway::Resource',
      properties: { RestApiId: { Ref: 'Api' }, ParentId: Fn.getAtt('Api', 'RootResourceId'), PathPart: 'pets' },
    });
    new CfnResource(stack, 'Method', {
      type: 'AWS::ApiGateway::Method',
      properties: {
        RestApiId: Fn.sub('${Api}'),
        ResourceId: Lazy.string({ produce: () => pets.ref }),
        HttpMethod: 'GET',
      },
    });
    addCors(api, { allowOrigins: [APP] });
    expect(Object.values(preflightsOf(stack))).toEqual([
      expect.objectContaining({ ResourceId: { Ref: 'Pets' }, RestApiId: { Ref: 'Api' } }),
    ]);
  });

  test('brought in by a CloudFormation template answers', () => {
    const stack = stackWith();
    const include = new CfnInclude(stack, 'Included', { templateFile: `${__dirname}/included.template.json` });
    addCors(include.getResource('Api'), { allowOrigins: [APP] });
    expect(Object.values(preflightsOf(stack)).map((preflight) => preflight.ResourceId)).toEqual([{ Ref: 'Pets' }]);
  });

  test('under a condition is covered under that condition', () => {
    const stack = stackWith();
    const condition = new CfnCondition(stack, 'Wanted');
    const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
    const pets = api.root.addResource('pets');
    for (const construct of [api, pets]) (construct.node.defaultChild as CfnResource).cfnOptions.condition = condition;
    pets.addMethod('GET', http());
    api.root.addMethod('GET', http());
    addCors(api, { allowOrigins: [APP] });
    const added = {
      ...resourcesOf(stack, 'AWS::ApiGateway::GatewayResponse'),
      ...resourcesOf(stack, 'AWS::ApiGateway::Method'),
    };
    const ours = Object.values(added).filter(
      ({ Properties }) => Properties.ResponseType || Properties.HttpMethod === 'OPTIONS',
    );
    expect(ours.map(({ Condition }) => Condition)).toEqual(['Wanted', 'Wanted', 'Wanted', 'Wanted']);
  });

  test('imported by attributes answers, for the resources that this app adds', () => {
    const stack = stackWith();
    const api = apigateway.RestApi.fromRestApiAttributes(stack, 'Api', {
      restApiId: 'abc123',
      rootResourceId: 'root1',
    });
    api.root.addResource('pets').addMethod('GET', http());
    addCors(api, { allowOrigins: [APP] });
    expect(Object.values(preflightsOf(stack))).toEqual([expect.objectContaining({ RestApiId: 'abc123' })]);
  });

  test('an imported resource announces all methods, and says so', () => {
    const stack = stackWith();
    const api = apigateway.RestApi.fromRestApiAttributes(stack, 'Api', {
      restApiId: 'abc123',
      rootResourceId: 'root1',
    });
    const pets = apigateway.Resource.fromResourceAttributes(stack, 'Pets', {
      path: '/pets',
      resourceId: 'res1',
      restApi: api,
    });
    addCors(pets, { allowOrigins: [APP] });
    expect(headersOf(preflightOf(stack, 'Pets'))['Access-Control-Allow-Methods']).toContain('DELETE');
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Pets: .*cdk-cors:UnseenMethods/),
      expect.stringMatching(/^Stack\/Pets: .*cdk-cors:NotRedeployed/),
    ]);
  });

  test('two APIs in a stack follow their own policies', () => {
    const stack = stackWith();
    for (const name of ['One', 'Two']) {
      const api = new CorsEnabledRestApi(stack, name, {
        cors: { allowOrigins: [`https://${name.toLowerCase()}.example.com`] },
      });
      api.root.addMethod('GET', http());
    }
    expect(headersOf(preflightOf(stack, 'One'))['Access-Control-Allow-Origin']).toBe('https://one.example.com');
    expect(headersOf(preflightOf(stack, 'Two'))['Access-Control-Allow-Origin']).toBe('https://two.example.com');
  });

  test('in several Stages of an app is answered in each', () => {
    const app = appWith();
    const stacks = ['Beta', 'Prod'].map((name) => new Stack(new Stage(app, name), 'Stack'));
    for (const stack of stacks)
      new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } }).root.addMethod('GET', http());
    expect(stacks.map((stack) => Object.keys(preflightsOf(stack)).length)).toEqual([1, 1]);
  });
});

describe('deploy-time values', () => {
  test('may be the one origin', () => {
    const stack = stackWith();
    const api = new CorsEnabledRestApi(stack, 'Api', {
      cors: { allowOrigins: [`https://${Aws.ACCOUNT_ID}.example.com`] },
    });
    api.root.addMethod('GET', http());
    const [response] = preflightOf(stack, 'ApiOPTIONS').Integration.IntegrationResponses;
    expect(response.ResponseParameters['method.response.header.Access-Control-Allow-Origin']).toEqual({
      'Fn::Join': ['', ["'https://", { Ref: 'AWS::AccountId' }, ".example.com'"]],
    });
  });

  test('that anyone may choose are warned about where a template compares them', () => {
    const stack = stackWith();
    const origin = new CfnParameter(stack, 'WebOrigin').valueAsString;
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [origin, 'http://localhost:3000'] } });
    api.root.addMethod('GET', http());
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:UnboundedParameter')]);
  });
});

test('an authorizer that reads Authorization is warned about under allowHeaders *', () => {
  const stack = stackWith();
  const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP], allowHeaders: ['*'] } });
  api.root.addMethod('GET', http(), { authorizationType: apigateway.AuthorizationType.IAM });
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:WildcardMissesAuthorization')]);
});

test.each([
  ['assigns', (method: apigateway.CfnMethod) => Object.assign(method, { authorizationType: 'AWS_IAM' })],
  ['overrides', (method: apigateway.CfnMethod) => method.addPropertyOverride('AuthorizationType', 'AWS_IAM')],
])('an Aspect that %s an authorizer on every method is warned about, not fought', (_how, secure) => {
  const stack = stackWith({ '@aws-cdk/core:aspectStabilization': true });
  const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
  api.root.addMethod('GET', http());
  Aspects.of(stack).add({
    visit: (node: any) => {
      if (node instanceof apigateway.CfnMethod) secure(node);
    },
  });
  expect(preflightOf(stack, 'ApiOPTIONS').AuthorizationType).toBe('AWS_IAM');
  expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:ClosedPreflight')]);
});
