import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct, IConstruct } from 'constructs';
import { CorsDefaults, EnableCors, OriginMatching } from '../src';
import { mock } from './rest-api/apps';
import { ASPECT_MODES, resourcesOf, warningsOf } from './support/apps';
import { APP } from './support/pages';

const OTHER = 'https://other.example.com';
const CORS = { allowOrigins: [APP] };

const restImport = (scope: Construct, id = 'Api') =>
  apigateway.RestApi.fromRestApiAttributes(scope, id, { restApiId: 'abc', rootResourceId: 'root' });
const httpImport = (scope: Construct, id = 'Api') =>
  apigatewayv2.HttpApi.fromHttpApiAttributes(scope, id, { httpApiId: 'abc' });

/** Routes that take the preflights of their paths, and ask for a token. */
function route(scope: Construct, httpApi: apigatewayv2.IHttpApi, path: string): void {
  const id = path.slice(1);
  const fn = new lambda.Function(scope, `Handler-${id}`, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
  });
  new apigatewayv2.HttpRoute(scope, `Route-${id}`, {
    httpApi,
    routeKey: apigatewayv2.HttpRouteKey.with(path, apigatewayv2.HttpMethod.ANY),
    integration: new HttpLambdaIntegration('Backend', fn),
    authorizer: new HttpJwtAuthorizer(`Jwt-${id}`, 'https://issuer.example.com', { jwtAudience: ['pets'] }),
  });
}

const propertiesOf = (stack: Stack, type: string) =>
  Object.values<any>(resourcesOf(stack, type)).map(({ Properties }) => Properties);
const routesOf = (stack: Stack) =>
  propertiesOf(stack, 'AWS::ApiGatewayV2::Route')
    .map(({ RouteKey }) => RouteKey)
    .sort();
const verbsOf = (stack: Stack) =>
  propertiesOf(stack, 'AWS::ApiGateway::Method')
    .map(({ HttpMethod }) => HttpMethod)
    .sort();
const originsIn = (stack: Stack) => JSON.stringify(propertiesOf(stack, 'AWS::ApiGateway::Method'));

