import { App, CfnResource, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import {
  completeBind,
  L1_ID,
  l1Of,
  OPTIONS_ID,
  propertyOverrides,
  rawProperties,
  rendered,
  rootOf,
  setRawProperty,
} from '../../src/tree/cdk-internals';

/** Where one of these fails, aws-cdk-lib changed: look at src/tree/cdk-internals.ts. */
const stackWith = () => new Stack(new App({ analyticsReporting: false }), 'Stack');

test('overrides of an L1 can be read', () => {
  const resource = new CfnResource(stackWith(), 'Any', { type: 'Any::Any::Any' });
  expect(propertyOverrides(resource)).toBeUndefined();
  resource.addPropertyOverride('Cors.MaxAge', 5);
  resource.addPropertyDeletionOverride('Name');
  expect(propertyOverrides(resource)).toEqual({ Cors: { MaxAge: 5 }, Name: undefined });
});

test('raw properties can be read, and set without a change to the object of the user', () => {
  const given = { Name: 'pets' };
  const resource = new CfnResource(stackWith(), 'Any', { type: 'Any::Any::Any', properties: given });
  setRawProperty(resource, 'Cors', { MaxAge: 5 });
  expect(rawProperties(resource)).toEqual({ Name: 'pets', Cors: { MaxAge: 5 } });
  expect(given).toEqual({ Name: 'pets' });
});

test('a resource can be rendered', () => {
  const stack = stackWith();
  const resource = new CfnResource(stack, 'Any', { type: 'Any::Any::Any', properties: { Name: 'pets' } });
  expect(stack.resolve(rendered(resource))).toEqual({
    Resources: { Any: { Type: 'Any::Any::Any', Properties: { Name: 'pets' } } },
  });
});

test('a bound integration can be completed', () => {
  const completed: unknown[] = [];
  class Watched extends HttpUrlIntegration {
    protected completeBind(options: unknown): void {
      completed.push(options);
    }
  }
  const options = { route: {}, scope: stackWith() } as any;
  completeBind(new Watched('Pets', 'https://backend.example.com'), options);
  expect(completed).toEqual([options]);
  expect(HttpRouteIntegration.prototype).toHaveProperty('completeBind');
});

test('L2s give the ids to their children that are looked for', () => {
  const stack = stackWith();
  const rest = new apigateway.RestApi(stack, 'Rest', { defaultCorsPreflightOptions: { allowOrigins: ['*'] } });
  rest.root.addResource('pets');
  const http = new HttpApi(stack, 'Http');
  http.addRoutes({
    path: '/pets',
    methods: [HttpMethod.GET],
    integration: new HttpUrlIntegration('Pets', 'https://backend.example.com'),
  });
  expect(rootOf(rest)).toBe(rest.root);
  expect(
    rootOf(apigateway.RestApi.fromRestApiAttributes(stack, 'Imported', { restApiId: 'a', rootResourceId: 'r' })),
  ).toBeDefined();
  expect(rest.root.resourceForPath('pets').node.tryFindChild(OPTIONS_ID)).toBeInstanceOf(apigateway.Method);
  expect(l1Of(rest)).toBeInstanceOf(apigateway.CfnRestApi);
  expect(l1Of(http)?.cfnResourceType).toBe('AWS::ApiGatewayV2::Api');
  expect(l1Of(rest.latestDeployment!)?.node.id).toBe(L1_ID);
  expect(rest.latestDeployment).toHaveProperty('addToLogicalId', expect.any(Function));
});

test.each<[string, () => unknown]>([
  ['rawOverrides', () => propertyOverrides({} as any)],
  ['_cfnProperties', () => rawProperties({} as any)],
  ['_toCloudFormation', () => rendered({} as any)],
  ['completeBind', () => completeBind({} as any, {} as any)],
])('a member that is gone explains itself: %s', (name, read) => {
  expect(read).toThrow(`aws-cdk-lib changed: Object has no ${name}, from which cdk-cors reads`);
});
