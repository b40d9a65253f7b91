import { SpecRestApi, type SpecRestApiProps } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { enableCors } from '../enable-cors';
import type { RestApiCorsOptions } from '../options/cors-options';

/**
 * What a `CorsEnabledSpecRestApi` is made of.
 */
export interface CorsEnabledSpecRestApiProps extends SpecRestApiProps {
  /**
   * Which pages may use the API, and how.
   *
   * @default - every origin, without credentials
   */
  readonly cors?: RestApiCorsOptions;
}

/**
 * A `SpecRestApi` that pages of other origins can use: a `SpecRestApi` plus one
 * `EnableCors.on(api, cors)`.
 *
 * CORS goes into the document, and costs no CloudFormation resource. It has to be inline:
 * `CorsApiDefinition.fromFile` reads a file, `ApiDefinition.fromInline` takes an object, which
 * stays as it is.
 *
 * @see
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 * @example
 * const api = new CorsEnabledSpecRestApi(this, 'Api', {
 *   apiDefinition: CorsApiDefinition.fromFile('petstore.yaml'),
 *   cors: { allowOrigins: ['https://app.example.com'] },
 * });
 */
export class CorsEnabledSpecRestApi extends SpecRestApi {
  /**
   * @throws an error that names every fault of the policy at once, and one where the document is in
   * an asset or in S3.
   */
  public constructor(scope: Construct, id: string, props: CorsEnabledSpecRestApiProps) {
    super(scope, id, props);
    enableCors(this, props.cors, 'cors of CorsEnabledSpecRestApi');
  }
}
