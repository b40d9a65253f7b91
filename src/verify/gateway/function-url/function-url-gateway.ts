import type { FunctionUrlModel, HttpCors } from '../../model/api-model';
import { readable } from '../../unknown';
import { eachAnswer, orElse } from '../alternatives';
import { functionAnswer } from '../function-answer';
import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest } from '../gateway';
import { invokeUrl } from '../invoke-url';
import { headerOf, lowerNames, splitPath } from '../request';
import { allowedOrigin, preflightHeaders, sharedHeaders, unlistedIn } from './cors-headers';

/**
 * A Lambda function URL. With CORS settings Lambda answers preflights itself, and adds its headers
 * to whatever the function answers; without any, every request reaches the function. See
 * docs/how-cors-works-here.md, Function URLs.
 */
export class FunctionUrlGateway implements Gateway {
  public readonly deploymentFaults: string[];
  public readonly url: string;

  public constructor(private readonly model: FunctionUrlModel) {
    this.deploymentFaults = model.faults;
    this.url = invokeUrl(model);
  }

  public answer(request: GatewayRequest, options: GatewayOptions = {}): GatewayAnswer {
    const { cors, route } = this.model;
    const answer = options.gatewayError ? this.error(options.gatewayError, request) : this.byAuthType(request, options);
    const doubt = route.doubt ?? cors?.doubt;
    const named = { ...answer, answeredBy: route.where };
    return doubt ? { ...named, unknown: doubt } : named;
  }

  private byAuthType(request: GatewayRequest, options: GatewayOptions): GatewayAnswer {
    const { type, name } = this.model.route.authorization;
    if (type === 'NONE') return this.open(request, options);
    if (type === 'AWS_IAM') return this.signed(request, options);
    const why = `whether ${this.model.id} asks for a signature is known only after deployment: AuthType is ${name}`;
    return orElse(this.open(request, options), this.signed(request, options), why);
  }

  private open(request: GatewayRequest, options: GatewayOptions): GatewayAnswer {
    const { permissionDoubt } = this.model;
    const answer = this.admitted(request, options);
    return permissionDoubt ? orElse(answer, this.error('ACCESS_DENIED', request), permissionDoubt) : answer;
  }

  private signed(request: GatewayRequest, options: GatewayOptions): GatewayAnswer {
    const { cors, id } = this.model;
    const isSigned =
      headerOf(request.headers, 'authorization') !== undefined || 'X-Amz-Signature' in splitPath(request.path).query;
    if (isSigned) return this.admitted(request, options);
    const refused = this.error('ACCESS_DENIED', request, [`${id} takes signed requests only (AuthType AWS_IAM)`]);
    if (!cors || !isPreflight(request))
      return eachAnswer(refused, (each) => ({ ...each, missing: 'header.Authorization' }));
    return orElse(
      this.preflightAnswer(cors, request),
      refused,
      `whether Lambda answers preflights of ${id} before it asks for a signature ` +
        '(AuthType AWS_IAM) is documented nowhere',
    );
  }

  private admitted(request: GatewayRequest, options: GatewayOptions): GatewayAnswer {
    const { cors } = this.model;
    return cors && isPreflight(request) ? this.preflightAnswer(cors, request) : this.invoked(request, options);
  }

  /** 200 with the lists, or with nothing where what is asked for is not among them. */
  private preflightAnswer(cors: HttpCors, request: GatewayRequest): GatewayAnswer {
    const { id } = this.model;
    const method = headerOf(request.headers, 'access-control-request-method') ?? '';
    const trail = [`Lambda answers the preflight itself, from Cors of ${id}`];
    const allowed = allowedOrigin(cors, headerOf(request.headers, 'origin') ?? '');
    const bare = lambdaAnswer(200, VARY, trail);
    if (!allowed) return bare;
    const { 'access-control-expose-headers': _, ...shared } = sharedHeaders(cors, allowed.value);
    const full = lambdaAnswer(200, { ...VARY, ...shared, ...preflightHeaders(cors) }, trail);
    const answer = this.compared(cors, request, method, full, bare);
    return allowed.doubt ? orElse(answer, bare, allowed.doubt) : answer;
  }

  private compared(
    cors: HttpCors,
    request: GatewayRequest,
    method: string,
    full: GatewayAnswer,
    bare: GatewayAnswer,
  ): GatewayAnswer {
    const { id } = this.model;
    if (cors.allowMethods.length === 0) {
      const every = { ...full, headers: { ...full.headers, 'access-control-allow-methods': method } };
      const why = `Cors of ${id} has no AllowMethods, and which methods Lambda allows then is not known`;
      return orElse(orElse(full, bare, why), every, why);
    }
    const unlisted = unlistedIn(cors, method, headerOf(request.headers, 'access-control-request-headers') ?? '');
    if (!unlisted) return full;
    const { kind, asked, listed } = unlisted;
    const list = kind === 'method' ? 'AllowMethods' : 'AllowHeaders';
    const has =
      listed.length > 0 ? `has ${listed.map(readable).join(', ')}, but not ${asked}` : `lists nothing, so not ${asked}`;
    const left = {
      ...bare,
      trail: [...bare.trail, `${list} ${has}, and then it sends no CORS headers`],
      unlisted: kind,
    };
    return orElse(
      left,
      full,
      `${list} ${has}, and whether Lambda compares that or leaves it to the browser is not known`,
    );
  }

