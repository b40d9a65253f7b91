import { join } from 'node:path';
import { Stack, type StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CorsEnabledRestApi, CorsRuntime } from 'cdk-cors';
import type { Construct } from 'constructs';

export interface PetStoreStackProps extends StackProps {
  /** Where the web app is served from. */
  readonly webOrigin: string;
}

/**
 * The API that the console of API Gateway offers as its sample, for a web app on an origin of its
 * own.
 */
export class PetStoreStack extends Stack {
  constructor(scope: Construct, id: string, props: PetStoreStackProps) {
    super(scope, id, props);

    const cors = { allowOrigins: [props.webOrigin, 'http://localhost:*'] };
    const api = new CorsEnabledRestApi(this, 'Api', { cors });
    api.root.addMethod('GET', welcome(), { methodResponses: [{ statusCode: '200' }] });

    const pets = api.root.addResource('pets');
    pets.addMethod('GET', petStore('GET', 'pets'), { methodResponses: [{ statusCode: '200' }] });
    pets.addMethod('POST', petStore('POST', 'pets'), { methodResponses: [{ statusCode: '200' }] });

    const pet = pets.addResource('{petId}');
    pet.addMethod(
      'GET',
      petStore('GET', 'pets/{petId}', { 'integration.request.path.petId': 'method.request.path.petId' }),
      {
        requestParameters: { 'method.request.path.petId': true },
        methodResponses: [{ statusCode: '200' }],
      },
    );

    // Behind proxy integrations, functions answer for themselves, by the same policy.
    const orders = new lambda.Function(this, 'Orders', {
      code: lambda.Code.fromAsset(join(__dirname, 'orders')),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
    });
    const reports = new lambda.Function(this, 'Reports', {
      code: lambda.Code.fromAsset(join(__dirname, 'reports')),
      handler: 'index.handler',
      runtime: lambda.Runtime.PYTHON_3_13,
    });
    const runtime = new CorsRuntime(this, 'Cors', { cors });
    for (const fn of [orders, reports]) runtime.attachTo(fn);
    api.root.addResource('orders').addMethod('POST', new apigateway.LambdaIntegration(orders));
    api.root.addResource('reports').addMethod('GET', new apigateway.LambdaIntegration(reports));
  }
}

function welcome(): apigateway.Integration {
  return new apigateway.MockIntegration({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    integrationResponses: [
      {
        statusCode: '200',
        responseTemplates: { 'text/html': '<html><body><h1>Welcome to your Pet Store API</h1></body></html>' },
      },
    ],
  });
}

function petStore(verb: string, path: string, requestParameters?: Record<string, string>): apigateway.Integration {
  return new apigateway.HttpIntegration(`http://petstore.execute-api.us-east-1.amazonaws.com/petstore/${path}`, {
    httpMethod: verb,
    proxy: false,
    options: { requestParameters, integrationResponses: [{ statusCode: '200' }] },
  });
}
