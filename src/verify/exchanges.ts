import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest } from './gateway/gateway';

/** What the browser sends, and what comes back. */
export interface Exchanges {
  readonly preflight?: Exchange;
  readonly response?: Exchange;
}

export interface Exchange {
  readonly request: GatewayRequest;
  readonly answer: GatewayAnswer;
}

/**
 * A gateway that notes what passes between it and the browser: a verdict alone does not tell how it
 * came about.
 */
export class Recorder implements Gateway {
  public exchanges: Exchanges = {};

  public constructor(private readonly gateway: Gateway) {}

  public get deploymentFaults(): string[] {
    return this.gateway.deploymentFaults;
  }

  public answer(request: GatewayRequest, options?: GatewayOptions): GatewayAnswer {
    const answer = this.gateway.answer(request, options);
    const part = 'access-control-request-method' in request.headers ? 'preflight' : 'response';
    this.exchanges = { ...this.exchanges, [part]: { request, answer } };
    return answer;
  }
}
