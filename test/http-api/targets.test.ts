import {
  CfnCondition,
  CfnParameter,
  CfnResource,
  Fn,
  type IResolvable,
  NestedStack,
  type Stack,
  Token,
} from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { addCors } from '../../src/enable-cors';
import { PreflightHandler } from '../../src/options/preflight-handler';
import { APP } from '../support/pages';
import { l1Api, routesOf, stackWith, warningsOf } from './apps';

const cors = { allowOrigins: [APP], preflightHandler: PreflightHandler.backend() };

/** An integration that sends a message whatever the method, by the logical id `Queue`. */
function queue(stack: Stack, apiId: string): apigatewayv2.CfnIntegration {
  return new apigatewayv2.CfnIntegration(stack, 'Queue', {
    apiId,
    integrationType: 'AWS_PROXY',
    integrationSubtype: 'SQS-SendMessage',
  });
}

describe('an authorized route to an AWS service action stays closed, however it names its integration', () => {
  test.each<[string, (own: apigatewayv2.CfnIntegration, other: apigatewayv2.CfnIntegration, stack: Stack) => string]>([
    ['by a reference', (own) => `integrations/${own.ref}`],
    ['by an attribute', (own) => `integrations/${own.attrIntegrationId}`],
    ['by its logical id', () => `integrations/${Fn.ref('Queue')}`],
    ['by a logical id in Fn::Join', () => Fn.join('/', ['integrations', Fn.ref('Queue')])],
    ['by Fn::Sub', () => Fn.sub('integrations/$' + '{Queue}')],
    ['by Fn::Sub with an attribute', () => Fn.sub('integrations/$' + '{Queue.IntegrationId}')],
    ['by Fn::Sub with a value of its own', (own) => Fn.sub('integrations/$' + '{Id}', { Id: own.ref })],
    [
      'on one side of a condition',
      (own, other, stack) => {
        new CfnCondition(stack, 'IsTest');
        return Fn.join('/', ['integrations', Token.asString(Fn.conditionIf('IsTest', other.ref, own.ref))]);
      },
    ],
  ])('%s', (_, target) => {
    const stack = stackWith();
    const { api, integration, route } = l1Api(stack);
    route('Orders', 'ANY /orders', {
      authorizationType: 'AWS_IAM',
      target: target(queue(stack, api.ref), integration, stack),
    });
    addCors(api, cors);
    expect(Object.keys(routesOf(stack))).toEqual(['ANY /orders']);
    expect(warningsOf(stack)).toEqual([expect.stringContaining('cdk-cors:UnsafePreflightBackend')]);
  });

  test('as a raw resource', () => {
    const stack = stackWith();
    const { api } = l1Api(stack);
    queue(stack, api.ref);
    new CfnResource(stack, 'Orders', {
      type: 'AWS::ApiGatewayV2::Route',
      properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: 'ANY /orders',
        AuthorizationType: 'AWS_IAM',
        Target: { 'Fn::Sub': 'integrations/$' + '{Queue}' },
      },
    });
    addCors(api, cors);
    expect(Object.keys(routesOf(stack))).toEqual(['ANY /orders']);
  });

  test('through an override', () => {
    const stack = stackWith();
    const { api, route } = l1Api(stack);
    queue(stack, api.ref);
    const orders = route('Orders', 'ANY /orders', { authorizationType: 'AWS_IAM' });
    orders.addPropertyOverride('Target', { 'Fn::Join': ['/', ['integrations', { Ref: 'Queue' }]] });
    addCors(api, cors);
    expect(Object.keys(routesOf(stack))).toEqual(['ANY /orders']);
  });

  test('through a parameter of a nested stack', () => {
    const stack = stackWith();
    const { api } = l1Api(stack);
    const nested = new NestedStack(stack, 'Nested');
    nested.setParameter('Id', queue(stack, api.ref).ref);
    const target = `integrations/${new CfnParameter(nested, 'Id').valueAsString}`;
    new apigatewayv2.CfnRoute(nested, 'Orders', {
      apiId: api.ref,
      routeKey: 'ANY /orders',
      authorizationType: 'AWS_IAM',
      target,
    });
    addCors(api, cors);
    expect(Object.keys(routesOf(nested))).toEqual(['ANY /orders']);
  });
});

test('a type that is known only at deployment does not open a backend that is always called with one method', () => {
  const stack = stackWith();
  const { api, route } = l1Api(stack);
  const integrationType = new CfnParameter(stack, 'Type', { default: 'HTTP_PROXY' }).valueAsString;
  const own = new apigatewayv2.CfnIntegration(stack, 'Own', {
    apiId: api.ref,
    integrationType,
    integrationMethod: 'POST',
  });
  route('Orders', 'ANY /orders', { authorizationType: 'AWS_IAM', target: `integrations/${own.ref}` });
  addCors(api, cors);
  expect(Object.keys(routesOf(stack))).toEqual(['ANY /orders']);
});

test('nor does an integration whose properties depend on a condition', () => {
  const stack = stackWith();
  const { api, route } = l1Api(stack);
  new CfnCondition(stack, 'IsTest');
  const integrationMethod = Token.asString(Fn.conditionIf('IsTest', 'ANY', 'POST') as IResolvable);
  const own = new apigatewayv2.CfnIntegration(stack, 'Own', {
    apiId: api.ref,
    integrationType: 'HTTP_PROXY',
    integrationMethod,
  });
  route('Orders', 'ANY /orders', { authorizationType: 'AWS_IAM', target: `integrations/${own.ref}` });
  addCors(api, cors);
  expect(Object.keys(routesOf(stack))).toEqual(['ANY /orders']);
});
