import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CorsValidationPlugin, EnableCors } from 'cdk-cors';

const app = new App();
const stack = new Stack(app, 'Guarded');

const api = new RestApi(stack, 'Api');
const integration = new MockIntegration({
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  integrationResponses: [{ statusCode: '200' }],
});
api.root.addResource('orders').addMethod('PUT', integration, { methodResponses: [{ statusCode: '200' }] });

// Leave this line out, or add an origin below that it does not list, and `cdk synth` fails and says why.
EnableCors.on(api, { allowOrigins: ['https://app.example.com'] });

new CorsValidationPlugin({ origins: ['https://app.example.com'], onlyThese: true }).addTo(app);
