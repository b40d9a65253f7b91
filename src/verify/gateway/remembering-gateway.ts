import type { Gateway, GatewayAnswer, GatewayOptions, GatewayRequest } from './gateway';

/** A gateway that works each answer out once: several distributions ask an API the same. */
export class RememberingGateway implements Gateway {
  public readonly deploymentFaults: string[];
  public readonly url: Gateway['url'];
  public readonly ownHosts: Gateway['ownHosts'];
  public readonly sides: Gateway['sides'];
  private readonly answers = new Map<string, GatewayAnswer>();

  public constructor(private readonly gateway: Gateway) {
    this.deploymentFaults = gateway.deploymentFaults;
    this.url = gateway.url;
    this.ownHosts = gateway.ownHosts;
    this.sides = gateway.sides?.map(({ when, gateway: side }) => ({ when, gateway: new RememberingGateway(side) }));
  }

  public answer(request: GatewayRequest, options: GatewayOptions = {}): GatewayAnswer {
    const key = keyOf(request, options);
    let answer = this.answers.get(key);
    if (!answer) {
      answer = this.gateway.answer(request, options);
      if (this.answers.size >= MANY) this.answers.clear();
      this.answers.set(key, answer);
    }
    return answer;
  }
}

/** A server that runs for days must not keep them all. */
const MANY = 10_000;

function keyOf({ method, path, headers, body }: GatewayRequest, options: GatewayOptions): string {
  let key = `${method} ${path}`;
  for (const name in headers) key += `${BREAK}${name}:${headers[name]}`;
  return `${key}${BREAK}${JSON.stringify(options)}${body === undefined ? '' : BREAK + body}`;
}

/** No path and no header has it. */
const BREAK = '\u0000';
