import { App, Stack } from 'aws-cdk-lib';
import { HttpIntegration } from 'aws-cdk-lib/aws-apigateway';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { RestApiOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CorsEnabledRestApi } from 'cdk-cors';

const app = new App();
const stack = new Stack(app, 'Edge');

const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: ['https://app.example.com'] } });
const integration = new HttpIntegration('https://backend.example.com/orders', {
  httpMethod: 'ANY',
  proxy: false,
  options: { integrationResponses: [{ statusCode: '200' }] },
});
const orders = api.root.addResource('orders');
for (const method of ['GET', 'PUT'])
  orders.addMethod(method, integration, { methodResponses: [{ statusCode: '200' }] });

new cloudfront.Distribution(stack, 'Cdn', {
  defaultBehavior: {
    origin: new RestApiOrigin(api),
    // Preflights and PUT have to get through, with the page's origin, and without the viewer's Host.
    allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
    originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
    viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
  },
});
