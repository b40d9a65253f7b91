import { Readable } from 'node:stream';
import { behaviorFor } from '../../verify/cloudfront/behaviors';
import { type DistributionModel, nameOfDistribution } from '../../verify/cloudfront/distribution';
import type { Entrances } from '../../verify/entrances';
import type { Gateway, GatewayAnswer, GatewayRequest } from '../../verify/gateway/gateway';
import { gatewayFor } from '../../verify/gateway/gateway-for';
import type { ApiModel } from '../../verify/model/api-model';
import { readable } from '../../verify/unknown';
import { singleValues } from '../header-values';
import type { BackendAnswer } from './backend';
import type { LocalApi, Outcome, Received } from './local-api';
import { ownReply } from './own-reply';
import type { Answering } from './server';

/** What reaches an API behind the distribution. */
interface Asked {
  readonly api: ApiModel;
  readonly request: GatewayRequest;
}

/**
 * A distribution as it will be in front of its APIs: which requests it hands on, with which
 * headers, and what it makes of the answers. Nothing is kept in a cache, and no code runs at the
 * edge.
 */
export class LocalDistribution implements Answering {
  private readonly played: DistributionModel;
  private readonly gateways = new Map<ApiModel, Gateway>();

  public constructor(
    private readonly distribution: DistributionModel,
    private readonly entrances: Entrances,
    private readonly localApiOf: (api: ApiModel) => LocalApi,
  ) {
    const behaviors = distribution.behaviors.map((behavior) => ({ ...behavior, functions: [] }));
    this.played = { ...distribution, behaviors };
  }

  public async answer(received: Received, aborted: AbortSignal): Promise<Outcome> {
    const { method, path, headers, body } = received;
    const request = { method, path, headers: singleValues(headers), body: body?.toString() };
    const { expected, asked } = this.expected(request);
    if (!asked) {
      const answer = this.told(request, expected, expected);
      return { request, answer, reply: ownReply(playable(answer)), forwarded: false };
    }
    const sent = { ...received, path: asked.request.path, headers: asked.request.headers };
    const behind = await this.localApiOf(asked.api).answerBelowStage(sent, aborted);
    const answer = this.told(request, this.toViewer(request, behind), expected);
    return { ...behind, request, answer, reply: replyOf(behind.reply, answer) };
  }

  /** What comes of the request by the templates alone, and what the API is asked on the way. */
  private expected(request: GatewayRequest): { expected: GatewayAnswer; asked?: Asked } {
    let first: Asked | undefined;
    const noting = (api: ApiModel): Gateway => {
      const gateway = this.gatewayOf(api);
      return {
        deploymentFaults: [],
        answer: (asked, options) => {
          first ??= { api, request: asked };
          return gateway.answer(asked, options);
        },
      };
    };
    const expected = this.entrances.edge(this.played, noting).answer(request);
    return { expected, asked: first };
  }

  /** The answer of the API, as the distribution hands it to the viewer. */
  private toViewer(request: GatewayRequest, { answer, reply }: Outcome): GatewayAnswer {
    const headers = singleValues(reply.headers);
    const given: GatewayAnswer = { ...answer, status: reply.status, headers, decidedBy: 'gateway', body: '' };
    const answering = (): Gateway => ({ deploymentFaults: [], answer: () => given });
    const final = this.entrances.edge(this.played, answering).answer(request);
    return { ...final, decidedBy: answer.decidedBy, headersAreFinal: answer.headersAreFinal };
  }

  /** With what the request lost on the way, what is open, and what is not played. */
  private told(request: GatewayRequest, answer: GatewayAnswer, expected: GatewayAnswer): GatewayAnswer {
    const { functions, where } = behaviorFor(this.distribution, request.path);
    const lost = expected.trail.filter((line) => line.includes(nameOfDistribution(this.distribution)));
    const code = functions.map(({ kind, event }) => `${where} has a ${kind} at ${event}, which does not run here`);
    const kept = (expected.alternatives ?? []).filter((each) => each.answer.cause === 'distribution-cache');
    const open = [...(answer.alternatives ?? []), ...kept].map(({ why }) => why);
    return { ...answer, trail: [...new Set([...lost, ...answer.trail, ...code, ...open])] };
  }

  private gatewayOf(api: ApiModel): Gateway {
    const known = this.gateways.get(api) ?? gatewayFor(api);
    this.gateways.set(api, known);
    return known;
  }
}

/**
 * Where nobody can tell what the distribution does, or where it asks something that is not an API.
 */
function playable(answer: GatewayAnswer): GatewayAnswer {
  if (answer.status !== 0) return answer;
  return { ...answer, status: 501, trail: [`cdk-cors serve cannot play this: ${answer.unknown}`] };
}

/** An error page is another one; the headers are those that the viewer gets. */
function replyOf(reply: BackendAnswer, answer: GatewayAnswer): BackendAnswer {
  if (answer.cause === 'distribution-error-page') {
    if (reply.body instanceof Readable) reply.body.destroy(); // nobody will read it
    return { ...ownReply(answer), release: reply.release };
  }
  const before = singleValues(reply.headers);
  const headers = Object.entries(answer.headers).map(([name, value]) => [
    name,
    before[name] === value ? reply.headers[name] : readable(value),
  ]);
  return { ...reply, status: answer.status, headers: Object.fromEntries(headers) };
}
