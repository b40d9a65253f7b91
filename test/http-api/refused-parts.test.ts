import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CorsEnabledHttpApi } from '../../src';
import { warningsOf } from '../rest-api/apps';
import { APP } from '../support/pages';
import { backend, corsOf, stackWith } from './apps';

test('a mapping of a header that the policy sends is refused, as API Gateway reserves it', () => {
  const stack = stackWith();
  const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP] } });
  const parameterMapping = new apigatewayv2.ParameterMapping().overwriteHeader(
    'access-control-allow-origin',
    apigatewayv2.MappingValue.custom('*'),
  );
  api.addRoutes({
    path: '/pets',
    methods: [apigatewayv2.HttpMethod.GET],
    integration: new HttpUrlIntegration('Pets', 'https://pets.example.com', { parameterMapping }),
  });
  expect(() => corsOf(stack)).toThrow(
    /Stack\/Api\/GET--pets\/Pets: .*access-control-allow-origin, which API Gateway reserves/,
  );
});

describe('methods that browsers need no listing for', () => {
  const warned = (allowMethods: string[] | undefined, methods: apigatewayv2.HttpMethod[]) => {
    const stack = stackWith();
    const api = new CorsEnabledHttpApi(stack, 'Api', { cors: { allowOrigins: [APP], allowMethods } });
    api.addRoutes({ path: '/pets', methods, integration: backend() });
    return warningsOf(stack);
  };
  const { GET, POST, PUT } = apigatewayv2.HttpMethod;

  test('are missed by API Gateway all the same: a warning', () => {
    expect(warned(['PUT'], [GET, POST, PUT])).toEqual([
      expect.stringMatching(/^Stack\/Api: cors.allowMethods: routes here take GET, POST, .*cdk-cors:UnlistedMethod/),
    ]);
  });

  test.each<[string, string[] | undefined]>([
    ['listed', ['GET', 'POST', 'PUT']],
    ['covered by *', ['*']],
    ['derived', undefined],
  ])('are fine where they are %s', (_, allowMethods) => {
    expect(warned(allowMethods, [GET, POST, PUT])).toEqual([]);
  });
});
