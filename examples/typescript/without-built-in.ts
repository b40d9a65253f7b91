import { App, Stack } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PreflightHandler } from 'cdk-cors';
import { AccountsStack } from './accounts-stack';

const webOrigin = 'https://app.example.com';

/** What becomes of the accounts API otherwise. */
const app = new App();
new AccountsStack(app, 'LeftToTheBackend', { webOrigin, preflightHandler: PreflightHandler.backend() });

new HttpApi(new Stack(app, 'WithoutOptionsRoute'), 'Api', {
  corsPreflight: {
    allowOrigins: [webOrigin],
    allowCredentials: true,
    allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PUT],
  },
  defaultIntegration: new HttpUrlIntegration('Backend', 'https://accounts.internal.example'),
  defaultAuthorizer: new HttpJwtAuthorizer('Jwt', 'https://login.example.com', { jwtAudience: ['accounts'] }),
});
