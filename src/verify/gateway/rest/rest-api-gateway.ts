import type { RestApiModel } from '../../model/api-model';
import { isGreedy } from '../../model/rest-tree';
import { readable } from '../../unknown';
import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest } from '../gateway';
import { invokeUrl } from '../invoke-url';
import { emptyPartDoubt, lowerNames, splitPath } from '../request';
import { refusal } from './authorization';
import { cacheDoubt } from './cached-answers';
import { unknownAnswer } from './exchange';
import { GatewayErrors } from './gateway-errors';
import type { MappingSources } from './header-values';
import { Integrations } from './integrations';
import { policyDecision } from './resource-policy';
import { type Route, Router, type Routing } from './routing';

/** A REST API: the steps that API Gateway takes with a request, one after the other. */
export class RestApiGateway implements Gateway {
  public readonly deploymentFaults: string[];
  public readonly url: string;
  private readonly router: Router;
  private readonly errors: GatewayErrors;
  private readonly integrations: Integrations;

  public constructor(private readonly api: RestApiModel) {
    this.deploymentFaults = api.faults;
    this.url = invokeUrl(api);
    this.router = new Router(api);
    this.errors = new GatewayErrors(api);
    this.integrations = new Integrations(api, this.errors);
  }

  public answer(request: GatewayRequest, options: GatewayOptions = {}): GatewayAnswer {
    const { path, query } = splitPath(request.path);
    const backendHeaders = options.backendHeaders && lowerNames(options.backendHeaders);
    const { stageVariables } = this.api;
    const sources = { headers: request.headers, query, pathParameters: {}, stageVariables, backendHeaders };
    if (options.gatewayError)
      return this.errors.answer(options.gatewayError, sources, [`the request ends in ${options.gatewayError}`]);

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
    const why =
      `${path} could go to ${route.method.path} or to ${differing.method.path}: ` +
      'which one API Gateway prefers is not known';
    return { ...answer, unknown: why };
  }

  private noRoute(
    { method }: GatewayRequest,
    path: string,
    onPath: Routing['onPath'],
    sources: MappingSources,
  ): GatewayAnswer {
    const verbs = onPath.flatMap(({ resource }) => [...resource.methods.keys()].map((verb) => readable(verb)));
    const others = [...new Set(verbs)].join(', ');
    const why = others ? `${path} has ${others}, but no ${method}` : `no route matches ${path}`;
    const answer = this.errors.answer('MISSING_AUTHENTICATION_TOKEN', sources, [why]);
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
    const trail = [`${method.verb} ${method.path} at ${method.where}`];
    if (method.doubt) return unknownAnswer(method.doubt, trail);
    const policy = policyDecision(this.api, method, request);
    if (policy.outcome === 'denied' && method.authorization.type !== 'COGNITO')
      return this.errors.answer('ACCESS_DENIED', sources, [...trail, policy.why]); // Cognito comes first
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
      const answer = this.errors.answer(refused.type, sources, [...trail, refused.why]);
      return { ...answer, missing: authorized ? refused.missing : undefined };
    }
    if (policy.outcome === 'denied') return this.errors.answer('ACCESS_DENIED', sources, [...trail, policy.why]);
    if (policy.outcome === 'unknown') return unknownAnswer(policy.why, trail);
    return this.integrations.answer({ method, request, options, sources, trail });
  }
}

function sameHeaders(a: GatewayAnswer, b: GatewayAnswer): boolean {
  const essence = ({ status, headers, decidedBy, unknown }: GatewayAnswer): string =>
    JSON.stringify([status, Object.entries(headers).sort(), decidedBy, unknown]);
  return essence(a) === essence(b);
}
