import { NestedStack, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { addCors, CorsEnabledRestApi } from '../../src';
import { appWith, mock, preflightsOf } from './apps';

const ORIGINS = { allowOrigins: ['https://app.example.com'] };
const fn = (scope: Stack) =>
  new lambda.Function(scope, 'Fn', {
    code: lambda.Code.fromInline('x'),
    handler: 'index.h',
    runtime: lambda.Runtime.NODEJS_LATEST,
  });

type Build = (stack: Stack, cors: 'theirs' | 'ours') => unknown;

/** The same API with aws-cdk-lib's preflights, and with ours. */
function restApi(stack: Stack, cors: 'theirs' | 'ours', props: apigateway.RestApiProps = {}): apigateway.RestApi {
  return cors === 'ours'
    ? new CorsEnabledRestApi(stack, 'Api', { ...props, cors: ORIGINS })
    : new apigateway.RestApi(stack, 'Api', { ...props, defaultCorsPreflightOptions: ORIGINS });
}

const SHAPES: [string, Build][] = [
  ['a root with a method', (stack, cors) => void restApi(stack, cors).root.addMethod('GET', mock())],
  ['a resource', (stack, cors) => void restApi(stack, cors).root.addResource('pets').addMethod('GET', mock())],
  [
    'several methods on a resource',
    (stack, cors) => {
      const pets = restApi(stack, cors).root.addResource('pets');
      for (const verb of ['GET', 'POST', 'DELETE']) pets.addMethod(verb, mock());
    },
  ],
  [
    'a variable part',
    (stack, cors) => void restApi(stack, cors).root.addResource('pets').addResource('{petId}').addMethod('GET', mock()),
  ],
  [
    'a deep tree',
    (stack, cors) => {
      let resource: apigateway.IResource = restApi(stack, cors).root;
      for (const part of ['v1', 'owners', '{ownerId}', 'pets', '{petId}']) {
        resource = resource.addResource(part);
        resource.addMethod('GET', mock());
      }
    },
  ],
  [
    'a greedy proxy at the root',
    (stack, cors) => void restApi(stack, cors, { defaultIntegration: mock() }).root.addProxy(),
  ],
  [
    'a greedy proxy below',
    (stack, cors) => {
      const files = restApi(stack, cors).root.addResource('files');
      files.addMethod('GET', mock());
      files.addResource('{key+}').addMethod('ANY', mock());
    },
  ],
  [
    'resourceForPath',
    (stack, cors) => void restApi(stack, cors).root.resourceForPath('/a/b-c/d_e').addMethod('GET', mock()),
  ],
  [
    'a resource with defaults for those below it',
    (stack, cors) => {
      const { root } = new apigateway.RestApi(stack, 'Api');
      root.addResource('open').addMethod('GET', mock());
      const pets = root.addResource('pets', cors === 'theirs' ? { defaultCorsPreflightOptions: ORIGINS } : {});
      if (cors === 'ours') addCors(pets, { ...ORIGINS, includeChildren: true });
      pets.addMethod('GET', mock());
      pets.addResource('{petId}').addMethod('PUT', mock());
    },
  ],
  [
    'parts with signs',
    (stack, cors) => {
      const { root } = restApi(stack, cors);
      for (const part of ['.well-known', 'pets:search', '$metadata']) root.addResource(part).addMethod('GET', mock());
    },
  ],
  [
    'secured defaults',
    (stack, cors) => {
      const api = restApi(stack, cors, {
        defaultMethodOptions: { authorizationType: apigateway.AuthorizationType.IAM, apiKeyRequired: true },
      });
      api.root.addResource('pets').addMethod('GET', mock());
    },
  ],
  [
    'two APIs in a stack',
    (stack, cors) => {
      for (const id of ['One', 'Two']) {
        const api = new apigateway.RestApi(
          stack,
          id,
          cors === 'theirs' ? { defaultCorsPreflightOptions: ORIGINS } : {},
        );
        api.root.addResource('pets').addMethod('GET', mock());
        if (cors === 'ours') addCors(api, ORIGINS);
      }
    },
  ],
  [
    'addCorsPreflight on one resource',
    (stack, cors) => {
      const pets = new apigateway.RestApi(stack, 'Api').root.addResource('pets');
      pets.addMethod('GET', mock());
      if (cors === 'ours') addCors(pets, ORIGINS);
      else pets.addCorsPreflight(ORIGINS);
    },
  ],
  [
    'LambdaRestApi',
    (stack, cors) => {
      const props = { handler: fn(stack) };
      if (cors === 'ours') addCors(new apigateway.LambdaRestApi(stack, 'Api', props), ORIGINS);
      else new apigateway.LambdaRestApi(stack, 'Api', { ...props, defaultCorsPreflightOptions: ORIGINS });
    },
  ],
  [
    'a nested stack that imports the API',
    (stack, cors) => {
      const api = restApi(stack, cors);
      api.root.addMethod('GET', mock());
      const nested = new NestedStack(stack, 'Nested');
      const imported = apigateway.RestApi.fromRestApiAttributes(nested, 'Api', {
        restApiId: api.restApiId,
        rootResourceId: api.restApiRootResourceId,
      });
      const orders = imported.root.addResource(
        'orders',
        cors === 'theirs' ? { defaultCorsPreflightOptions: ORIGINS } : {},
      );
      orders.addMethod('GET', mock());
      return [stack, nested];
    },
  ],
];

/** A shape says which stacks it fills, if more than the one. */
function stacksOf(built: unknown, stack: Stack): Stack[] {
  return Array.isArray(built) ? built : [stack];
}

describe('who moves over from defaultCorsPreflightOptions', () => {
  test.each(SHAPES)('keeps the logical id of every OPTIONS method: %s', (_shape, build) => {
    const [theirs, ours] = (['theirs', 'ours'] as const).map((cors) => {
      const stack = new Stack(appWith(), 'Stack');
      return stacksOf(build(stack, cors), stack).flatMap((each) => Object.keys(preflightsOf(each)));
    });
    expect(ours.length).toBeGreaterThan(0);
    expect(theirs).toEqual(expect.arrayContaining(ours));
  });
});
