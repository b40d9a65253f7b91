import type { ResponseHeadersPolicy } from '../../cloudfront/policies';
import { eachAnswer, isAlike, orElse } from '../gateway/alternatives';
import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest, GatewaySide } from '../gateway/gateway';
import { capitalized, nameOfHeader } from '../gateway/request';
import type { ApiModel } from '../model/api-model';
import { isKnown, readable } from '../unknown';
import { behaviorFor } from './behaviors';
import { keeps, requestsOfSameKey, sharedAnswer } from './cache';
import type { Destinations } from './destinations';
import { type Behavior, type DistributionModel, nameOfDistribution } from './distribution';
import { withErrorPage } from './error-pages';
import { forwards } from './forwarded-headers';
import { foreignHostAnswer } from './front-door';
import { originRequest } from './origin-request';
import { underPolicy } from './response-headers-policy';
import { answeredAtEdge, doubtAfterMethods, doubtBeforeMethods, doubtOnTheWayBack } from './viewer-request';

/**
 * An API behind a distribution: viewer request → origin request → the API's own gateway → origin response → viewer response, as
 * CloudFront takes these steps. See docs/how-cors-works-here.md, CloudFront.
 */
export class DistributionGateway implements Gateway {
  public readonly deploymentFaults: string[];
  public readonly url: string;
  public readonly ownHosts: string[];
  public readonly sides?: GatewaySide[];

  public constructor(
    private readonly distribution: DistributionModel,
    private readonly destinations: Destinations,
    private readonly gatewayOf: (api: ApiModel) => Gateway,
  ) {
    const apis = [...new Set(distribution.behaviors.flatMap(({ origin }) => destinations.apisBehind(origin)))];
    this.deploymentFaults = [...distribution.faults, ...apis.flatMap((api) => gatewayOf(api).deploymentFaults)];
    const sides = apis.flatMap((api) => this.sidesOf(api));
    if (sides.length > 0) this.sides = sides;
    const { defaultDomain, aliases } = distribution;
    this.url = `https://${readable(aliases[0] ?? defaultDomain)}`;
    this.ownHosts = [...(isKnown(defaultDomain) ? [defaultDomain] : []), ...aliases];
  }

  /** An API that depends on open conditions makes what stands in front of it depend on them. */
  private sidesOf(api: ApiModel): GatewaySide[] {
    const sides = this.gatewayOf(api).sides ?? [];
    return sides.map(({ when, gateway }) => {
      const gatewayOf = (other: ApiModel): Gateway => (other === api ? gateway : this.gatewayOf(other));
      return { when, gateway: new DistributionGateway(this.distribution, this.destinations, gatewayOf) };
    });
  }

  public answer(request: GatewayRequest, options: GatewayOptions = {}): GatewayAnswer {
    const { doubt, rootObject } = this.distribution;
    if (doubt) return open(doubt);
    const [path, query] = splitAt(request.path);
    if (path !== '/' || rootObject === undefined)
      return this.through(behaviorFor(this.distribution, path), request, request.path, options);
    return this.rootAnswer(request, rootObject, query, options);
  }

  /** DefaultRootObject stands in for / only. */
  private rootAnswer(
    request: GatewayRequest,
    rootObject: string,
    query: string,
    options: GatewayOptions,
  ): GatewayAnswer {
    const at = (behaviorPath: string, path: string): GatewayAnswer => {
      const answer = this.through(behaviorFor(this.distribution, behaviorPath), request, path + query, options);
      return eachAnswer(answer, (each) => ({
        ...each,
        cause: each.cause ?? 'distribution-root',
        trail: [told, ...each.trail],
      }));
    };
    const told = `DefaultRootObject of ${nameOfDistribution(this.distribution)} puts ${rootObject} in the place of /`;
    const answer = orElse(
      at(rootObject, rootObject),
      at('/', rootObject),
      'which behavior takes / where there is a DefaultRootObject is not known',
    );
    if (request.method === 'GET' || request.method === 'HEAD') return answer;
    const plain = this.through(behaviorFor(this.distribution, '/'), request, request.path, options);
    return orElse(answer, plain, `whether DefaultRootObject stands in for / of ${request.method} is not known`);
  }

