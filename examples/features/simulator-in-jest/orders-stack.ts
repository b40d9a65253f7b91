import { Stack } from 'aws-cdk-lib';
import { HttpIntegration } from 'aws-cdk-lib/aws-apigateway';
import { CorsEnabledRestApi } from 'cdk-cors';
import type { Construct } from 'constructs';

export class OrdersStack extends Stack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new CorsEnabledRestApi(this, 'Api', {
      cors: { allowOrigins: ['https://app.example.com', 'https://*.preview.example.com'] },
    });
    const integration = new HttpIntegration('https://backend.example.com/orders', {
      httpMethod: 'PUT',
      proxy: false,
      options: { integrationResponses: [{ statusCode: '200' }] },
    });
    api.root.addResource('orders').addMethod('PUT', integration, { methodResponses: [{ statusCode: '200' }] });
  }
}
