import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EnableCors } from 'cdk-cors';

const app = new App();
const stack = new Stack(app, 'Newsletter');

const subscribe = new lambda.Function(stack, 'Subscribe', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline(`exports.handler = async () => ({ statusCode: 200, body: '{}' });`),
});
const url = subscribe.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
EnableCors.on(url, { allowOrigins: ['https://app.example.com'] });
