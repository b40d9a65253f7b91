/**
 * A request that a page's script makes with `fetch`, in `mode: 'cors'`.
 */
export interface BrowserRequest {
  /**
   * The origin of the page, as the browser sends it: `https://app.example.com`.
   */
  readonly origin: string;

  /**
   * The path below the stage, with an optional query: `/items/42?color=red`.
   */
  readonly path: string;

  /**
   * The method as given to `fetch`.
   *
   * Browsers upper-case only DELETE, GET, HEAD, OPTIONS, POST and PUT: `patch` stays `patch`.
   *
   * @default - GET
   */
  readonly method?: string;

  /**
   * The headers that the page's script sets.
   *
   * The gateway answers the request that is sent: without the token, key, signature or parameter
   * that the route asks for, the gateway's own 401, 403 or 400 comes back. Their values do not
   * matter, and those that are sent are taken to be good.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;

  /**
   * Whether the script asks for cookies and the like to go along: `credentials: 'include'`.
   *
   * @default false
   */
  readonly credentials?: boolean;

  /**
   * Which API or function URL, where there are several: its logical id or its construct path.
   *
   * @default - the only API; where there is none, the only function URL
   */
  readonly api?: string;

  /**
   * A CloudFront distribution through which the page asks: its logical id or its construct path.
   *
   * `path` is then what the page asks the distribution for; its behaviors decide which API gets the
   * request. A page on a host name of the distribution's own needs no CORS. Name its default domain
   * by `values`, as `'Distribution.DomainName'`.
   *
   * @default - none: the page asks the API by its own address
   */
  readonly via?: string;

  /**
   * The status that a non-proxy backend answered with.
   *
   * @default - whatever selects the default integration response
   */
  readonly backendStatus?: number;

  /**
   * The headers that a proxy backend sends with every answer, that to the preflight included,
   * which it answers with 200.
   *
   * Given, the outcome does not depend on the backend any more. Where an HTTP API has a CORS
   * configuration, API Gateway replaces the CORS headers among them.
   *
   * @default - unknown, and the outcome DEPENDS_ON_BACKEND where they decide
   */
  readonly backendHeaders?: Record<string, string>;

  /**
   * The actual request ends in this gateway response instead of reaching its backend:
   * `UNAUTHORIZED`, `THROTTLED`, …
   *
   * @default - the request reaches its route
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
   */
  readonly gatewayError?: string;
}

/**
 * What becomes of a page's request.
 */
export enum CorsOutcome {
  /**
   * The script can read the response.
   */
  ALLOWED = 'ALLOWED',

  /**
   * The browser does not let the script read the response, or does not send the request at all.
   */
  BLOCKED = 'BLOCKED',

  /**
   * The script can read the response, but all that there ever is to read is an error of API
   * Gateway's own.
   */
  BROKEN = 'BROKEN',

  /**
   * The answer of a backend decides, and no template shows it.
   */
  DEPENDS_ON_BACKEND = 'DEPENDS_ON_BACKEND',

  /**
   * It depends on a value that is known only after deployment,
   * or on a behaviour of AWS that nobody has established.
   */
  UNKNOWN = 'UNKNOWN',
}

/**
 * A response as API Gateway would send it, as far as the template decides it.
 */
export interface SimulatedResponse {
  /**
   * The status code; 0 where a backend decides it.
   */
  readonly status: number;

  /**
   * The headers that API Gateway sets, names in lower case.
   */
  readonly headers: Record<string, string>;
}

/**
 * What a browser would do with a request, and why.
 */
export interface CorsVerdict {
  /**
   * Allowed, blocked, nothing but an error, or not to be known from the template.
   */
  readonly outcome: CorsOutcome;

  /**
   * What the verdict was decided by.
   *
   * `ok`, `request`, `preflight-answer`, `preflight-origin`, `preflight-credentials`,
   * `preflight-method`, `preflight-header`, `response-origin`, `response-credentials`,
   * `gateway-error`, `deployment`, `backend` or `unknown`.
   */
  readonly rule: string;

  /**
   * Why, in one sentence.
   */
  readonly reason: string;

  /**
   * What Chromium (Chrome, Edge) prints to the console for this request.
   *
   * The host is written as a template would write it, since only the deployment gives an API its
   * id. `cdk-cors explain` tells what such a message means.
   *
   * @default - absent where nothing is blocked, or where the wording depends on what is known only
   * after deployment
   */
  readonly consoleMessage?: string;

  /**
   * What to change, if it is meant to be allowed.
   *
   * @default - absent where the request is allowed
   */
  readonly fix?: string;

  /**
   * Everything about it in several lines, as a failed assertion prints it: the request, the
   * answers, the rule, what to change, and the header that is missing where the request lacks one.
   * Values of tokens, keys and cookies are left out.
   */
  readonly explanation: string;

  /**
   * The names of the response headers that the script can read, in lower case: those that API
   * Gateway sends and the Fetch Standard lets through, and those that
   * `Access-Control-Expose-Headers` names for the case that the backend sends them.
   *
   * @default - absent where the script cannot read the response, or a backend decides
   * @see https://fetch.spec.whatwg.org/#concept-filtered-response-cors
   */
  readonly readableHeaders?: string[];

  /**
   * The answer to the preflight.
   *
   * @default - absent where the browser sends no preflight
   */
  readonly preflight?: SimulatedResponse;

  /**
   * The response to the actual request.
   *
   * @default - absent where the browser never sends it
   */
  readonly response?: SimulatedResponse;
}
