import type { FunctionCors, Integration, IntegrationResponse, RestApiModel, RestMethod } from '../../model/api-model';
import { isGreedy } from '../../model/rest-tree';
import { readable } from '../../unknown';
import type { Overridden, VelocityInput, VelocityResult } from '../../velocity/input';
import { orElse } from '../alternatives';
import { functionAnswer } from '../function-answer';
import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest } from '../gateway';
import { invokeUrl } from '../invoke-url';
import { emptyPartDoubt, headerOf, lowerNames, splitPath } from '../request';
import { refusal } from './authorization';
import { cacheDoubt } from './cached-answers';
import { bytesDoubt, isBinary, mimeType } from './content-types';
import { defaultStatus, GATEWAY_ERRORS } from './gateway-responses';
import { refusedRequestHeader } from './header-names';
import { type MappingSources, mappedValue } from './header-values';
import { type Handed, integrationRequest } from './integration-request';
import { type MethodResponse, methodResponse } from './integration-response';
import { policyDecision } from './resource-policy';
import { selectResponse } from './response-selection';
import { type Route, Router, type Routing } from './routing';

/** A REST API: the steps that API Gateway takes with a request, one after the other. */
export class RestApiGateway implements Gateway {
  public readonly deploymentFaults: string[];
  public readonly url: string;
  private readonly router: Router;
  private readonly servesBytes: boolean;

  public constructor(private readonly api: RestApiModel) {
    this.deploymentFaults = api.faults;
    this.url = invokeUrl(api);
    this.router = new Router(api);
    this.servesBytes = isBinary(api.binaryMediaTypes, undefined);
  }

  public answer(request: GatewayRequest, options: GatewayOptions = {}): GatewayAnswer {
    const { path, query } = splitPath(request.path);
    const backendHeaders = options.backendHeaders && lowerNames(options.backendHeaders);
    const { stageVariables } = this.api;
    const sources = { headers: request.headers, query, pathParameters: {}, stageVariables, backendHeaders };
    if (options.gatewayError)
      return this.gatewayResponse(options.gatewayError, sources, [`the request ends in ${options.gatewayError}`]);

    const { route, rivals, doubtful, onPath } = this.router.find(request.method, path);
    const answer = route
      ? this.answerOf(route, rivals, path, request, options, sources)
      : this.noRoute(request, path, onPath, sources);
    return doubtful
      ? { ...answer, unknown: `the HTTP method of ${doubtful.where} is ${readable(doubtful.verb)}` }
      : answer;
  }

  private answerOf(
    route: Route,
    rivals: Route[],
    path: string,
    request: GatewayRequest,
    options: GatewayOptions,
    sources: MappingSources,
  ): GatewayAnswer {
    const answer = { ...this.throughRoute(route, request, options, sources), answeredBy: route.method.where };
    const odd = emptyPartDoubt(path.replace(/^\/+/, '/')); // in front, it counts once
    if (odd && !isGreedy(route.method.path)) return { ...answer, unknown: answer.unknown ?? odd };
    const differing = rivals.find((rival) => !sameHeaders(answer, this.throughRoute(rival, request, options, sources)));
    if (!differing && (this.api.stageCaches.length === 0 || answer.unknown)) return answer;
    if (!differing) {
      const answerTo = (headers: Record<string, string>): GatewayAnswer =>
        this.throughRoute(route, { ...request, headers }, options, { ...sources, headers });
      return { ...answer, unknown: cacheDoubt(this.api, route.method, request, answer, answerTo) };
    }
    const why = `${path} could go to ${route.method.path} or to ${differing.method.path}: which one API Gateway prefers is not known`;
    return { ...answer, unknown: why };
  }

  private noRoute(
    { method }: GatewayRequest,
    path: string,
    onPath: Routing['onPath'],
    sources: MappingSources,
  ): GatewayAnswer {
    const others = Array.from(
      new Set(onPath.flatMap(({ resource }) => Array.from(resource.methods.keys(), readable))),
    ).join(', ');
    const why = others ? `${path} has ${others}, but no ${method}` : `no route matches ${path}`;
    const answer = this.gatewayResponse('MISSING_AUTHENTICATION_TOKEN', sources, [why]);
    return this.api.incomplete
      ? { ...answer, unknown: `${why} as far as the template says: ${this.api.incomplete}` }
      : answer;
  }

