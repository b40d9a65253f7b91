import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { EnableCors } from 'cdk-cors';

const app = new App();
const stack = new Stack(app, 'PartOfAnApi');

const api = new RestApi(stack, 'Api');
const integration = new MockIntegration({
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  integrationResponses: [{ statusCode: '200' }],
});
const answer = { methodResponses: [{ statusCode: '200' }] };

// Pages may use what is below /web, whatever is added there later; the rest is for servers.
const web = api.root.addResource('web');
EnableCors.on(web, { allowOrigins: ['https://app.example.com'], includeChildren: true });
web.addResource('orders').addMethod('GET', integration, answer);
web.addResource('articles').addResource('{id}').addMethod('PUT', integration, answer);

api.root.addResource('internal').addMethod('GET', integration, answer);
