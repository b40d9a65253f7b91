import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CorsEnabledHttpApi, CorsEnabledRestApi, PreflightPlacement } from 'cdk-cors';

/**
 * What is compared: the same API without CORS, with aws-cdk-lib's CORS, and with this library's.
 */
export type Side = 'without' | 'aws-cdk-lib' | 'cdk-cors';

/** Builds an app with so many paths; what is measured is this and its synthesis. */
export type Scenario = (side: Side, paths: number) => App;

const ORIGIN = 'https://app.example.com';
const HEADER = 'method.response.header.Access-Control-Allow-Origin';

export const SCENARIOS: Record<string, Scenario> = {
  /** A proxied GET on each path, under one exact origin: preflights alone. */
  preflights: (side, paths) => restApi(side, paths, proxied),
  /** The same with one preflight for all paths. */
  shared: (side, paths) => restApi(side, paths, proxied, PreflightPlacement.SHARED),
  /**
   * Two non-proxy methods on each path: aws-cdk-lib's side has the response headers written by
   * hand.
   */
  responses: (side, paths) => restApi(side, paths, nonProxied),
  /** A GET route on each path of an HTTP API. */
  'HTTP API': (side, paths) => httpApi(side, paths),
};

function restApi(
  side: Side,
  paths: number,
  addMethods: (resource: apigateway.IResource, side: Side) => void,
  preflight?: PreflightPlacement,
): App {
  const { app, stack } = emptyApp();
  const api =
    side === 'cdk-cors'
      ? new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: [ORIGIN], preflight } })
      : new apigateway.RestApi(
          stack,
          'Api',
          side === 'aws-cdk-lib' ? { defaultCorsPreflightOptions: { allowOrigins: [ORIGIN] } } : {},
        );
  for (let i = 0; i < paths; i++) addMethods(api.root.addResource(`path${i}`), side);
  return app;
}

function proxied(resource: apigateway.IResource): void {
  resource.addMethod('GET', new apigateway.HttpIntegration('https://backend.example.com'));
}

function nonProxied(resource: apigateway.IResource, side: Side): void {
  const byHand = side === 'aws-cdk-lib';
  for (const verb of ['GET', 'POST']) {
    const integrationResponses = [
      { statusCode: '200', responseParameters: byHand ? { [HEADER]: `'${ORIGIN}'` } : undefined },
    ];
    const integration = new apigateway.HttpIntegration('https://backend.example.com', {
      proxy: false,
      options: { integrationResponses },
    });
    resource.addMethod(verb, integration, {
      methodResponses: [{ statusCode: '200', responseParameters: byHand ? { [HEADER]: true } : undefined }],
    });
  }
}

function httpApi(side: Side, paths: number): App {
  const { app, stack } = emptyApp();
  const cors = { allowOrigins: [ORIGIN] };
  const api =
    side === 'cdk-cors'
      ? new CorsEnabledHttpApi(stack, 'Api', { cors })
      : new apigatewayv2.HttpApi(stack, 'Api', { corsPreflight: side === 'without' ? undefined : cors });
  const integration = new HttpUrlIntegration('Backend', 'https://backend.example.com');
  for (let i = 0; i < paths; i++)
    api.addRoutes({ path: `/path${i}`, methods: [apigatewayv2.HttpMethod.GET], integration });
  return app;
}

function emptyApp(): { app: App; stack: Stack } {
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 10_000 } });
  return { app, stack: new Stack(app, 'Stack') };
}