  private through(behavior: Behavior, request: GatewayRequest, path: string, options: GatewayOptions): GatewayAnswer {
    const early = doubtBeforeMethods(behavior);
    if (early) return open(early, behavior);
    const own = answeredAtEdge(behavior, request);
    if (own) return this.ownPage(behavior, request, own);
    const late = doubtAfterMethods(behavior);
    if (late) return open(late, behavior);
    const received = this.fromOriginOrCache(behavior, request, path, options);
    const answer = eachAnswer(received, (each) => this.toViewer(behavior, request, each));
    const doubt = doubtOnTheWayBack(behavior, answer);
    return doubt ? { ...answer, unknown: answer.unknown ?? doubt } : answer;
  }

  /** Whether error pages and the policy of the behavior apply to what CloudFront says by itself is not documented. */
  private ownPage({ responseHeaders }: Behavior, request: GatewayRequest, own: GatewayAnswer): GatewayAnswer {
    const page = withErrorPage(this.distribution.errorPages, own) ?? own;
    const withPage = orElse(
      own,
      page,
      'whether CustomErrorResponses replace what CloudFront answers by itself is not known',
    );
    if (!responseHeaders) return withPage;
    const why = `whether ${responseHeaders.name} applies to what CloudFront answers by itself is not known`;
    return [own, page].reduce((all, each) => orElse(all, underPolicy(responseHeaders, request, each), why), withPage);
  }

  private fromOriginOrCache(
    behavior: Behavior,
    request: GatewayRequest,
    path: string,
    options: GatewayOptions,
  ): GatewayAnswer {
    const fresh = this.fromOrigin(behavior, request, path, options);
    if (!keeps(behavior, request, fresh)) return fresh;
    return requestsOfSameKey(behavior, request).reduce((all, { request: other, header }) => {
      const stored = this.fromOrigin(behavior, other, path, options);
      return orElse(
        all,
        { ...stored, alternatives: undefined, cause: 'distribution-cache' },
        sharedAnswer(behavior, header),
      );
    }, fresh);
  }

  private fromOrigin(
    behavior: Behavior,
    request: GatewayRequest,
    path: string,
    options: GatewayOptions,
  ): GatewayAnswer {
    const target = this.destinations.find(behavior.origin, behavior.origin.path + path);
    if ('unknown' in target) return open(`${behavior.where}: ${target.unknown}`, behavior);
    const { api } = target;
    const host = this.hostAnswer(behavior, request, api);
    if (host) return host;
    if ('refused' in target) {
      return refusedAtFrontDoor(behavior, target.refused, target.why);
    }
    return this.fromApi(behavior, request, target.api, target.path, options);
  }

  /** A custom domain of API Gateway's works with its own name as Host, and with no other. */
  private hostAnswer(behavior: Behavior, request: GatewayRequest, api: ApiModel): GatewayAnswer | undefined {
    const host = this.destinations.hostOf(behavior.origin);
    const isViewers = forwards(behavior, 'host', request.method) === 'yes';
    if (host && 'domain' in host) {
      const name = readable(host.domain.name);
      if (isViewers)
        return open(
          `${behavior.where} forwards the viewer's Host, and API Gateway knows ${api.id} by the Host ${name}`,
          behavior,
        );
      return host.isTarget
        ? open(`${behavior.where} asks for another Host than ${name}, by which API Gateway knows ${api.id}`, behavior)
        : undefined;
    }
    return isViewers ? foreignHostAnswer(api, behavior, request) : undefined;
  }

  private fromApi(
    behavior: Behavior,
    viewers: GatewayRequest,
    api: ApiModel,
    path: string,
    options: GatewayOptions,
  ): GatewayAnswer {
    const gateway = this.gatewayOf(api);
    const { request, dropped, replaced } = originRequest(behavior, viewers, path);
    const way = [`${behavior.where} asks ${api.id} for ${readable(request.path)}`];
    const ask = (headers: Record<string, string>): GatewayAnswer => gateway.answer({ ...request, headers }, options);
    const got = ask(request.headers);
    const whole = dropped.length + replaced.length > 0 ? ask({ ...request.headers, ...viewers.headers }) : got;
    const lost = isAlike(got, whole) ? undefined : lossOf(behavior, viewers, dropped, replaced);
    const answer = {
      ...got,
      ...(lost && { cause: lost.cause, answeredBy: behavior.where }),
      ...(isLostBelow(behavior, got) && { cause: 'distribution-prefix', answeredBy: behavior.where }),
      trail: [...way, ...(lost ? [lost.told] : []), ...got.trail],
    };
    return this.spellings(behavior, viewers, api, request).reduce(
      (all, { headers, why }) => orElse(all, { ...answer, ...ask(headers) }, why),
      answer,
    );
  }

