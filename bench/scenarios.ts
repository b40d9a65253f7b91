import { App, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { CorsEnabledRestApi, type RestApiCorsOptions } from 'cdk-cors';

/** What is compared: the same API without CORS, with aws-cdk-lib's CORS, and with this library's. */
export type Side = 'without' | 'aws-cdk-lib' | 'cdk-cors';

const ORIGIN = 'https://app.example.com';
const HEADER = 'method.response.header.Access-Control-Allow-Origin';

/** Builds an app with so many paths; what is measured is this and its synthesis. */
export type Scenario = (side: Side, paths: number) => App;

export const SCENARIOS: Record<string, Scenario> = {
  /** A proxied GET on each path, under one exact origin: preflights alone. */
  preflights: (side, paths) => restApi(side, paths, ['GET']),
  /** Two non-proxy methods on each path: aws-cdk-lib's side has the response headers written by hand. */
  responses: (side, paths) => restApi(side, paths, ['GET', 'POST']),
};

function restApi(side: Side, paths: number, verbs: string[], cors: RestApiCorsOptions = { allowOrigins: [ORIGIN] }): App {
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 10_000 } });
  const stack = new Stack(app, 'Stack');
  const api =
    side === 'cdk-cors'
      ? new CorsEnabledRestApi(stack, 'Api', { cors })
      : new apigateway.RestApi(stack, 'Api', side === 'aws-cdk-lib' ? { defaultCorsPreflightOptions: { allowOrigins: [ORIGIN] } } : {});
  const byHand = side === 'aws-cdk-lib' && verbs.length > 1;
  for (let i = 0; i < paths; i++) {
    const resource = api.root.addResource(`path${i}`);
    for (const verb of verbs) {
      const integration = new apigateway.HttpIntegration('https://backend.example.com', {
        proxy: verbs.length === 1,
        options:
          verbs.length === 1
            ? {}
            : { integrationResponses: [{ statusCode: '200', responseParameters: byHand ? { [HEADER]: `'${ORIGIN}'` } : undefined }] },
      });
      resource.addMethod(verb, integration, {
        methodResponses: [{ statusCode: '200', responseParameters: byHand ? { [HEADER]: true } : undefined }],
      });
    }
  }
  return app;
}
