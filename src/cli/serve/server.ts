import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  validateHeaderName,
  validateHeaderValue,
} from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { singleValues } from '../header-values';
import type { BackendAnswer } from './backend';
import { BodyBudget, MAX_BODY, TooLarge, TooMany } from './bodies';
import { HostGuard } from './host-guard';
import type { Outcome, Received } from './local-api';

export interface Listening {
  readonly port: number;
  readonly host: string;
  readonly bodies?: BodyBudget;
}

/** What answers: an API, or whichever took its place since. */
export interface Answering {
  /** `body` is undefined where it was too large to be taken. */
  answer(received: Received, aborted: AbortSignal): Promise<Outcome>;
}

/** Puts an API online on this machine. Rejects where it cannot listen there. */
export function serve(
  api: Answering,
  { port, host, bodies = new BodyBudget() }: Listening,
  log: (outcome: Outcome) => void,
): Promise<Server> {
  const guard = new HostGuard(host);
  const server = createServer(
    (incoming, outgoing) => void new Exchange(incoming, outgoing, bodies).run(api, guard, log),
  );
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(whyNot(error, port, host))));
    server.listen({ port, host, backlog: 8192 }, () => resolve(server));
  });
}

/** One request and its answer. Whatever goes wrong ends here: nothing may end the process. */
class Exchange {
  private readonly gone = new AbortController();

  public constructor(
    private readonly incoming: IncomingMessage,
    private readonly outgoing: ServerResponse,
    private readonly bodies: BodyBudget,
  ) {
    outgoing.on('close', () => this.gone.abort());
    outgoing.on('error', () => this.gone.abort());
  }

  public async run(api: Answering, guard: HostGuard, log: (outcome: Outcome) => void): Promise<void> {
    try {
      const outcome = await this.outcome(api, guard);
      if (this.gone.signal.aborted)
        outcome.reply.release?.(); // nobody is there to get it
      else log(this.sent(outcome));
    } catch (error) {
      if (this.gone.signal.aborted) return;
      log(this.sent(this.ownAnswer(500, `cdk-cors failed: ${(error as Error).message}`)));
    }
  }

  private async outcome(api: Answering, guard: HostGuard): Promise<Outcome> {
    const refusal = guard.refusal(this.incoming.headers.host);
    if (refusal) return this.ownAnswer(403, refusal);
    const { method = 'GET', url = '/', headers } = this.incoming;
    const request = { method, path: pathOf(url), headers };
    try {
      if (Number(headers['content-length'] ?? 0) > MAX_BODY) throw new TooLarge(MAX_BODY);
      const { bytes, release } = await this.bodies.read(this.incoming, MAX_BODY);
      this.outgoing.on('close', release);
      return await api.answer({ ...request, body: bytes }, this.gone.signal);
    } catch (error) {
      if (error instanceof TooMany) return this.ownAnswer(503, error.message);
      if (error instanceof TooLarge) return api.answer(request, this.gone.signal);
      throw error;
    }
  }

  /** Throws before anything is sent where it cannot be. */
  private sent(outcome: Outcome): Outcome {
    const { status, headers, body, release } = outcome.reply;
    if (release) this.outgoing.on('close', release);
    for (const [name, value] of Object.entries(headers)) check(name, value);
    if (!(status >= 200 && status <= 599)) throw new Error(`${status} is not the status of an answer`);
    this.outgoing.statusCode = status;
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) this.outgoing.setHeader(name, value);
    if (!this.incoming.complete) this.cutOff();
    if (body instanceof Readable) this.stream(body);
    else this.outgoing.end(body);
    return outcome;
  }

  /**
   * The status is on its way before the first byte;
   * where the stream breaks off, so does the answer.
   */
  private stream(body: Readable): void {
    this.outgoing.flushHeaders();
    pipeline(body, this.outgoing, () => undefined);
  }

  /**
   * Reads no more of a body that nobody wants, and ends the connection once the client had a moment
   * to see the answer. Not by `Connection: close`, with which Node.js would end it at once, and the
   * client would see a reset alone.
   */
  private cutOff(): void {
    const { incoming } = this;
    incoming.on('error', () => undefined);
    this.outgoing.on('finish', () => {
      incoming.pause();
      setTimeout(() => incoming.destroy(), LINGER);
    });
  }

  /** What this program says, and API Gateway never would. */
  private ownAnswer(status: number, why: string): Outcome {
    const { method = 'GET', url = '/', headers } = this.incoming;
    const answer = { status, headers: {}, body: '', decidedBy: 'gateway' as const, trail: [why] };
    const reply: BackendAnswer = {
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: `cdk-cors serve: ${why}` }),
    };
    return { request: { method, path: pathOf(url), headers: singleValues(headers) }, answer, reply, forwarded: false };
  }
}

/** In milliseconds. */
const LINGER = 500;

function check(name: string, value: string | string[] | undefined): void {
  validateHeaderName(name);
  for (const each of [value ?? ''].flat()) validateHeaderValue(name, each);
}

/** A request line may also hold a whole URL, or * alone. */
function pathOf(target: string): string {
  if (target.startsWith('/')) return target;
  return URL.canParse(target) ? new URL(target).pathname + new URL(target).search : '/';
}

function whyNot({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  if (code === 'EADDRINUSE') return `The port ${port} is in use: choose another one with --port.`;
  if (code === 'EACCES') return `The port ${port} is for privileged programs: choose another one with --port.`;
  return `Cannot listen on ${host}: ${message}.`;
}
