import { APP } from './pages';

/** Templates of HTTP APIs by hand, as small as a story allows. */

export const CORS = { AllowOrigins: [APP], AllowMethods: ['GET', 'PUT'], AllowHeaders: ['authorization'], MaxAge: 600 };

/** An HTTP API with these routes: their keys, and what is particular about them. */
export function httpApi(
  cors: object | undefined,
  routes: Record<string, object>,
  api: object = {},
  authorizer: object = {},
  integration: object = {},
): any {
  const entries = Object.entries(routes).map(([RouteKey, more], index) => [
    `Route${index}`,
    {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey,
        Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Backend' }]] },
        ...more,
      },
    },
  ]);
  return {
    Resources: {
      Api: {
        Type: 'AWS::ApiGatewayV2::Api',
        Properties: { Name: 'Api', ProtocolType: 'HTTP', CorsConfiguration: cors, ...api },
      },
      Backend: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: { ApiId: { Ref: 'Api' }, IntegrationType: 'AWS_PROXY', ...integration },
      },
      Jwt: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          ApiId: { Ref: 'Api' },
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          ...authorizer,
        },
      },
      ...Object.fromEntries(entries),
    },
  };
}

export const JWT = { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Jwt' } };