  private throughRoute(
    { method, pathParameters }: Route,
    request: GatewayRequest,
    options: GatewayOptions,
    common: MappingSources,
  ): GatewayAnswer {
    const sources = { ...common, pathParameters };
    const trail = [`${method.verb} ${method.path} (${method.where})`];
    if (method.doubt) return unknownAnswer(method.doubt, trail);
    const policy = policyDecision(this.api, method, request);
    if (policy.outcome === 'denied' && method.authorization.type !== 'COGNITO')
      return this.gatewayResponse('ACCESS_DENIED', sources, [...trail, policy.why]); // Cognito comes first
    const authorized = options.authorized ?? request.method !== 'OPTIONS';
    const refused = refusal(method, {
      ...sources,
      stageVariables: this.api.stages.length > 0 ? sources.stageVariables : undefined,
      body: request.body,
      authorized,
      options,
    });
    if (refused?.unknown) return unknownAnswer(refused.unknown, trail);
    if (refused) {
      const answer = this.gatewayResponse(refused.type, sources, [...trail, refused.why]);
      return { ...answer, missing: authorized ? refused.missing : undefined };
    }
    if (policy.outcome === 'denied') return this.gatewayResponse('ACCESS_DENIED', sources, [...trail, policy.why]);
    if (policy.outcome === 'unknown') return unknownAnswer(policy.why, trail);
    return this.integrate(method, request, options, sources, trail);
  }

  private integrate(
    method: RestMethod,
    request: GatewayRequest,
    options: GatewayOptions,
    sources: MappingSources,
    trail: string[],
  ): GatewayAnswer {
    const { integration } = method;
    if (!integration || integration.type === 'UNKNOWN')
      return unknownAnswer('its integration is known only after deployment', trail);
    const fault = this.faultOf(integration);
    if (fault) return this.gatewayResponse('API_CONFIGURATION_ERROR', sources, [...trail, fault]);
    if (integration.lambda?.cors)
      return this.throughFunction(integration.lambda.name, integration.lambda.cors, request, sources, trail);
    if (integration.type.endsWith('_PROXY'))
      return proxied(
        [...trail, `its ${integration.type} integration returns what the backend returns`],
        sources,
        options,
      );

    const doubt = bytesDoubt(this.api.binaryMediaTypes, integration);
    if (doubt) return unknownAnswer(doubt, trail);
    const input = (body: string | undefined, overridden?: Overridden) => (): VelocityInput =>
      this.velocityInput(request, method, sources, body, overridden);
    const contentType = mimeType(headerOf(request.headers, 'content-type'));
    const handed = integrationRequest(integration, this.api.binaryMediaTypes, contentType, input(request.body ?? ''));
    if (handed.kind === 'unknown') return unknownAnswer(handed.why, trail);
    if (handed.kind === 'error') return this.gatewayResponse(handed.type, sources, [...trail, handed.why]);

    const answered = handed.kind === 'mock' ? (options.mockStatus ?? handed.status) : options.backendStatus?.toString();
    const selected = selectResponse(integration, answered);
    if ('unknown' in selected) return unknownAnswer(selected.unknown, trail);
    if ('none' in selected) return this.gatewayResponse('API_CONFIGURATION_ERROR', sources, [...trail, selected.none]);

    const through = (response: IntegrationResponse): GatewayAnswer => {
      const accept = mimeType(headerOf(request.headers, 'accept'));
      const overrides = handed.kind === 'mock' ? handed.evaluated : undefined;
      const read = input(undefined, handed.evaluated?.overridden);
      return this.responded(
        methodResponse(method, response, this.servesBytes, accept, sources, read, overrides),
        handed,
        request,
        sources,
        trail,
      );
    };
    return (selected.rivals ?? []).reduce(
      (answer, rival) => orElse(answer, through(rival), severalMatch(answered, selected.response, rival)),
      through(selected.response),
    );
  }

  /** The method response on its way to the client. */
  private responded(
    response: MethodResponse,
    handed: Handed,
    request: GatewayRequest,
    sources: MappingSources,
    trail: string[],
  ): GatewayAnswer {
    const notes = [...trail, ...response.notes];
    const { status, headers, body } = response;
    if (response.error) return this.gatewayResponse('API_CONFIGURATION_ERROR', sources, [...notes, response.error]);
    const doubt =
      response.unknown ??
      (status === 0 && request.method === 'OPTIONS' ? STATUS_DOUBT : undefined) ??
      (handed.kind === 'backend' && overridesSomething(handed.evaluated) ? REQUEST_OVERRIDE_DOUBT : undefined);
    const decidedBy = response.fromBackend.some(isCorsHeader) ? 'backend' : 'gateway';
    return { status, headers, body, decidedBy, headersAreFinal: status === 0, unknown: doubt, trail: notes };
  }

  /** Why every request to this integration ends in a 500. */
  private faultOf(integration: Integration): string | undefined {
    const refused = refusedRequestHeader(integration);
    if (refused) return `its integration maps ${refused}, a header that API Gateway sets on its own`;
    const { stages, stageVariables } = this.api;
    const missing = integration.uriVariables.find((name) => stages.length > 0 && !Object.hasOwn(stageVariables, name));
    return missing && `the URI of its integration names the stage variable ${missing}, which the stage does not set`;
  }

