import { App, Stack } from 'aws-cdk-lib';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  addCors,
  CorsEnabledRestApi,
  type CorsPolicyOptions,
  CorsSimulator,
  CorsValidationPlugin,
  type CorsVerdict,
  EnableCors,
} from 'cdk-cors';
import { withCors } from 'cdk-cors/lambda';

const app = new App();
const stack = new Stack(app, 'Shop');
const cors: CorsPolicyOptions = { allowOrigins: ['https://app.example.com'] };
new CorsEnabledRestApi(stack, 'Api', { cors }).root.addMethod('GET', new MockIntegration());
addCors(new HttpApi(stack, 'Http'), cors);
const other = new RestApi(stack, 'Other');
other.root.addMethod('GET', new MockIntegration());
other.with(new EnableCors(cors));
new CorsValidationPlugin({ origins: ['https://app.example.com'], onlyThese: true }).addTo(app);

const request = { origin: 'https://app.example.com', path: '/', api: 'Shop/Api' };
const verdict: CorsVerdict = CorsSimulator.fromStack(stack).request(request);
console.log(verdict.outcome);

export const handler = withCors(async () => ({ statusCode: 204 }));
