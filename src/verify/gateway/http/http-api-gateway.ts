import type { Authorization, FunctionCors, HttpApiModel, HttpCors, HttpRoute } from '../../model/api-model';
import { orElse } from '../alternatives';
import { functionAnswer } from '../function-answer';
import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest } from '../gateway';
import { invokeUrl } from '../invoke-url';
import { emptyPartDoubt, headerOf, lowerNames, splitPath } from '../request';
import { refusal } from './authorization';
import { corsHeaders, preflightHeaders, type Unlisted, unlistedIn } from './cors-headers';
import { HttpRouter } from './routing';

/**
 * An HTTP API. Its CORS configuration answers preflights only where no route takes OPTIONS;
 * everywhere else a route's integration is invoked, and API Gateway adds its headers to what that
 * answers. See docs/how-cors-works-here.md, HTTP APIs.
 */
export class HttpApiGateway implements Gateway {
  public readonly deploymentFaults: string[];
  public readonly url: string;
  private readonly router: HttpRouter;

  public constructor(private readonly api: HttpApiModel) {
    this.deploymentFaults = api.faults;
    this.url = invokeUrl(api);
    this.router = new HttpRouter(api);
  }

  public answer(request: GatewayRequest, options: GatewayOptions = {}): GatewayAnswer {
    const { path } = splitPath(request.path);
    const { route, rivals } = this.router.find(request.method, path);
    const through = (candidate: HttpRoute | undefined): GatewayAnswer =>
      options.gatewayError
        ? this.gatewayError(options.gatewayError, request)
        : this.throughRoute(candidate, request, options, path);
    const answer = through(route);
    const rival = rivals.find((candidate) => !isAlike(answer, through(candidate)));
    const doubts = [
      rival?.doubt,
      answer.unknown,
      route?.doubt,
      this.api.cors?.doubt,
      this.doubtOfPath(path),
      this.doubtOfOrigin(request),
    ];
    return { ...answer, unknown: doubts.find((doubt) => doubt !== undefined) };
  }

  private throughRoute(
    route: HttpRoute | undefined,
    request: GatewayRequest,
    options: GatewayOptions,
    path: string,
  ): GatewayAnswer {
    if (!route) return this.withoutRoute(request, path);
    const trail = [`the route ${route.key} at ${route.where}`];
    const authorized = options.authorized ?? request.method !== 'OPTIONS';
    const answer =
      this.refused(route.authorization, request, { ...options, authorized }, trail) ??
      this.integrated(route, request, options, trail);
    return { ...answer, answeredBy: route.where };
  }

  private withoutRoute(request: GatewayRequest, path: string): GatewayAnswer {
    const { cors } = this.api;
    if (!cors || request.method !== 'OPTIONS') return this.notFound(request, path);
    const trail = [`no route takes OPTIONS ${path}, so API Gateway answers on its own from the CORS configuration`];
    if (this.isPreflight(request))
      return { ...this.builtInAnswer(cors, request, trail), unknown: this.incomplete(path) };
    const isBare = headerOf(request.headers, 'origin') === undefined;
    return isBare ? { ...gatewayAnswer(204, {}, trail), unknown: this.incomplete(path) } : this.notFound(request, path);
  }

  /**
   * 204 with everything a preflight asks for,
   * or with nothing where it asks for more than is listed.
   */
  private builtInAnswer(cors: HttpCors, request: GatewayRequest, trail: string[]): GatewayAnswer {
    const shared = this.headersFor(request);
    if (Object.keys(shared).length === 0) return gatewayAnswer(204, {}, trail);
    const unlisted = unlistedBy(cors, request);
    if (!unlisted) return gatewayAnswer(204, { ...shared, ...preflightHeaders(cors) }, trail);
    return { ...gatewayAnswer(204, {}, [...trail, explained(unlisted)]), unlisted: unlisted.kind };
  }

  private notFound(request: GatewayRequest, path: string): GatewayAnswer {
    const answer = gatewayAnswer(404, {}, [`no route matches ${request.method} ${path}`]);
    const incomplete = this.incomplete(path);
    if (incomplete !== undefined) return { ...answer, unknown: incomplete };
    const withHeaders = { ...answer, headers: this.headersFor(request) };
    return orElse(answer, withHeaders, 'whether API Gateway adds the CORS headers to its own 404 is not known');
  }

  private incomplete(path: string): string | undefined {
    return this.api.incomplete
      ? `no route takes ${path} as far as the template says: ${this.api.incomplete}`
      : undefined;
  }

  /** The gateway's own 401 and 403 carry the CORS headers for an allowed origin. */
  private refused(
    authorization: Authorization,
    request: GatewayRequest,
    options: GatewayOptions,
    trail: string[],
  ): GatewayAnswer | undefined {
    const refused = refusal(this.api, authorization, request, options);
    if (!refused) return undefined;
    const { status, why, ...error } = refused;
    return { ...gatewayAnswer(status, this.headersFor(request), [...trail, ...(why ? [why] : [])]), ...error };
  }

  private integrated(
    route: HttpRoute,
    request: GatewayRequest,
    options: GatewayOptions,
    trail: string[],
  ): GatewayAnswer {
    const { lambda } = route;
    const { cors } = this.api;
    const isPreflight = this.isPreflight(request);
    const invoked = [...trail, `its integration ${route.integration ?? ''} answers`.replace('  ', ' ')];
    if (lambda?.cors && (isPreflight || !cors)) return this.throughFunction(lambda.name, lambda.cors, request, trail);
    const { backendHeaders, backendStatus = 200 } = options;
    if (backendHeaders) {
      const sent = lowerNames(backendHeaders);
      const answer = this.withGatewayHeaders(gatewayAnswer(backendStatus, sent, invoked), request);
      const kept = Object.entries(sent).filter(([header]) => !header.startsWith('access-control-'));
      return { ...answer, headers: { ...Object.fromEntries(kept), ...answer.headers } };
    }
    const status = (isPreflight && cors && lambda?.status) || 0;
    const isBackends = !cors || (isPreflight && status === 0);
    return this.withGatewayHeaders(
      { ...gatewayAnswer(status, {}, invoked), decidedBy: isBackends ? 'backend' : 'gateway' },
      request,
    );
  }

