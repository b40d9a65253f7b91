import type { Gateway, GatewayAnswer, GatewayRequest } from '../../verify/gateway/gateway';
import { gatewayFor } from '../../verify/gateway/gateway-for';
import type { ApiModel } from '../../verify/model/api-model';
import { routesOf } from '../../verify/requests/routes';
import { singleValues } from '../header-values';
import { type Backend, type BackendAnswer, type BackendRequest, TimeoutError } from './backend';
import type { FunctionBackends } from './functions/backends';
import { NotAResponse } from './functions/streamed';
import { known, ownReply } from './own-reply';

/** What API Gateway made of a request, and what goes back to the client. */
export interface Outcome {
  readonly request: GatewayRequest;
  readonly answer: GatewayAnswer;
  readonly reply: BackendAnswer;
  /** Whether a backend was asked. */
  readonly forwarded: boolean;
  /** Whether that was the app's own function. */
  readonly ran?: boolean;
}

/**
 * A request as it arrived, from the stage on; `body` is undefined where it was too large to be
 * taken.
 */
export type Received = Omit<BackendRequest, 'body'> & { readonly body?: Buffer };

/** An API as it will be once it is deployed: the gateway's model in front, a backend behind. */
export class LocalApi {
  private readonly gateway: Gateway;

  public constructor(
    private readonly api: ApiModel,
    private readonly backend: Backend,
    private readonly functions?: FunctionBackends,
  ) {
    this.gateway = gatewayFor(api);
  }

  public answer(received: Received, aborted: AbortSignal): Promise<Outcome> {
    return this.answerBelowStage({ ...received, path: this.belowStage(received.path) }, aborted);
  }

  /** The same for callers that know where the API's own paths begin. */
  public async answerBelowStage(received: Received, aborted: AbortSignal): Promise<Outcome> {
    const { method, path, body } = received;
    const request = { method, path, headers: singleValues(received.headers), body: body?.toString() };
    if (body === undefined) return this.failed(request, 'REQUEST_TOO_LARGE', 413);
    const decided = this.gateway.answer(request);
    const ownFunction = this.functions?.behind(this.api, decided);
    if (decided.status !== 0 && !ownFunction)
      return { request, answer: decided, reply: ownReply(decided), forwarded: false };
    const answer = ownFunction ? this.leftToFunction(decided) : decided;
    try {
      const behind = await (ownFunction ?? this.backend)({ ...received, body }, aborted);
      return {
        request,
        answer,
        reply: throughGateway(behind, answer),
        forwarded: true,
        ran: ownFunction !== undefined,
      };
    } catch (error) {
      const isLate = error instanceof TimeoutError;
      const [type, status] = isLate ? (['INTEGRATION_TIMEOUT', 504] as const) : (['INTEGRATION_FAILURE', 502] as const);
      const why = (error as Error).message;
      if (!ownFunction) return this.failed(request, type, status, `its backend gives no answer: ${why}`);
      const failed = this.failed(request, type, status, why);
      // So says AWS of functions that fail.
      const isInternal = this.api.kind === 'HTTP' || error instanceof NotAResponse;
      return isLate ? failed : withStatus(failed, isInternal ? 500 : 502);
    }
  }

  /**
   * The function answers itself, whatever is known of it;
   * but an HTTP API with a CORS configuration has the last word.
   */
  private leftToFunction(answer: GatewayAnswer): GatewayAnswer {
    if (this.api.kind === 'HTTP' && this.api.cors) return { ...answer, status: 0 };
    return { ...answer, status: 0, headers: answer.added ?? {}, headersAreFinal: false, decidedBy: 'backend' };
  }

  /** The gateway's own error; HTTP APIs have no gateway response for some of them. */
  private failed(request: GatewayRequest, gatewayError: string, status: number, why?: string): Outcome {
    const bare = {
      status,
      headers: {},
      body: '',
      decidedBy: 'gateway' as const,
      trail: [`API Gateway answers ${status} on its own`],
    };
    const isOwn = this.api.kind !== 'HTTP' || gatewayError !== 'REQUEST_TOO_LARGE';
    const answer = isOwn ? this.gateway.answer(request, { gatewayError }) : bare;
    const told = why === undefined ? answer : { ...answer, trail: [why, ...answer.trail] };
    return { request, answer: told, reply: ownReply(told), forwarded: false };
  }

  /**
   * URLs of a deployed API begin with the stage, unless it has a domain of its own: both work here.
   */
  private belowStage(target: string): string {
    const [, first, rest] = /^\/([^/?]+)(.*)$/.exec(target) ?? [];
    if (first === undefined || !this.api.stages.includes(first)) return target;
    const isRoute = routesOf(this.api).some(({ path }) => `${path}/`.startsWith(`/${first}/`));
    return isRoute ? target : rest.startsWith('/') ? rest : `/${rest}`;
  }
}

function withStatus(outcome: Outcome, status: number): Outcome {
  return { ...outcome, answer: { ...outcome.answer, status }, reply: { ...outcome.reply, status } };
}

/**
 * An HTTP API with a CORS configuration drops what its backend says of CORS;
 * a function URL adds to it.
 */
function throughGateway(behind: BackendAnswer, { headers, headersAreFinal, added }: GatewayAnswer): BackendAnswer {
  if (added) return { ...behind, headers: withAdded(behind.headers, known(added)) };
  const kept = Object.entries(behind.headers).filter(
    ([name]) => !(headersAreFinal && name.startsWith('access-control-')),
  );
  return { ...behind, headers: { ...Object.fromEntries(kept), ...known(headers) } };
}

/** Two headers of one name stay two, as they do on their way from Lambda. */
function withAdded(own: BackendAnswer['headers'], added: Record<string, string>): BackendAnswer['headers'] {
  const both = Object.entries(added).map(([name, value]) => [
    name,
    own[name] === undefined || (own[name] === value && name === 'vary') ? value : [own[name], value].flat(),
  ]);
  return { ...own, ...Object.fromEntries(both) };
}
