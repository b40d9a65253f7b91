/** An app of two teams: one has a REST API for the shop, the other an HTTP API for orders. */
import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration } from 'aws-cdk-lib/aws-apigateway';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CorsEnabledHttpApi, CorsEnabledRestApi } from 'cdk-cors';

const app = new App();

const shop = new Stack(app, 'Shop');
const items = new CorsEnabledRestApi(shop, 'Items', {
  cors: { allowOrigins: ['https://app.example.com', 'https://admin.example.com'], exposeHeaders: ['X-Total-Count'] },
});
const answer = new MockIntegration({
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  integrationResponses: [{ statusCode: '200' }],
});
for (const method of ['GET', 'PUT'])
  items.root.addResource(method === 'GET' ? 'items' : 'basket').addMethod(method, answer, {
    methodResponses: [{ statusCode: '200' }],
  });

const orders = new Stack(app, 'Orders');
const api = new CorsEnabledHttpApi(orders, 'Api', {
  cors: { allowOrigins: ['https://app.example.com'], allowCredentials: true },
});
api.addRoutes({
  path: '/orders/{id}',
  methods: [HttpMethod.GET, HttpMethod.DELETE],
  integration: new HttpUrlIntegration('Backend', 'https://orders.internal.example.com/{proxy}'),
});

app.synth();
