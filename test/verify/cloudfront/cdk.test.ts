import { App, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import { CorsSimulator } from '../../../src';
import { APP } from '../../support/pages';

const FOR_APIS = {
  allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
  cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
  originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
};
const PUT = { origin: APP, path: '/items', method: 'PUT', headers: { 'content-type': 'application/json' } };

/** A REST API whose mocks let the app in. */
function restApi(scope: Construct): apigateway.RestApi {
  const api = new apigateway.RestApi(scope, 'Api', { cloudWatchRole: false });
  const name = 'method.response.header.Access-Control-Allow-Origin';
  const integration = new apigateway.MockIntegration({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    integrationResponses: [{ statusCode: '200', responseParameters: { [name]: `'${APP}'` } }],
  });
  const items = api.root.addResource('items', { defaultCorsPreflightOptions: { allowOrigins: [APP] } });
  items.addMethod('PUT', integration, {
    methodResponses: [{ statusCode: '200', responseParameters: { [name]: true } }],
  });
  return api;
}

function httpApi(scope: Construct): apigatewayv2.HttpApi {
  const corsPreflight = {
    allowOrigins: [APP],
    allowMethods: [apigatewayv2.CorsHttpMethod.PUT],
    allowHeaders: ['content-type'],
  };
  const api = new apigatewayv2.HttpApi(scope, 'Api', { corsPreflight });
  new apigatewayv2.CfnRoute(scope, 'Put', { apiId: api.apiId, routeKey: 'PUT /items' });
  return api;
}

function edge(scope: Construct, origin: cloudfront.IOrigin): void {
  new cloudfront.Distribution(scope, 'Edge', { defaultBehavior: { origin, ...FOR_APIS } });
}

describe('a distribution of aws-cdk-lib', () => {
  test.each([
    ['RestApiOrigin', (stack: Stack) => new origins.RestApiOrigin(restApi(stack))],
    [
      'RestApiOrigin with a path of its own',
      (stack: Stack) => new origins.RestApiOrigin(restApi(stack), { originPath: '/prod' }),
    ],
    ['HttpOrigin with the host of a REST API', (stack: Stack) => hostOf(restApi(stack).restApiId, stack, '/prod')],
    ['HttpOrigin with the host of an HTTP API', (stack: Stack) => hostOf(httpApi(stack).apiId, stack)],
    [
      'HttpOrigin with the host of an endpoint',
      (stack: Stack) => new origins.HttpOrigin(hostIn(httpApi(stack).apiEndpoint)),
    ],
  ])('with %s', (_, originFor) => {
    const stack = new Stack(new App(), 'Shop');
    edge(stack, originFor(stack));
    const simulator = CorsSimulator.fromStack(stack);
    expect(simulator.request({ ...PUT, via: 'Shop/Edge' }).outcome).toBe('ALLOWED');
    expect(simulator.request({ ...PUT, via: 'Edge', origin: 'https://elsewhere.example' }).outcome).toBe('BLOCKED');
  });

  test('in a region and in another stack than its API', () => {
    const app = new App();
    const env = { region: 'eu-west-1', account: '111122223333' };
    const api = restApi(new Stack(app, 'Shop', { env }));
    const stack = new Stack(app, 'Front', { env });
    edge(stack, new origins.RestApiOrigin(api));
    const { directory } = app.synth();
    expect(CorsSimulator.fromAssembly(directory).request({ ...PUT, via: 'Front/Edge' }).outcome).toBe('ALLOWED');
  });

  test('in front of an API of a nested stack', () => {
    const stack = new Stack(new App(), 'Shop');
    edge(stack, new origins.RestApiOrigin(restApi(new NestedStack(stack, 'Below'))));
    expect(CorsSimulator.fromStack(stack).request({ ...PUT, via: 'Edge' }).outcome).toBe('ALLOWED');
  });

  test('of the older kind', () => {
    const stack = new Stack(new App(), 'Shop');
    new cloudfront.CloudFrontWebDistribution(stack, 'Edge', {
      originConfigs: [
        {
          customOriginSource: {
            domainName: `${restApi(stack).restApiId}.execute-api.${stack.region}.amazonaws.com`,
            originPath: '/prod',
          },
          behaviors: [{ isDefaultBehavior: true, allowedMethods: cloudfront.CloudFrontAllowedMethods.ALL }],
        },
      ],
    });
    expect(CorsSimulator.fromStack(stack).request({ ...PUT, via: 'Shop/Edge' }).outcome).toBe('ALLOWED');
  });

  test('without settings answers preflights on its own', () => {
    const stack = new Stack(new App(), 'Shop');
    new cloudfront.Distribution(stack, 'Edge', {
      defaultBehavior: { origin: new origins.RestApiOrigin(restApi(stack)) },
    });
    expect(() => CorsSimulator.fromStack(stack).assertAllowed({ ...PUT, via: 'Edge' })).toThrow(
      'CloudFront answers OPTIONS with 403',
    );
  });
});

describe('a name in via', () => {
  test.each([
    ['that no distribution has', 'Gone', 'there is no distribution "Gone". There are: Shop/Edge, Shop/Site.'],
    ['of one that has no API', 'Site', 'none of the origins of Shop/Site is an API of the template'],
  ])('%s', (_, via, message) => {
    const stack = new Stack(new App(), 'Shop');
    edge(stack, new origins.RestApiOrigin(restApi(stack)));
    new cloudfront.Distribution(stack, 'Site', {
      defaultBehavior: { origin: new origins.HttpOrigin('www.example.com') },
    });
    expect(() => CorsSimulator.fromStack(stack).request({ ...PUT, via })).toThrow(message);
  });
});

function hostOf(id: string, stack: Stack, originPath?: string): cloudfront.IOrigin {
  return new origins.HttpOrigin(`${id}.execute-api.${stack.region}.${stack.urlSuffix}`, { originPath });
}

function hostIn(url: string): string {
  return Fn.select(2, Fn.split('/', url));
}
