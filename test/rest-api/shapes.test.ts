import '../verdicts';
import { Annotations, type App, Aspects, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { addCors, CorsEnabledRestApi, CorsSimulator, EnableCors } from '../../src';
import { APP } from '../support/pages';
import { ASPECT_MODES, appWith, http, mock, preflightsOf, warningsOf } from './apps';

const EVIL = 'https://evil.example';
const SEVERAL = { allowOrigins: [APP, 'http://localhost:*'] };

let stack: Stack;
beforeEach(() => {
  stack = new Stack(appWith(), 'Stack');
});

const fn = () =>
  new lambda.Function(stack, 'Fn', {
    code: lambda.Code.fromInline('x'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_LATEST,
  });

describe.each(ASPECT_MODES)('with Aspects $aspects', ({ context }) => {
  beforeEach(() => {
    stack = new Stack(appWith(context), 'Stack');
  });

  test('a LambdaRestApi answers preflights everywhere, and leaves the rest to its function', () => {
    const api = new apigateway.LambdaRestApi(stack, 'Api', { handler: fn() });
    addCors(api, { allowOrigins: [APP] });
    expect(api).toDependOnBackend({ origin: APP, path: '/any/where', method: 'DELETE' });
    expect(api).toBlock({ origin: EVIL, path: '/any/where', method: 'DELETE' }, 'preflight-origin');
  });

  test('a LambdaRestApi without proxy has each route covered', () => {
    const api = new apigateway.LambdaRestApi(stack, 'Api', {
      handler: fn(),
      proxy: false,
      integrationOptions: { proxy: false, integrationResponses: [{ statusCode: '200' }] },
    });
    addCors(api, SEVERAL);
    api.root.addResource('pets').addMethod('PUT');
    expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
    expect(api).toBlock({ origin: EVIL, path: '/pets', method: 'PUT' }, 'preflight-origin');
  });

  test('nested stacks of an API are covered through their parent', () => {
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: SEVERAL });
    api.root.addMethod('GET', mock());
    const nested = new NestedStack(stack, 'Nested');
    const imported = apigateway.RestApi.fromRestApiAttributes(nested, 'Api', {
      restApiId: api.restApiId,
      rootResourceId: api.restApiRootResourceId,
    });
    imported.root.addResource('orders').addMethod('DELETE', http());
    expect(api).toAllow({ origin: 'http://localhost:5173', path: '/orders', method: 'DELETE' });
    expect(api).toBlock({ origin: EVIL, path: '/orders', method: 'DELETE' }, 'preflight-origin');
  });

  test('another stack’s resources of an API are covered', () => {
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
    api.root.addMethod('GET', mock());
    const other = new Stack(stack.node.root as App, 'Other');
    const imported = apigateway.RestApi.fromRestApiAttributes(other, 'Api', {
      restApiId: api.restApiId,
      rootResourceId: api.restApiRootResourceId,
    });
    imported.root.addResource('orders').addMethod('DELETE', http());
    expect(Object.keys(preflightsOf(other))).toEqual([expect.stringMatching(/^Apiorders/)]);
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/^Stack\/Api\/Deployment\/Resource: .*cdk-cors:DeploymentElsewhere/),
    ]);
  });
});

test('a StepFunctionsRestApi is readable', () => {
  const machine = new sfn.StateMachine(stack, 'Machine', {
    stateMachineType: sfn.StateMachineType.EXPRESS,
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
  });
  const api = new apigateway.StepFunctionsRestApi(stack, 'Api', { stateMachine: machine });
  addCors(api, SEVERAL);
  expect(api).toAllow({ origin: APP, path: '/', method: 'POST', headers: { 'content-type': 'application/json' } });
  expect(api).toBlock({ origin: EVIL, path: '/', method: 'POST' }, 'response-origin');
});

test('several APIs of a stack keep to their own policies', () => {
  const apis = ['one', 'two'].map((name) => {
    const api = new CorsEnabledRestApi(stack, name, { cors: { allowOrigins: [`https://${name}.example.com`] } });
    api.root.addMethod('PUT', http());
    return api;
  });
  expect(apis[0]).toAllow({ origin: 'https://one.example.com', path: '/', method: 'PUT' });
  expect(apis[1]).toBlock({ origin: 'https://one.example.com', path: '/', method: 'PUT' }, 'preflight-origin');
});

