import type { Exchange } from '../../verify/exchanges';
import type { Gateway, GatewayAnswer, GatewayRequest } from '../../verify/gateway/gateway';
import { judge } from '../../verify/judge';
import type { Judgement } from '../../verify/judgement';
import type { BrowserRequest } from '../../verify/verdict';

/** What a browser makes of a request, and what passed between it and the API. */
export interface Judged {
  readonly verdict: Judgement;
  readonly exchanges: Exchange[];
}

/** With what was asked. */
export interface Probed extends Judged {
  readonly request: BrowserRequest;
  /** Without the path. */
  readonly url: string;
  /** What to change, where the rule alone does not tell. */
  readonly change?: string;
}

/**
 * The simulator's judge over an API that answers on its own:
 * whatever the judge asks and does not know yet is sent.
 */
export async function judgeLive(
  request: BrowserRequest,
  send: (request: GatewayRequest) => Promise<GatewayAnswer>,
): Promise<Judged> {
  const exchanges: Exchange[] = [];
  for (;;) {
    try {
      return { verdict: judge(new Transcript(exchanges), request), exchanges };
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      exchanges.push({ request: error.request, answer: await send(error.request) });
    }
  }
}

/** Answers again what was answered, in the same order. */
class Transcript implements Gateway {
  public readonly deploymentFaults = [];
  private asked = 0;

  public constructor(private readonly exchanges: Exchange[]) {}

  public answer(request: GatewayRequest): GatewayAnswer {
    const known = this.exchanges[this.asked++];
    if (!known) throw new Unanswered(request);
    return known.answer;
  }
}

class Unanswered extends Error {
  public constructor(public readonly request: GatewayRequest) {
    super('not asked yet');
  }
}
