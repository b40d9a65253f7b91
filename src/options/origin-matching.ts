/**
 * Who compares a page's origin with `allowOrigins` on an HTTP API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 * @example
 * declare const fn: lambda.Function;
 * const api = new CorsEnabledHttpApi(this, 'Api', {
 *   cors: { allowOrigins: ['https://*.example.com'], originMatching: OriginMatching.FUNCTIONS },
 * });
 * api.addRoutes({
 *   path: '/pets',
 *   methods: [apigatewayv2.HttpMethod.GET],
 *   integration: new apigatewayv2_integrations.HttpLambdaIntegration('Pets', fn),
 * });
 * new CorsRuntime(this, 'Cors', { api }).attachTo(fn);
 */
export enum OriginMatching {
  /**
   * API Gateway, by the API's CORS configuration. It takes exact http and https origins,
   * `https://*`, `http://*` and `*`, and sends the headers whatever stands behind a route.
   */
  SERVICE = 'service',

  /**
   * The Lambda functions behind the routes, by their `CorsRuntime`. They take every form of origin:
   * subdomain and port wildcards, and the schemes of apps.
   *
   * The API gets no CORS configuration, which would replace the headers of the functions.
   * Preflights that no route takes go to one small function that compares origins: OPTIONS routes
   * for `/` and `/{proxy+}` lead there, without an authorizer. **Every route has to end in a
   * function with a `CorsRuntime`**, or synthesis fails and names the route. Pages cannot read the
   * errors that API Gateway answers on its own, such as the 401 of an authorizer.
   */
  FUNCTIONS = 'functions',
}
