import { App, Stack } from 'aws-cdk-lib';
import { HttpIntegration } from 'aws-cdk-lib/aws-apigateway';
import { CorsEnabledRestApi, PreflightPlacement } from 'cdk-cors';

const app = new App();
const stack = new Stack(app, 'ManyPaths');

const api = new CorsEnabledRestApi(stack, 'Api', {
  cors: {
    allowOrigins: ['https://app.example.com', 'https://*.preview.example.com'],
    preflight: PreflightPlacement.SHARED,
  },
});
for (const name of ['orders', 'returns', 'invoices', 'payments', 'shipments']) {
  const resource = api.root.addResource(name);
  for (const method of ['GET', 'POST']) {
    resource.addMethod(
      method,
      new HttpIntegration(`https://backend.example.com/${name}`, {
        httpMethod: method,
        proxy: false,
        options: { integrationResponses: [{ statusCode: '200' }] },
      }),
      { methodResponses: [{ statusCode: '200' }] },
    );
  }
}