describe.each(ASPECT_MODES)('imports of one API, where Aspects are $aspects:', ({ context }) => {
  let app: App;
  let a: Stack;
  let b: Stack;
  beforeEach(() => {
    app = new App({ context, analyticsReporting: false });
    [a, b] = [new Stack(app, 'A'), new Stack(app, 'B')];
  });

  describe('what opted out is not opened', () => {
    const OPT_OUTS: [string, () => void][] = [
      [
        'by none()',
        () => {
          CorsDefaults.of(app).set(CORS);
          CorsDefaults.of(a).none();
        },
      ],
      ['as no default reaches it', () => CorsDefaults.of(b).set(CORS)],
    ];

    test.each(OPT_OUTS)('in another stack, of an HTTP API: %s', (_, set) => {
      set();
      for (const stack of [a, b]) route(stack, httpImport(stack), `/${stack.node.id}`);
      expect(routesOf(a)).toEqual(['ANY /A']);
      expect(routesOf(b)).toEqual(['ANY /B', 'OPTIONS /B']);
    });

    test.each(OPT_OUTS)('in another stack, of a REST API: %s', (_, set) => {
      set();
      for (const stack of [a, b]) restImport(stack).root.addResource(stack.node.id).addMethod('GET', mock());
      expect(verbsOf(a)).toEqual(['GET']);
      expect(originsIn(a)).not.toContain('Access-Control-Allow-Origin');
      expect(verbsOf(b)).toEqual(['GET', 'OPTIONS']);
    });

    test('in the same stack, of an HTTP API', () => {
      const [closed, open] = [httpImport(a, 'Closed'), httpImport(a, 'Open')];
      CorsDefaults.of(app).set(CORS);
      CorsDefaults.of(closed as unknown as IConstruct).none();
      route(a, closed, '/closed');
      route(a, open, '/open');
      expect(routesOf(a)).toEqual(['ANY /closed', 'ANY /open', 'OPTIONS /open']);
    });

    test('in the same stack, of a REST API', () => {
      const [closed, open] = [restImport(a, 'Closed'), restImport(a, 'Open')];
      CorsDefaults.of(app).set(CORS);
      CorsDefaults.of(closed).none();
      closed.root.addMethod('POST', mock());
      closed.root.addResource('closed').addMethod('GET', mock());
      open.root.addResource('open').addMethod('PUT', mock());
      expect(verbsOf(a)).toEqual(['GET', 'OPTIONS', 'POST', 'PUT']);
    });

    test.each(['closed', 'open'])('on a resource that both have, with the other one beside it: %s first', (first) => {
      const [closed, open] = [restImport(a, 'Closed'), restImport(a, 'Open')];
      CorsDefaults.of(app).set(CORS);
      CorsDefaults.of(closed).none();
      for (const api of first === 'closed' ? [closed, open] : [open, closed])
        api.root.addMethod(api === closed ? 'POST' : 'PUT', mock());
      expect(verbsOf(a)).toEqual(['POST', 'PUT']);
      expect(originsIn(a)).not.toContain('Access-Control-Allow-Origin');
    });

    test('by L1s, which follow the scope that they are in', () => {
      CorsDefaults.of(app).set(CORS);
      CorsDefaults.of(a).none();
      const l1 = { apiId: 'abc', routeKey: 'ANY /A', authorizationType: 'AWS_IAM', target: 'integrations/1' };
      new apigatewayv2.CfnRoute(a, 'Route', l1);
      route(b, httpImport(b), '/B');
      expect(routesOf(a)).toEqual(['ANY /A']);
      expect(routesOf(b)).toEqual(['ANY /B', 'OPTIONS /B']);
    });

    test('where the API is made in the app', () => {
      CorsDefaults.of(app).set(CORS);
      CorsDefaults.of(a).none();
      const http = new apigatewayv2.HttpApi(b, 'Http');
      route(b, http, '/B');
      route(a, apigatewayv2.HttpApi.fromHttpApiAttributes(a, 'Api', { httpApiId: http.apiId }), '/A');
      const made = new apigateway.RestApi(b, 'Rest');
      made.root.addMethod('PUT', mock());
      const { restApiId, restApiRootResourceId: rootResourceId } = made;
      const rest = apigateway.RestApi.fromRestApiAttributes(a, 'Rest', { restApiId, rootResourceId });
      rest.root.addResource('closed').addMethod('GET', mock());
      expect(routesOf(a)).toEqual(['ANY /A']);
      expect(verbsOf(a)).toEqual(['GET']);
      expect(routesOf(b)).toEqual(['ANY /B', 'OPTIONS /B']);
      expect(verbsOf(b)).toEqual(['OPTIONS', 'PUT']);
    });

    test('and an import that nothing is added through is not spoken of', () => {
      CorsDefaults.of(app).set({ allowOrigins: ['https://*.example.com'], originMatching: OriginMatching.FUNCTIONS });
      CorsDefaults.of(a).none();
      httpImport(b);
      route(a, httpImport(a), '/A');
      expect(routesOf(a)).toEqual(['ANY /A']);
      expect(warningsOf(b)).toEqual([]);
    });
  });

  test('a policy of one import itself holds for the whole API', () => {
    CorsDefaults.of(a).none();
    const own = httpImport(b);
    EnableCors.on(own as unknown as IConstruct, CORS);
    route(a, httpImport(a), '/A');
    route(b, own, '/B');
    expect(routesOf(a)).toEqual(['ANY /A', 'OPTIONS /A']);
  });

  describe('each follows the default of its own scope', () => {
    beforeEach(() => {
      CorsDefaults.of(a).set(CORS);
      CorsDefaults.of(b).set({ allowOrigins: [OTHER] });
    });

    test('of an HTTP API', () => {
      for (const stack of [a, b]) route(stack, httpImport(stack), `/${stack.node.id}`);
      expect(routesOf(a)).toEqual(['ANY /A', 'OPTIONS /A']);
      expect(routesOf(b)).toEqual(['ANY /B', 'OPTIONS /B']);
      app.synth();
      expect(routesOf(b)).toEqual(['ANY /B', 'OPTIONS /B']);
    });

    test('of a REST API', () => {
      for (const stack of [a, b]) restImport(stack).root.addResource(stack.node.id).addMethod('GET', mock());
      expect(originsIn(a)).toContain(APP);
      expect(originsIn(a)).not.toContain(OTHER);
      expect(originsIn(b)).toContain(OTHER);
      expect(originsIn(b)).not.toContain(APP);
    });
  });
});
