import { type IncomingHttpHeaders, type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Readable } from 'node:stream';

/** What arrives at a backend. */
export interface BackendRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface BackendAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly body: string | Readable;
}

/** What stands behind the integrations. Rejects where there is no answer. */
export type Backend = (request: BackendRequest, aborted: AbortSignal) => Promise<BackendAnswer>;

/** Does what a backend has to do for CORS, so that nothing but the gateway stands in the way. */
export const mockWithCors: Backend = async (request) => {
  const { origin, 'access-control-request-method': method, 'access-control-request-headers': names } = request.headers;
  const answer = mockAnswer(request);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...(origin ? { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' } : {}),
      ...(method ? { 'access-control-allow-methods': method } : {}),
      ...(names ? { 'access-control-allow-headers': names } : {}),
    },
  };
};

/** Knows nothing of CORS, as web frameworks come. */
export const mockWithoutCors: Backend = async (request) => mockAnswer(request);

function mockAnswer({ method, path }: BackendRequest): BackendAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: `A mock backend got ${method} ${path}` }),
  };
}

/** A backend that listens somewhere, usually on this machine. */
export function forwardTo(backend: URL): Backend {
  const [request, Agent] = backend.protocol === 'https:' ? [secureRequest, SecureAgent] : [plainRequest, PlainAgent];
  const agent = new Agent({ keepAlive: true });
  const base = backend.pathname.replace(/\/$/, '');
  return ({ method, path, headers, body }, signal) =>
    new Promise((resolve, reject) => {
      const onAnswer = (answer: IncomingMessage): void =>
        resolve({ status: answer.statusCode ?? 502, headers: endToEnd(answer.headers), body: answer });
      const forwarded = { ...endToEnd(headers), host: backend.host, 'content-length': String(body.length) };
      const outgoing = request(backend, { method, path: base + path, headers: forwarded, agent, signal, timeout: TIMEOUT }, onAnswer);
      outgoing.on('timeout', () => outgoing.destroy(new TimeoutError()));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}

/** As long as API Gateway waits for an integration, in milliseconds. */
const TIMEOUT = 29_000;

export class TimeoutError extends Error {}

/** Without what is meant for one hop only: https://httpwg.org/specs/rfc9110.html#field.connection */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name)));
}

const HOP_BY_HOP = new Set(
  'connection,keep-alive,proxy-authenticate,proxy-authorization,proxy-connection,te,trailer,transfer-encoding,upgrade'.split(','),
);