test('usage plan, custom domain, base path and private endpoint do not matter', () => {
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const endpoint = new ec2.InterfaceVpcEndpoint(stack, 'Endpoint', {
    vpc,
    service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
  });
  const api = new CorsEnabledRestApi(stack, 'Api', {
    cors: SEVERAL,
    endpointConfiguration: { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints: [endpoint] },
    policy: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          principals: [new iam.AnyPrincipal()],
          actions: ['execute-api:Invoke'],
          resources: ['*'],
        }),
      ],
    }),
    apiKeySourceType: apigateway.ApiKeySourceType.HEADER,
  });
  const domain = new apigateway.DomainName(stack, 'Domain', {
    domainName: 'api.example.com',
    certificate: acm.Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:eu-west-1:123456789012:certificate/x',
    ),
  });
  domain.addBasePathMapping(api, { basePath: 'v1' });
  api.addUsagePlan('Plan', { apiStages: [{ stage: api.deploymentStage }] }).addApiKey(api.addApiKey('Key'));
  api.root.addResource('pets').addMethod('PUT', http(), { apiKeyRequired: true });
  expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT', headers: { 'X-Api-Key': 'k' } });
  expect(api).toBlock(
    { origin: EVIL, path: '/pets', method: 'PUT', headers: { 'X-Api-Key': 'k' } },
    'preflight-origin',
  );
});

test('the Stages of a pipeline are covered each on its own', () => {
  const app = appWith();
  const stacks = ['Beta', 'Prod'].map((name) => new Stack(new Stage(app, name), 'Stack'));
  const apis = stacks.map((each, i) => {
    const api = new CorsEnabledRestApi(each, 'Api', {
      cors: { allowOrigins: [`https://${i}.example.com`, 'http://localhost:*'] },
    });
    api.root.addMethod('PUT', http());
    return api;
  });
  expect(apis[0]).toAllow({ origin: 'https://0.example.com', path: '/', method: 'PUT' });
  expect(apis[1]).toBlock({ origin: 'https://0.example.com', path: '/', method: 'PUT' }, 'preflight-origin');
});

test('other Aspects of the app, before and after, do not get in the way', () => {
  const api = new apigateway.RestApi(stack, 'Api');
  const visit = () => ({
    visit: (node: any) => node instanceof apigateway.CfnMethod && node.addPropertyOverride('OperationName', 'tagged'),
  });
  Aspects.of(stack.node.root).add(visit());
  addCors(api, SEVERAL);
  api.root.addResource('pets').addMethod('PUT', http());
  Aspects.of(api).add(visit());
  expect(api).toAllow({ origin: APP, path: '/pets', method: 'PUT' });
});

test('acknowledged warnings are silent', () => {
  const api = new apigateway.RestApi(stack, 'Api');
  const pets = api.root.addResource('pets');
  pets.addMethod('GET', mock());
  pets.addMethod('OPTIONS', mock());
  pets.with(new EnableCors({ allowOrigins: [APP] }));
  Annotations.of(pets).acknowledgeWarning('cdk-cors:OwnOptions');
  expect(warningsOf(stack)).toEqual([]);
});

describe('a stage with a cache', () => {
  const cached = (
    cors: { allowOrigins: string[] },
    options: apigateway.MethodOptions = {},
    keys: string[] = [],
    methodOptions: Record<string, apigateway.MethodDeploymentOptions> = {},
  ) => {
    const api = new CorsEnabledRestApi(stack, 'Api', {
      cors,
      deployOptions: { cacheClusterEnabled: true, cacheClusterSize: '0.5', methodOptions },
    });
    const integration = new apigateway.HttpIntegration('https://backend.example.com', {
      proxy: false,
      options: { cacheKeyParameters: keys, integrationResponses: [{ statusCode: '200' }] },
    });
    const pets = api.root.addResource('pets');
    pets.addMethod('GET', integration, options);
    pets.addMethod('POST', integration, options);
    return warningsOf(stack);
  };

  test('is warned about where the origin of the response varies', () => {
    expect(cached(SEVERAL)).toEqual([
      expect.stringMatching(
        /^Stack\/Api\/DeploymentStage\.prod\/Resource: GET \/pets: the stage caches .*cdk-cors:CachedOrigin/,
      ),
    ]);
  });

  test('is fine where the header is part of the key', () => {
    expect(
      cached(SEVERAL, { requestParameters: { 'method.request.header.origin': false } }, [
        'method.request.header.origin',
      ]),
    ).toEqual([]);
  });

  test('is fine where one origin stands in every response', () => {
    expect(cached({ allowOrigins: [APP] })).toEqual([]);
  });

  test('is fine where the method is not cached', () => {
    expect(cached(SEVERAL, {}, [], { '/pets/GET': { cachingEnabled: false } })).toEqual([]);
  });

  test('counts other methods that are cached', () => {
    expect(cached(SEVERAL, {}, [], { '/*/*': { cachingEnabled: true } })).toEqual([
      expect.stringContaining('GET /pets, POST /pets'),
    ]);
  });
});

test('a simulator reads the whole app as it would be deployed', () => {
  new CorsEnabledRestApi(stack, 'Api', { cors: SEVERAL }).root.addMethod('GET', mock());
  CorsSimulator.fromStack(stack).assertAllowed({ origin: APP, path: '/' });
});
