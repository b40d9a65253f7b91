import { HttpApi, type HttpApiProps } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { enableCors } from '../enable-cors';
import type { HttpApiCorsOptions } from '../options/cors-options';

/**
 * What a `CorsEnabledHttpApi` is made of.
 */
export interface CorsEnabledHttpApiProps extends HttpApiProps {
  /**
   * Which pages may use the API, and how. Takes the place of `corsPreflight`.
   *
   * @default - every origin, without credentials
   */
  readonly cors?: HttpApiCorsOptions;
}

/**
 * An `HttpApi` that pages of other origins can use: an `HttpApi` plus one
 * `EnableCors.on(api, cors)`.
 *
 * Routes with an authorizer that would refuse preflights (`$default`, `ANY`) get an OPTIONS route
 * without one beside them, whatever is added later.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 * @example
 * const api = new CorsEnabledHttpApi(this, 'Api', {
 *   cors: { allowOrigins: ['https://app.example.com'], allowCredentials: true },
 * });
 * api.addRoutes({
 *   path: '/pets',
 *   methods: [apigatewayv2.HttpMethod.GET],
 *   integration: new apigatewayv2_integrations.HttpUrlIntegration('Pets', 'https://pets.example.com/pets'),
 * });
 */
export class CorsEnabledHttpApi extends HttpApi {
  /**
   * @throws an error that names every fault of the policy at once, and one where `corsPreflight` is
   * given too.
   */
  public constructor(scope: Construct, id: string, props: CorsEnabledHttpApiProps = {}) {
    super(scope, id, props);
    enableCors(this, props.cors, 'cors of CorsEnabledHttpApi');
  }
}
