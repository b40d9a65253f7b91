import { isAlike, orElse } from '../gateway/alternatives';
import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest } from '../gateway/gateway';
import { capitalized } from '../gateway/request';
import type { ApiModel } from '../model/api-model';
import { readable } from '../unknown';
import { keeps, requestsOfSameKey, sharedAnswer } from './cache';
import type { Destinations } from './destinations';
import type { Behavior } from './distribution';
import { forwards } from './forwarded-headers';
import { foreignHostAnswer, noStageAnswer } from './front-door';
import { isLostBelow, isNeeded, lossOf } from './losses';
import { type OriginRequest, originRequest } from './origin-request';
import { unknownAnswer } from './viewer-request';

/**
 * What a distribution has from the origin of a behavior: what the API answers to the request that
 * CloudFront makes of the viewer's, or what the cache kept of an answer to another page.
 */
export class OriginAnswers {
  public constructor(
    private readonly destinations: Destinations,
    private readonly gatewayOf: (api: ApiModel) => Gateway,
  ) {}

  public through(behavior: Behavior, request: GatewayRequest, path: string, options: GatewayOptions): GatewayAnswer {
    const fresh = this.fromOrigin(behavior, request, path, options);
    if (!keeps(behavior, request, fresh)) return fresh;
    return requestsOfSameKey(behavior, request).reduce((all, { request: other, header }) => {
      const stored = this.fromOrigin(behavior, other, path, options, false);
      return orElse(
        all,
        { ...stored, cause: 'distribution-cache', answeredBy: behavior.where },
        sharedAnswer(behavior, header),
      );
    }, fresh);
  }

  /** @param isExplained whether it matters what made the answer so, and what else may come */
  private fromOrigin(
    behavior: Behavior,
    request: GatewayRequest,
    path: string,
    options: GatewayOptions,
    isExplained = true,
  ): GatewayAnswer {
    const target = this.destinations.find(behavior.origin, behavior.origin.path + path);
    if ('unknown' in target) return unknownAnswer(`${behavior.where}: ${target.unknown}`, behavior);
    const { api } = target;
    const host = this.hostAnswer(behavior, request, api);
    if (host) return host;
    if ('refused' in target) return noStageAnswer(behavior, target.refused, target.why);
    const sent = originRequest(behavior, request, target.path);
    const answer = this.gatewayOf(api).answer(sent.request, options);
    return isExplained ? this.explained(answer, behavior, request, api, sent, options) : answer;
  }

  /** A custom domain of API Gateway's works with its own name as Host, and with no other. */
  private hostAnswer(behavior: Behavior, request: GatewayRequest, api: ApiModel): GatewayAnswer | undefined {
    const host = this.destinations.hostOf(behavior.origin);
    const isViewers = forwards(behavior, 'host', request.method) === 'yes';
    if (host && 'domain' in host) {
      const name = readable(host.domain.name);
      if (isViewers)
        return unknownAnswer(
          `${behavior.where} forwards the viewer's Host, and API Gateway knows ${api.id} by the Host ${name}`,
          behavior,
        );
      return host.isTarget
        ? unknownAnswer(
            `${behavior.where} asks for another Host than ${name}, by which API Gateway knows ${api.id}`,
            behavior,
          )
        : undefined;
    }
    return isViewers ? foreignHostAnswer(api, behavior, request) : undefined;
  }

  /** With what the behavior changed about it, and what nobody has established. */
  private explained(
    got: GatewayAnswer,
    behavior: Behavior,
    viewers: GatewayRequest,
    api: ApiModel,
    { request, dropped, replaced }: OriginRequest,
    options: GatewayOptions,
  ): GatewayAnswer {
    const ask = (headers: Record<string, string>): GatewayAnswer =>
      this.gatewayOf(api).answer({ ...request, headers }, options);
    const way = [`${behavior.where} asks ${api.id} for ${readable(request.path)}`];
    const isWhole = dropped.length + replaced.length === 0;
    // In the order of the viewer, so that it is the same question as at the API's own address.
    const whole = isWhole ? got : ask({ ...viewers.headers, ...request.headers, ...viewers.headers });
    const matters = !isAlike(got, whole) || isNeeded(api, viewers, dropped);
    const lost = matters ? lossOf(behavior, viewers, dropped, replaced) : undefined;
    const answer = {
      ...got,
      ...(lost && { cause: lost.cause, answeredBy: behavior.where }),
      ...(isLostBelow(behavior, api, request.path, got) && {
        cause: 'distribution-prefix',
        answeredBy: behavior.where,
      }),
      trail: lost?.cause === 'distribution-origin' ? [lost.told] : [...way, ...(lost ? [lost.told] : []), ...got.trail],
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
}

const SPELLING =
  'CloudFront speaks HTTP/1.1 with its origin: whether API Gateway then sees "origin" or "Origin" is not known';
