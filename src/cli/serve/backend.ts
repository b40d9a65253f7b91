import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  Agent as PlainAgent,
  request as plainRequest,
} from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { BodyBudget, MAX_BODY } from './bodies';

/** A request as an integration hands it to its backend. */
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
  /** A stream is passed on as it comes. */
  readonly body: string | Buffer | Readable;
  /** To be called once the body is sent. */
  release?(): void;
}

/** What stands behind the integrations. Rejects where there is no whole answer. */
export type Backend = (request: BackendRequest, aborted: AbortSignal) => Promise<BackendAnswer>;

export class TimeoutError extends Error {}

interface ForwardOptions {
  /**
   * For the whole answer, in milliseconds; default: as long as API Gateway waits for an
   * integration.
   */
  readonly timeLimit?: number;
  readonly bodies?: BodyBudget;
}

/**
 * A backend that listens somewhere, usually on this machine. Its answers are whole before they are
 * passed on, as API Gateway's are.
 */
export function forwardTo(
  backend: URL,
  { timeLimit = TIME_LIMIT, bodies = new BodyBudget() }: ForwardOptions = {},
): Backend {
  const [request, Agent] = backend.protocol === 'https:' ? [secureRequest, SecureAgent] : [plainRequest, PlainAgent];
  const agent = new Agent({ keepAlive: true });
  const base = backend.pathname.replace(/\/$/, '');
  return async ({ method, path, headers, body }, aborted) => {
    const forwarded = { ...endToEnd(headers), host: backend.host, 'content-length': String(body.length) };
    const outgoing = request(backend, { method, path: base + path, headers: forwarded, agent });
    const stop = limit(outgoing, timeLimit, aborted);
    try {
      const head = answerOf(outgoing);
      outgoing.end(body);
      const answer = await head;
      const status = statusOf(answer);
      const { bytes, release } = await bodies.read(answer, MAX_BODY);
      if (stop.reason) throw stop.reason; // a body without a length looks whole when it is cut off
      return {
        status,
        headers: { ...endToEnd(answer.headers), ...lengthOf(method, answer, bytes) },
        body: bytes,
        release,
      };
    } catch (error) {
      outgoing.destroy();
      throw stop.reason ?? error;
    } finally {
      stop.clear();
    }
  };
}

/**
 * As long as API Gateway waits for an integration:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const TIME_LIMIT = 29_000;

/** Ends the exchange when its time is over, or when the client has gone. */
function limit(outgoing: ClientRequest, timeLimit: number, aborted: AbortSignal): { reason?: Error; clear(): void } {
  const end = (reason: Error): void => {
    stop.reason ??= reason;
    outgoing.destroy(reason);
  };
  const gone = (): void => end(new Error('the client went away'));
  const timer = setTimeout(() => end(new TimeoutError(`it takes longer than ${timeLimit / 1000} s`)), timeLimit);
  const stop: { reason?: Error; clear(): void } = {
    clear: () => {
      clearTimeout(timer);
      aborted.removeEventListener('abort', gone);
    },
  };
  aborted.addEventListener('abort', gone);
  if (aborted.aborted) gone();
  return stop;
}

function answerOf(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', reject); // stays, for what breaks after the answer began
    outgoing.on('upgrade', ({ statusCode }, socket) => {
      socket.destroy();
      reject(new Error(`it answers with ${statusCode}, which ends no request`));
    });
    outgoing.on('close', () => reject(new Error('it closed the connection without an answer')));
  });
}

function statusOf({ statusCode = 0 }: IncomingMessage): number {
  if (statusCode >= 200 && statusCode <= 599) return statusCode;
  throw new Error(`it answers with ${String(statusCode).padStart(3, '0')}, which is not the status of an answer`);
}

/** The length of what is sent; of what a HEAD leaves out, only the backend knows it. */
function lengthOf(method: string, { headers }: IncomingMessage, bytes: Buffer): IncomingHttpHeaders {
  return method === 'HEAD'
    ? { 'content-length': headers['content-length'] }
    : { 'content-length': String(bytes.length) };
}

/**
 * Without what is meant for one hop only: https://httpwg.org/specs/rfc9110.html#field.connection
 */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name)));
}

const HOP_BY_HOP = new Set([
  ...['connection', 'proxy-connection', 'keep-alive', 'upgrade'],
  ...['proxy-authenticate', 'proxy-authorization'],
  ...['te', 'trailer', 'transfer-encoding'],
]);