  /** A function that cannot start is an error of the gateway's. */
  private throughFunction(name: string, cors: FunctionCors, request: GatewayRequest, trail: string[]): GatewayAnswer {
    if ('doubt' in cors) return { ...gatewayAnswer(0, {}, trail), unknown: cors.doubt };
    if ('fault' in cors) {
      const error = { ...this.gatewayError('INTEGRATION_FAILURE', request), trail: [...trail, cors.fault] };
      // No header makes a 5XX an answer to a preflight.
      return this.isPreflight(request) ? { ...error, unknown: undefined } : error;
    }
    return this.withGatewayHeaders(functionAnswer(name, cors.policy, request, trail), request);
  }

  /**
   * With a CORS configuration the headers are the gateway's, whatever the backend sends; the status
   * stays the backend's.
   */
  private withGatewayHeaders(answer: GatewayAnswer, request: GatewayRequest): GatewayAnswer {
    const { cors } = this.api;
    if (!cors) return answer;
    const shared = this.headersFor(request);
    const isAllowed = this.isPreflight(request) && Object.keys(shared).length > 0;
    const headers = { ...shared, ...(isAllowed && preflightHeaders(cors)) };
    const trail = [...answer.trail, 'and API Gateway sets the CORS headers'];
    const sent: GatewayAnswer = { ...answer, headers, headersAreFinal: true, cause: undefined, trail };
    const unlisted = isAllowed ? unlistedBy(cors, request) : undefined;
    if (!unlisted) return sent;
    const bare = { ...sent, headers: {}, trail: [...trail, explained(unlisted)], unlisted: unlisted.kind };
    return orElse(sent, bare, ROUTE_DOUBT);
  }

  private gatewayError(type: string, request: GatewayRequest): GatewayAnswer {
    if (!Object.hasOwn(HTTP_ERRORS, type))
      throw new Error(`HTTP APIs have no gateway error ${type}. Known here: ${Object.keys(HTTP_ERRORS).join(', ')}.`);
    const status = HTTP_ERRORS[type];
    const known = status === 401 || status === 403 || !this.api.cors;
    const unknown = known ? undefined : `whether API Gateway adds the CORS headers to its own ${status} is not known`;
    const answer = gatewayAnswer(status, known ? this.headersFor(request) : {}, [
      `API Gateway answers ${status} on its own`,
    ]);
    return { ...answer, gatewayError: type, unknown };
  }

  /**
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html: headers come
   * only where the request has an Origin.
   */
  private headersFor(request: GatewayRequest): Record<string, string> {
    return corsHeaders(this.api.cors, headerOf(request.headers, 'origin'));
  }

  private isPreflight({ method, headers }: GatewayRequest): boolean {
    return (
      method === 'OPTIONS' &&
      headerOf(headers, 'origin') !== undefined &&
      headerOf(headers, 'access-control-request-method') !== undefined
    );
  }

  private doubtOfPath(path: string): string | undefined {
    const odd = emptyPartDoubt(path);
    if (odd) return odd;
    return path !== '/' && path.endsWith('/')
      ? `whether API Gateway takes ${path} for ${path.slice(0, -1)} is not known`
      : undefined;
  }

  /** An entry in upper case may or may not be lowered before it is compared. */
  private doubtOfOrigin({ headers }: GatewayRequest): string | undefined {
    const origin = headerOf(headers, 'origin');
    const odd = this.api.cors?.allowOrigins.find(
      (entry) => entry !== origin && entry.toLowerCase() === origin?.toLowerCase(),
    );
    return odd && `whether API Gateway compares ${odd} regardless of case is not known: write it in lower case`;
  }
}

const ROUTE_DOUBT =
  'whether API Gateway compares a preflight with AllowMethods and AllowHeaders ' +
  'where a route takes OPTIONS is not known';

function unlistedBy(cors: HttpCors, { headers }: GatewayRequest): Unlisted | undefined {
  const method = headerOf(headers, 'access-control-request-method') ?? '';
  return unlistedIn(cors, method, headerOf(headers, 'access-control-request-headers') ?? '');
}

function explained({ kind, asked, listed }: Unlisted): string {
  const name = kind === 'method' ? 'AllowMethods' : 'AllowHeaders';
  const list = listed.length > 0 ? `has ${listed.join(', ')}, but not ${asked}` : `lists nothing, so not ${asked}`;
  return `${name} ${list}, and it then sends no CORS headers at all`;
}

const HTTP_ERRORS: Record<string, number> = {
  UNAUTHORIZED: 401,
  ACCESS_DENIED: 403,
  THROTTLED: 429,
  INTEGRATION_FAILURE: 502,
  INTEGRATION_TIMEOUT: 503,
};

function isAlike(a: GatewayAnswer, b: GatewayAnswer): boolean {
  const essence = ({ status, headers, decidedBy, byFunction, unknown }: GatewayAnswer): string =>
    JSON.stringify([status, Object.entries(headers).sort(), decidedBy, byFunction, unknown]);
  return essence(a) === essence(b);
}

function gatewayAnswer(status: number, headers: Record<string, string>, trail: string[]): GatewayAnswer {
  return { status, headers, body: '', decidedBy: 'gateway', trail };
}
