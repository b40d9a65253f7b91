import { Stack, type StackProps } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpUrlIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CorsEnabledHttpApi, type PreflightHandler } from 'cdk-cors';
import type { Construct } from 'constructs';

export interface AccountsStackProps extends StackProps {
  /** Where the web app is served from. */
  readonly webOrigin: string;
  /** Who answers the preflights that the `$default` route takes from API Gateway. */
  readonly preflightHandler: PreflightHandler;
}

/**
 * One backend for everything, behind a JWT authorizer: `$default` would take preflights too, and
 * refuse them.
 */
export class AccountsStack extends Stack {
  constructor(scope: Construct, id: string, props: AccountsStackProps) {
    super(scope, id, props);

    new CorsEnabledHttpApi(this, 'Api', {
      cors: { allowOrigins: [props.webOrigin], allowCredentials: true, preflightHandler: props.preflightHandler },
      defaultIntegration: new HttpUrlIntegration('Backend', 'https://accounts.internal.example'),
      defaultAuthorizer: new HttpJwtAuthorizer('Jwt', 'https://login.example.com', { jwtAudience: ['accounts'] }),
    });
  }
}
