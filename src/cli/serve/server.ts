import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { BackendAnswer } from './backend';
import type { LocalApi, Outcome } from './local-api';

export interface Listening {
  readonly port: number;
  readonly host: string;
}

/** Puts the API on the air. Rejects where it cannot listen there. */
export function serve(api: LocalApi, { port, host }: Listening, log: (outcome: Outcome) => void): Promise<Server> {
  const server = createServer((incoming, outgoing) => void answer(api, incoming, outgoing, log));
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(whyNot(error, port, host))));
    server.listen({ port, host, backlog: 4096 }, () => resolve(server));
  });
}

async function answer(api: LocalApi, incoming: IncomingMessage, outgoing: ServerResponse, log: (outcome: Outcome) => void): Promise<void> {
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  try {
    const { method = 'GET', url = '/', headers } = incoming;
    const outcome = await api.answer({ method, path: pathOf(url), headers, body: await bodyOf(incoming) }, gone.signal);
    if (gone.signal.aborted) return;
    log(outcome);
    send(outcome.reply, outgoing);
  } catch (error) {
    // Whoever went away in the middle of a request needs no answer; anybody else learns that this program is at fault.
    if (gone.signal.aborted || incoming.destroyed) outgoing.destroy();
    else send({ status: 500, headers: {}, body: `cdk-cors: ${(error as Error).stack}` }, outgoing);
  }
}

function send({ status, headers, body }: BackendAnswer, outgoing: ServerResponse): void {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) outgoing.setHeader(name, value);
  if (typeof body === 'string') outgoing.end(body);
  else pipeline(body, outgoing, () => undefined); // what breaks off on one side ends on the other
}

/** undefined where it is larger than what API Gateway takes. */
async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return size <= MAX_BODY ? Buffer.concat(chunks) : undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MAX_BODY = 10 * 1024 * 1024;

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
