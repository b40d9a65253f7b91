import type { ResponseHeadersPolicy } from '../../cloudfront/policies';
import { eachAnswer, orElse } from '../gateway/alternatives';
import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest, GatewaySide } from '../gateway/gateway';
import type { ApiModel } from '../model/api-model';
import { isKnown, readable } from '../unknown';
import { behaviorFor } from './behaviors';
import type { Destinations } from './destinations';
import { type Behavior, type DistributionModel, nameOfDistribution } from './distribution';
import { withErrorPage } from './error-pages';
import { OriginAnswers } from './origin-answers';
import { underPolicy } from './response-headers-policy';
import {
  answeredAtEdge,
  doubtAfterMethods,
  doubtBeforeMethods,
  doubtOnTheWayBack,
  unknownAnswer,
} from './viewer-request';

/**
 * An API behind a distribution: viewer request → origin request → the API's own gateway → origin
 * response → viewer response, as CloudFront takes these steps. See docs/how-cors-works-here.md,
 * CloudFront.
 */
export class DistributionGateway implements Gateway {
  public readonly deploymentFaults: string[];
  public readonly url: string;
  public readonly ownHosts: string[];
  public readonly sides?: GatewaySide[];
  private readonly originAnswers: OriginAnswers;

  public constructor(
    private readonly distribution: DistributionModel,
    private readonly destinations: Destinations,
    private readonly gatewayOf: (api: ApiModel) => Gateway,
  ) {
    const apis = [...new Set(distribution.behaviors.flatMap(({ origin }) => destinations.apisBehind(origin)))];
    this.originAnswers = new OriginAnswers(destinations, gatewayOf);
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
    if (doubt) return unknownAnswer(doubt);
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
    if (early) return unknownAnswer(early, behavior);
    const own = answeredAtEdge(behavior, request);
    if (own) return this.ownPage(behavior, request, own);
    const late = doubtAfterMethods(behavior);
    if (late) return unknownAnswer(late, behavior);
    const received = this.originAnswers.through(behavior, request, path, options);
    const answer = eachAnswer(received, (each) => this.toViewer(behavior, request, each));
    const doubt = doubtOnTheWayBack(behavior, answer);
    return doubt ? { ...answer, unknown: answer.unknown ?? doubt } : answer;
  }

  /**
   * Whether error pages and the policy of the behavior apply to what CloudFront says on its own is
   * not documented.
   */
  private ownPage({ responseHeaders }: Behavior, request: GatewayRequest, own: GatewayAnswer): GatewayAnswer {
    const page = withErrorPage(this.distribution.errorPages, own) ?? own;
    const withPage = orElse(
      own,
      page,
      'whether CustomErrorResponses replace what CloudFront answers on its own is not known',
    );
    if (!responseHeaders) return withPage;
    const why = `whether ${responseHeaders.name} applies to what CloudFront answers on its own is not known`;
    return [own, page].reduce((all, each) => orElse(all, underPolicy(responseHeaders, request, each), why), withPage);
  }

  private toViewer(behavior: Behavior, request: GatewayRequest, answer: GatewayAnswer): GatewayAnswer {
    if (answer.unknown && answer.status < 400) return answer;
    const page = withErrorPage(this.distribution.errorPages, answer);
    const { responseHeaders } = behavior;
    if (!page) return withPolicy(responseHeaders, request, answer);
    const home = behaviorFor(this.distribution, this.distribution.errorPages.get(answer.status)!.path);
    if (this.destinations.hostOf(home.origin))
      return { ...page, unknown: `the error page comes from an API by ${home.where}` };
    const why =
      `whether an error page gets the response headers policy of ${behavior.where} or that of ${home.where} is ` +
      'not known';
    return orElse(withPolicy(home.responseHeaders, request, page), withPolicy(responseHeaders, request, page), why);
  }
}

function withPolicy(
  policy: ResponseHeadersPolicy | undefined,
  request: GatewayRequest,
  answer: GatewayAnswer,
): GatewayAnswer {
  return policy ? underPolicy(policy, request, answer) : answer;
}

function splitAt(target: string): [path: string, query: string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark)];
}
