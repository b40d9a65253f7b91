import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest, GatewaySide } from './gateway/gateway';

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

  public get url(): string | undefined {
    return this.gateway.url;
  }

  public get deploymentFaults(): string[] {
    return this.gateway.deploymentFaults;
  }

  /** Of the sides, too, the last one's exchanges stay: the first is asked last. */
  public get sides(): GatewaySide[] | undefined {
    return this.gateway.sides?.map(({ when, gateway }) => ({
      when,
      gateway: {
        deploymentFaults: gateway.deploymentFaults,
        url: gateway.url,
        ownHosts: gateway.ownHosts,
        answer: (request, options) => this.noted(gateway, request, options),
      },
    }));
  }

  public get ownHosts(): string[] | undefined {
    return this.gateway.ownHosts;
  }

  public answer(request: GatewayRequest, options?: GatewayOptions): GatewayAnswer {
    return this.noted(this.gateway, request, options);
  }

  private noted(gateway: Gateway, request: GatewayRequest, options?: GatewayOptions): GatewayAnswer {
    const answer = gateway.answer(request, options);
    const part = 'access-control-request-method' in request.headers ? 'preflight' : 'response';
    this.exchanges = { ...this.exchanges, [part]: { request, answer } };
    return answer;
  }
}