  /** What nobody has established about the headers that arrive. */
  private spellings(
    behavior: Behavior,
    viewers: GatewayRequest,
    { kind }: ApiModel,
    { headers }: GatewayRequest,
  ): { headers: Record<string, string>; why: string }[] {
    const isTypeOpen =
      headers['content-type'] !== undefined && forwards(behavior, 'content-type', viewers.method) === 'open';
    const { 'content-type': _, ...untyped } = headers;
    return [
      ...(isTypeOpen
        ? [{ headers: untyped, why: 'whether CloudFront forwards Content-Type that no policy names is not known' }]
        : []),
      ...(kind === 'REST' && headers.origin !== undefined ? [{ headers: capitalized(headers), why: SPELLING }] : []),
    ];
  }

  private toViewer(behavior: Behavior, request: GatewayRequest, answer: GatewayAnswer): GatewayAnswer {
    if (answer.unknown && answer.status < 400) return answer;
    const page = withErrorPage(this.distribution.errorPages, answer);
    const { responseHeaders } = behavior;
    if (!page) return withPolicy(responseHeaders, request, answer);
    const home = behaviorFor(this.distribution, this.distribution.errorPages.get(answer.status)!.path);
    if (this.destinations.hostOf(home.origin))
      return { ...page, unknown: `the error page comes from an API by ${home.where}` };
    const why = `whether an error page gets the response headers policy of ${behavior.where} or that of ${home.where} is not known`;
    return orElse(withPolicy(home.responseHeaders, request, page), withPolicy(responseHeaders, request, page), why);
  }
}

const SPELLING =
  'CloudFront speaks HTTP/1.1 with its origin: whether API Gateway then sees "origin" or "Origin" is not known';

function withPolicy(
  policy: ResponseHeadersPolicy | undefined,
  request: GatewayRequest,
  answer: GatewayAnswer,
): GatewayAnswer {
  return policy ? underPolicy(policy, request, answer) : answer;
}

function refusedAtFrontDoor(behavior: Behavior, status: number, why: string): GatewayAnswer {
  const gatewayError = status === 403 ? 'Forbidden' : 'Not Found';
  const trail = [`${behavior.where}: ${why}, so API Gateway answers ${status} ${gatewayError}`];
  return {
    status,
    headers: {},
    body: '',
    decidedBy: 'gateway',
    gatewayError,
    answeredBy: behavior.where,
    cause: 'distribution-stage',
    trail,
  };
}

/** Whether the API knows nothing of a path that has the prefix of the behavior in it. */
function isLostBelow({ pattern }: Behavior, { answeredBy, status, gatewayError }: GatewayAnswer): boolean {
  const hasNoRoute = answeredBy === undefined && (status === 404 || gatewayError === 'MISSING_AUTHENTICATION_TOKEN');
  return hasNoRoute && /[^/*]/.test(pattern);
}

/** Why the API answers in another way than it would answer the viewer. */
function lossOf(
  { where, forwarding, origin }: Behavior,
  { headers }: GatewayRequest,
  dropped: string[],
  replaced: string[],
): { cause: string; told: string } {
  if (replaced.length > 0) {
    const values = replaced.map((name) => `${nameOfHeader(name)} to ${readable(origin.customHeaders.get(name)!)}`);
    return {
      cause: 'distribution-custom-header',
      told: `OriginCustomHeaders of ${where} set ${values.join(' and ')}, whatever the page sends`,
    };
  }
  const names = dropped.filter((name) => name !== 'accept' && headers[name] !== undefined).map(nameOfHeader);
  const cause =
    dropped.includes('origin') || dropped.some((name) => name.startsWith('access-control-'))
      ? 'distribution-origin'
      : 'distribution-header';
  return { cause, told: `${where} does not forward ${names.join(', ')} to the API (it has ${forwarding.by})` };
}

function open(unknown: string, behavior?: Behavior): GatewayAnswer {
  return { status: 0, headers: {}, body: '', decidedBy: 'gateway', answeredBy: behavior?.where, unknown, trail: [] };
}

function splitAt(target: string): [path: string, query: string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark)];
}
