import type { HttpRouteIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { CorsPolicyError, quote } from '../policy/faults';

/**
 * Who answers the preflights that a route of an HTTP API takes from API Gateway.
 *
 * API Gateway answers a preflight only where no route matches OPTIONS. `$default` and `ANY` routes
 * match it: their integration is called, its status decides whether the browser goes on, and an
 * authorizer refuses the preflight, as browsers send it without a token.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export abstract class PreflightHandler {
  /**
   * The integration of the route itself answers: it has to send a 2xx status to an OPTIONS request
   * without a token.
   *
   * `$default` and `ANY` routes with an authorizer get an OPTIONS route without one beside them;
   * the others already reach their integration. One CloudFormation resource for each preflight
   * path. None is added where the integration does, or may do, the same for OPTIONS as for an
   * authorized request: an AWS service action, or an HTTP backend that is always called with one
   * method. Nor where the integration is not seen whole, such as an imported one, or one that only
   * the deployment knows.
   *
   * @example
   * const cors: HttpApiCorsOptions = {
   *   allowOrigins: ['https://app.example.com'],
   *   preflightHandler: PreflightHandler.backend(),
   * };
   */
  public static backend(): PreflightHandler {
    return new GivenHandler('backend');
  }

  /**
   * A Lambda function that answers 204 and does nothing else: no backend sees a preflight.
   *
   * Every `$default` and `ANY` route gets an OPTIONS route beside it, with or without an
   * authorizer. One inline Node.js function for the API, without permissions and without a log:
   * four CloudFormation resources, and one for each preflight path.
   *
   * @example
   * const cors: HttpApiCorsOptions = {
   *   allowOrigins: ['https://app.example.com'],
   *   preflightHandler: PreflightHandler.builtIn(),
   * };
   */
  public static builtIn(): PreflightHandler {
    return new GivenHandler('built-in');
  }

  /**
   * An integration of your own: it has to send a 2xx status to an OPTIONS request without a token.
   * API Gateway adds the CORS headers.
   *
   * Every `$default` and `ANY` route gets an OPTIONS route beside it, with or without an
   * authorizer.
   *
   * @param integration what OPTIONS requests are sent to, one that serves no other API
   * @throws where it is not an integration.
   * @example
   * const url = 'https://preflights.example.com';
   * const preflights = new apigatewayv2_integrations.HttpUrlIntegration('Preflights', url);
   * const cors: HttpApiCorsOptions = {
   *   allowOrigins: ['https://app.example.com'],
   *   preflightHandler: PreflightHandler.integration(preflights),
   * };
   */
  public static integration(integration: HttpRouteIntegration): PreflightHandler {
    if (typeof integration?.bind !== 'function') {
      throw new CorsPolicyError([
        `PreflightHandler.integration: ${quote(integration)} is not an integration of a route. ` +
          'Write one such as new HttpUrlIntegration("Preflights", "https://preflights.example.com").',
      ]);
    }
    return new GivenHandler('integration', integration);
  }

  /**
   * @internal what leaving it out means: the route's own function where `CorsRuntime` has it answer
   * every OPTIONS on its own, else `builtIn()`, for routes with an authorizer
   */
  public static _default(): PreflightHandler {
    return new GivenHandler('default');
  }

  /** @internal which of these it is; what follows from it is made in http-api/ */
  public abstract readonly _kind: 'backend' | 'built-in' | 'integration' | 'default';

  /** @internal the user's own */
  public abstract readonly _integration?: HttpRouteIntegration;
}

class GivenHandler extends PreflightHandler {
  public constructor(
    public readonly _kind: PreflightHandler['_kind'],
    public readonly _integration?: HttpRouteIntegration,
  ) {
    super();
  }
}
