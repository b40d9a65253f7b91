import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { resourcesOf } from '../support/apps';

export { ASPECT_MODES, infosOf, resourcesOf, warningsOf } from '../support/apps';

export function stackWith(context: Record<string, unknown> = {}): Stack {
  return new Stack(new App({ context, analyticsReporting: false }), 'Stack');
}

export function backend(id = 'Backend'): HttpUrlIntegration {
  return new HttpUrlIntegration(id, 'https://backend.example.com');
}

export function lambdaBackend(stack: Stack, id = 'Backend'): HttpLambdaIntegration {
  const code = lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });');
  return new HttpLambdaIntegration(
    id,
    new lambda.Function(stack, `${id}Function`, {
      code,
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_LATEST,
    }),
  );
}

export function jwt(): HttpJwtAuthorizer {
  return new HttpJwtAuthorizer('Jwt', 'https://login.example.com', { jwtAudience: ['pets'] });
}

/** The properties of each route of a stack, by its key. */
export function routesOf(stack: Stack): Record<string, any> {
  const routes = Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
    Properties.RouteKey,
    Properties,
  ]);
  expect(new Set(routes.map(([key]) => key)).size).toBe(routes.length);
  return Object.fromEntries(routes);
}

/** The CORS configuration of the one HTTP API of a stack. */
export function corsOf(stack: Stack): any {
  const [{ Properties }, ...others] = Object.values(resourcesOf(stack, 'AWS::ApiGatewayV2::Api'));
  expect(others).toEqual([]);
  return Properties.CorsConfiguration;
}

export function countOf(stack: Stack): number {
  return Object.keys(Template.fromStack(stack).toJSON().Resources ?? {}).length;
}

/** An L1 API, with what its routes need. */
export function l1Api(stack: Stack) {
  const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'Pets', protocolType: 'HTTP' });
  const integration = new apigatewayv2.CfnIntegration(stack, 'Integration', {
    apiId: api.ref,
    integrationType: 'HTTP_PROXY',
    integrationUri: 'https://backend.example.com',
    integrationMethod: 'ANY',
    payloadFormatVersion: '1.0',
  });
  const route = (id: string, routeKey: string, props: Partial<apigatewayv2.CfnRouteProps> = {}) =>
    new apigatewayv2.CfnRoute(stack, id, {
      apiId: api.ref,
      routeKey,
      target: `integrations/${integration.ref}`,
      ...props,
    });
  return { api, integration, route };
}
