import { RestApi, type RestApiProps } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { enableCors } from '../enable-cors';
import type { RestApiCorsOptions } from '../options/cors-options';

/**
 * What a `CorsEnabledRestApi` is made of.
 */
export interface CorsEnabledRestApiProps extends RestApiProps {
  /**
   * Which pages may use the API, and how.
   *
   * @default - every origin, without credentials
   */
  readonly cors?: RestApiCorsOptions;
}

/**
 * A `RestApi` that pages of other origins can use: a `RestApi` plus one
 * `EnableCors.on(api, cors)`.
 *
 * Every resource answers its preflight, whatever is added later.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 * @example
 * const api = new CorsEnabledRestApi(this, 'Api', {
 *   cors: { allowOrigins: ['https://app.example.com'] },
 * });
 * const backend = new apigateway.HttpIntegration('https://pets.example.com/pets', { proxy: false });
 * api.root.addResource('pets').addMethod('GET', backend);
 */
export class CorsEnabledRestApi extends RestApi {
  /**
   * @throws an error that names every fault of the policy at once, and one where
   * `defaultCorsPreflightOptions` is given too.
   */
  public constructor(scope: Construct, id: string, props: CorsEnabledRestApiProps = {}) {
    super(scope, id, props);
    enableCors(this, props.cors, 'cors of CorsEnabledRestApi');
  }
}
