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
   * Which API, where there are several: its logical id or its construct path.
   *
   * @default - the only API
   */
  readonly api?: string;

  /**
   * A CloudFront distribution through which the page asks: its logical id or its construct path.
   *
   * `path` is then what the page asks the distribution for; its behaviors decide which API gets the request. A page on a host name of
   * the distribution's own needs no CORS. Name its default domain by `values`, as `'Distribution.DomainName'`.
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
   * The actual request ends in this gateway response instead of reaching its backend:
   * `UNAUTHORIZED`, `THROTTLED`, …
   *
   * @default - the request reaches its route
   *
   * @see
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
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
   * What decides is what a backend answers, which no template says.
   */
  DEPENDS_ON_BACKEND = 'DEPENDS_ON_BACKEND',

  /**
   * It hangs on a value that is known only after deployment, or on a behaviour of AWS that nobody
   * has established.
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
   * Allowed, blocked, or not to be known from the template.
   */
  readonly outcome: CorsOutcome;

  /**
   * What the verdict was decided by.
   *
   * `ok`, `request`, `preflight-answer`, `preflight-origin`, `preflight-credentials`,
   * `preflight-method`, `preflight-header`, `response-origin`, `response-credentials`,
   * `deployment`, `backend` or `unknown`.
   */
  readonly rule: string;

  /**
   * A sentence that a person can act on.
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