  private invoked(request: GatewayRequest, options: GatewayOptions): GatewayAnswer {
    const { lambda, integration, where } = this.model.route;
    const trail = [`${where} hands the request to ${integration}`];
    if (lambda?.cors) {
      const { name, cors } = lambda;
      if ('doubt' in cors) return { ...lambdaAnswer(0, {}, trail), unknown: cors.doubt };
      if ('fault' in cors) return this.error('INTEGRATION_FAILURE', request, [...trail, cors.fault]);
      return this.withOwnHeaders(functionAnswer(name, cors.policy, request, trail), request);
    }
    const { backendHeaders, backendStatus = 200 } = options;
    if (backendHeaders)
      return this.withOwnHeaders(lambdaAnswer(backendStatus, lowerNames(backendHeaders), trail), request);
    if (lambda?.status) return this.withOwnHeaders(lambdaAnswer(lambda.status, {}, trail), request);
    return this.withOwnHeaders({ ...lambdaAnswer(0, {}, trail), decidedBy: 'backend' }, request);
  }

  /** Lambda takes nothing away: a header that the function sends too goes out twice. */
  private withOwnHeaders(answer: GatewayAnswer, request: GatewayRequest): GatewayAnswer {
    const { cors, id } = this.model;
    const origin = headerOf(request.headers, 'origin');
    if (!cors || origin === undefined) return answer;
    const allowed = allowedOrigin(cors, origin);
    const withVary = { ...answer, headers: joined(answer.headers, VARY), added: VARY };
    if (!allowed) return withVary;
    const added = { ...VARY, ...sharedHeaders(cors, allowed.value) };
    const isTwice = answer.headers['access-control-allow-origin'] !== undefined;
    const told =
      answer.decidedBy === 'backend'
        ? `Lambda adds the CORS headers of ${id}, and a function that sends ` +
          'Access-Control-Allow-Origin too makes two of them, which browsers refuse'
        : isTwice
          ? `Lambda adds the CORS headers of ${id} to those that the function sends, ` +
            'so Access-Control-Allow-Origin goes out twice'
          : `and Lambda adds the CORS headers of ${id}`;
    const sent = {
      ...answer,
      headers: joined(answer.headers, added),
      added,
      ...(isTwice && { cause: 'function-url-twice' }),
      trail: [...answer.trail, told],
    };
    return allowed.doubt ? orElse(sent, withVary, allowed.doubt) : sent;
  }

  /**
   * The guide says that every answer through the URL has the CORS headers;
   * nobody has measured it of errors.
   */
  private error(type: string, request: GatewayRequest, trail: string[] = []): GatewayAnswer {
    if (!Object.hasOwn(ERRORS, type))
      throw new Error(`Function URLs have no error ${type}. Known here: ${Object.keys(ERRORS).join(', ')}.`);
    const status = ERRORS[type];
    const bare = {
      ...lambdaAnswer(status, {}, [...trail, `Lambda answers ${status} on its own`]),
      gatewayError: type,
      service: 'Lambda',
    };
    const withHeaders = this.withOwnHeaders(bare, request);
    return orElse(withHeaders, bare, `whether Lambda adds the CORS headers to its own ${status} is not known`);
  }
}

const VARY = { vary: 'Origin' };

const ERRORS: Record<string, number> = {
  ACCESS_DENIED: 403,
  REQUEST_TOO_LARGE: 413,
  THROTTLED: 429,
  INTEGRATION_FAILURE: 502,
  INTEGRATION_TIMEOUT: 504,
};

function isPreflight({ method, headers }: GatewayRequest): boolean {
  const has = (name: string) => headerOf(headers, name) !== undefined;
  return method === 'OPTIONS' && has('origin') && has('access-control-request-method');
}

function lambdaAnswer(status: number, headers: Record<string, string>, trail: string[]): GatewayAnswer {
  return { status, headers, body: '', decidedBy: 'gateway', trail };
}

/** What a browser makes of two headers of one name. */
function joined(own: Record<string, string>, added: Record<string, string>): Record<string, string> {
  const both = Object.entries(added).map(([name, value]) => [
    name,
    own[name] === undefined || (name === 'vary' && own[name] === value) ? value : `${own[name]}, ${value}`,
  ]);
  return { ...own, ...Object.fromEntries(both) };
}
