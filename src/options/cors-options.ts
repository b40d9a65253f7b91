import type { Duration } from 'aws-cdk-lib';
import type { ErrorOrigin } from './error-origin';
import type { OriginMatching } from './origin-matching';
import type { PreflightHandler } from './preflight-handler';

/**
 * Which pages may use an API, and how: one CORS policy for every layer.
 *
 * Field names and meanings are those of aws-cdk-lib's own CORS options.
 */
export interface CorsPolicyOptions {
  /**
   * The origins of the pages that may use the API.
   *
   * - `https://app.example.com`: exactly this origin, spelled as a browser sends it
   * - `https://*.example.com`: any subdomain of `example.com`, at any depth, but not `example.com`
   *   itself
   * - `https://deploy-*--site.example.app`: a wildcard inside the leftmost label
   * - `https://*`: any host, any port
   * - `http://localhost:*`: any port, or none
   * - `*`, alone: any origin, that of sandboxed frames (`null`) included
   *
   * HTTP APIs know exact http and https origins, `https://*`, `http://*` and `*` only, unless
   * functions compare them (`originMatching`); function URLs exact origins, up to 100 of them, and
   * `*`.
   *
   * @see https://fetch.spec.whatwg.org/#origin-header
   */
  readonly allowOrigins: string[];

  /**
   * The methods that pages may use, such as `PUT`, or `*` for any.
   *
   * @default - the methods that the resource really has (`ANY` counts as all seven of API Gateway)
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-methods
   */
  readonly allowMethods?: string[];

  /**
   * The request headers that scripts may set, in any case, or `*` for any.
   *
   * `*` does not cover `Authorization`: list it by name. Listed by hand it is exactly this list,
   * with a warning where the API itself asks for a header that is not in it.
   *
   * @default - `CorsHeaders.DEFAULT`, `CorsHeaders.AWS_SIGNED` where a covered route has IAM
   * authorization, and the headers that the authorizers, API keys and request validators of the
   * covered routes read
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-headers
   */
  readonly allowHeaders?: string[];

  /**
   * The response headers that scripts may read, or `*` for any.
   *
   * Cache-Control, Content-Language, Content-Length, Content-Type, Expires, Last-Modified and
   * Pragma can always be read.
   *
   * @default - none beyond those
   * @see https://fetch.spec.whatwg.org/#http-access-control-expose-headers
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether browsers may send cookies, TLS client certificates and HTTP authentication, and let
   * scripts read the answer.
   *
   * An `Authorization` header that a script sets on its own needs no credentials. Origins must be
   * listed: `*` is refused.
   *
   * @default false
   * @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
   */
  readonly allowCredentials?: boolean;

  /**
   * How long a browser may remember the preflight's answer: whole seconds, at most one day.
   *
   * `Duration.seconds(0)` turns remembering off. Chromium forgets after two hours at the latest,
   * WebKit after ten minutes.
   *
   * @default - 10 minutes, the longest that every browser honours
   * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
   */
  readonly maxAge?: Duration;
}

/**
 * A CORS policy for a REST API, or for one of its resources.
 */
export interface RestApiCorsOptions extends CorsPolicyOptions {
  /**
   * The status of a preflight's answer: a whole number from 200 to 299.
   *
   * @default 204
   */
  readonly statusCode?: number;

  /**
   * Which pages can read the errors that the gateway answers on its own (401, 403, 429, 5XX). For a
   * whole API only.
   *
   * @default - the one exact origin, or every origin; none for several origins with credentials,
   * since a gateway response cannot compare origins
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
   */
  readonly errorOrigin?: ErrorOrigin;

  /**
   * Where preflights are answered: on each resource, or in one place for all of them, which saves
   * CloudFormation resources. For a whole API only.
   *
   * @default PreflightPlacement.PER_RESOURCE
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
   */
  readonly preflight?: PreflightPlacement;

  /**
   * Whether a policy on a resource covers all resources below it too, whatever is added later. For
   * a single resource only: a policy on an API covers them anyway.
   *
   * A resource below with a policy of its own keeps that.
   *
   * @default false - the resource alone; `resource.with(new EnableCors(…))` also covers those that
   * are below it at that moment
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
   */
  readonly includeChildren?: boolean;
}

/**
 * Where a REST API answers preflights.
 */
export enum PreflightPlacement {
  /**
   * An OPTIONS method on each resource, which announces the methods of that resource: one
   * CloudFormation resource a path.
   */
  PER_RESOURCE = 'per-resource',

  /**
   * One OPTIONS method on a greedy `/{proxy+}` and one on `/`, which answer for every resource
   * without an `ANY` method: the same few CloudFormation resources for any number of paths.
   * Preflights announce the methods of all these resources, and are answered on paths that do not
   * exist too.
   */
  SHARED = 'shared',
}

/**
 * A CORS policy for an HTTP API.
 */
export interface HttpApiCorsOptions extends CorsPolicyOptions {
  /**
   * Who answers the preflights that a `$default` or `ANY` route takes from API Gateway.
   *
   * @default - for routes with an authorizer: the route's own function where a `CorsRuntime` has it
   * answer every OPTIONS request on its own, otherwise what `PreflightHandler.builtIn()` makes;
   * routes without an authorizer stay as they are
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
   */
  readonly preflightHandler?: PreflightHandler;

  /**
   * Who compares a page's origin with `allowOrigins`: API Gateway, which takes few forms of
   * origins, or the functions behind the routes, which take all of them.
   *
   * `OriginMatching.FUNCTIONS` needs a `CorsRuntime` on the function of every route.
   *
   * @default OriginMatching.SERVICE
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
   */
  readonly originMatching?: OriginMatching;
}

/**
 * A CORS policy for whatever `EnableCors` is applied to: a REST API, an HTTP API or a function URL.
 */
export interface EnableCorsOptions extends RestApiCorsOptions, HttpApiCorsOptions {}