  private velocityInput(
    request: GatewayRequest,
    method: RestMethod,
    { query, pathParameters, stageVariables }: MappingSources,
    body: string | undefined,
    overridden: Overridden | undefined,
  ): VelocityInput {
    return {
      headers: request.headers,
      querystring: query,
      path: pathParameters,
      body,
      stageVariables,
      allStageVariables: this.api.stages.length > 0,
      context: { httpMethod: request.method, resourcePath: method.path },
      overridden,
    };
  }

  /** A function that cannot start fails the integration. */
  private throughFunction(
    name: string,
    cors: FunctionCors,
    request: GatewayRequest,
    sources: MappingSources,
    trail: string[],
  ): GatewayAnswer {
    if ('doubt' in cors) return unknownAnswer(cors.doubt, trail);
    if ('fault' in cors) return this.gatewayResponse('INTEGRATION_FAILURE', sources, [...trail, cors.fault]);
    return functionAnswer(name, cors.policy, request, trail);
  }

  /**
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
   */
  private gatewayResponse(type: string, sources: MappingSources, trail: string[]): GatewayAnswer {
    if (!GATEWAY_ERRORS.includes(type))
      throw new Error(`There is no gateway response ${type}. There are: ${GATEWAY_ERRORS.join(', ')}.`);
    const { status, fallback } = defaultStatus(type);
    const own = this.api.gatewayResponses.get(type);
    const response = own ?? this.api.gatewayResponses.get(fallback);
    const headers: Record<string, string> = {};
    const notes: string[] = [];
    for (const [name, expression] of response?.headers ?? []) {
      const mapped = mappedValue(expression, sources);
      if (mapped.value !== undefined) headers[name.toLowerCase()] = mapped.value;
      if (mapped.note) notes.push(mapped.note);
      if (name.startsWith(PREFIX))
        notes.push(`it names ${name} with the prefix twice, so that is what the header is called`);
    }
    const origin = response
      ? `the gateway response ${response.type} (${response.where})`
      : `no gateway response customises ${type} or ${fallback}`;
    const unsupported =
      type === 'REQUEST_TOO_LARGE' && response
        ? 'API Gateway does not support customising REQUEST_TOO_LARGE'
        : undefined;
    const elsewhere =
      !response && this.api.incomplete ? `${origin} as far as the template says: ${this.api.incomplete}` : undefined;
    return {
      status: response?.statusCode ?? status,
      headers,
      body: '',
      decidedBy: 'gateway',
      gatewayError: type,
      unknown: response?.doubt ?? unsupported ?? elsewhere,
      trail: [...trail, `API Gateway answers ${type}: ${origin}`, ...notes],
    };
  }
}

function severalMatch(
  status: string | undefined,
  { statusCode }: IntegrationResponse,
  other: IntegrationResponse,
): string {
  return `the patterns of the integration responses ${statusCode} and ${other.statusCode} both match ${status}: which one API Gateway takes is not known`;
}

const PREFIX = 'gatewayresponse.header.';
const STATUS_DOUBT = 'its status depends on what the backend sends';
const REQUEST_OVERRIDE_DOUBT =
  'whether an override of the response in the request template of a real backend takes effect is not known';

function overridesSomething(evaluated: VelocityResult | undefined): boolean {
  return (
    evaluated !== undefined &&
    (evaluated.statusOverride !== undefined ||
      evaluated.statusUnknown !== undefined ||
      Object.keys(evaluated.headerOverrides).some(isCorsHeader))
  );
}

function isCorsHeader(name: string): boolean {
  return name.toLowerCase().startsWith('access-control-');
}

function proxied(
  trail: string[],
  { backendHeaders }: MappingSources,
  { backendStatus = 200 }: GatewayOptions,
): GatewayAnswer {
  if (backendHeaders) return { status: backendStatus, headers: backendHeaders, body: '', decidedBy: 'gateway', trail };
  return { status: 0, headers: {}, body: '', decidedBy: 'backend', trail };
}

function unknownAnswer(unknown: string, trail: string[]): GatewayAnswer {
  return { status: 0, headers: {}, body: '', decidedBy: 'gateway', unknown, trail };
}

function sameHeaders(a: GatewayAnswer, b: GatewayAnswer): boolean {
  const essence = ({ status, headers, decidedBy, unknown }: GatewayAnswer): string =>
    JSON.stringify([status, Object.entries(headers).sort(), decidedBy, unknown]);
  return essence(a) === essence(b);
}
