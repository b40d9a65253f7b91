/**
 * HTTP APIs as people write them by hand: resources, or one document. A route that ends in `!` has
 * an authorizer: `!jwt`, `!iam` or `!lambda`.
 */

/** The properties of a `CorsConfiguration`. */
export interface Cors {
  readonly AllowOrigins?: string[];
  readonly AllowMethods?: string[];
  readonly AllowHeaders?: string[];
  readonly ExposeHeaders?: string[];
  readonly AllowCredentials?: boolean;
  readonly MaxAge?: number;
}

const ApiId = { Ref: 'Api' };
const TOKEN = '$request.header.Authorization';
const BACKEND = 'https://backend.example.com/';

export function httpApi(CorsConfiguration: Cors | undefined, routes: string[]): object {
  const Resources: Record<string, object> = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'pets', ProtocolType: 'HTTP', CorsConfiguration } },
    Backend: resource('Integration', {
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: BACKEND,
      PayloadFormatVersion: '1.0',
    }),
    Jwt: resource('Authorizer', { AuthorizerType: 'JWT', Name: 'tokens', IdentitySource: [TOKEN] }),
    Lambda: resource('Authorizer', { AuthorizerType: 'REQUEST', Name: 'callers', IdentitySource: [TOKEN] }),
    Stage: resource('Stage', { StageName: '$default', AutoDeploy: true }),
  };
  routes.forEach((route, i) => {
    const [RouteKey, authorizer = 'none'] = route.split('!');
    const Target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Backend' }]] };
    Resources[`Route${i}`] = resource('Route', { RouteKey, Target, ...AUTHORIZATION[authorizer] });
  });
  return { Resources };
}

const AUTHORIZATION: Record<string, object> = {
  none: {},
  jwt: { AuthorizationType: 'JWT', AuthorizerId: { Ref: 'Jwt' } },
  iam: { AuthorizationType: 'AWS_IAM' },
  lambda: { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Lambda' } },
};

function resource(type: string, properties: object): object {
  return { Type: `AWS::ApiGatewayV2::${type}`, Properties: { ApiId, ...properties } };
}

/** "Quick create": the route and its integration are API Gateway's own. */
export function quickApi(api: object, others: Record<string, object>): object {
  const made = Object.entries(others).map(([type, properties]) => [type, resource(type, properties)]);
  const Api = { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'pets', ProtocolType: 'HTTP', ...api } };
  return { Parameters: { Age: { Type: 'Number' } }, Resources: { Api, ...Object.fromEntries(made) } };
}

/** The same API as a document. */
export function httpDocument(cors: Cors | undefined, routes: string[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const [key, authorizer] = route.split('!');
    const [verb, path] = key === '$default' ? ['ANY', '/$default'] : key.split(' ');
    const integration = { type: 'HTTP_PROXY', httpMethod: 'ANY', uri: BACKEND, payloadFormatVersion: '1.0' };
    paths[path] ??= {};
    paths[path][verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase()] = {
      responses: { default: { description: 'as the backend answers' } },
      ...(authorizer && { security: [{ [authorizer]: [] }] }),
      'x-amazon-apigateway-integration': integration,
    };
  }
  const Body = {
    openapi: '3.0.1',
    info: { title: 'pets', version: '1' },
    paths,
    components: { securitySchemes: SCHEMES },
    ...(cors && {
      'x-amazon-apigateway-cors': Object.fromEntries(
        Object.entries(cors).map(([name, value]) => [inCamelCase(name), value]),
      ),
    }),
  };
  return { Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body } } } };
}

const inCamelCase = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const SCHEMES = {
  jwt: { type: 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: TOKEN } },
  iam: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  lambda: {
    type: 'apiKey',
    name: 'Authorization',
    in: 'header',
    'x-amazon-apigateway-authorizer': { type: 'request', identitySource: TOKEN, authorizerPayloadFormatVersion: '2.0' },
  },
};
