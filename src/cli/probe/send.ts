import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { type ClientHttp2Stream, connect as connectHttp2 } from 'node:http2';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { GatewayRequest } from '../../verify/gateway/gateway';
import { singleValues } from '../header-values';
import { whyNoAnswer } from './failures';

export interface Options {
  /** In milliseconds. */
  readonly timeout: number;
  /** Certificates to trust besides those that Node.js does. */
  readonly ca?: string;
}

interface LiveResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  /** As much of it as came at once, and as tells what it is. */
  readonly body: string;
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
}

/**
 * Sends one request as browsers do: over HTTP/2 where the server speaks it.
 * Rejects with a line for users where no answer comes.
 */
export async function send(url: URL, request: GatewayRequest, options: Options): Promise<LiveResponse> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), options.timeout); // keeps the process alive, unlike AbortSignal.timeout
  try {
    if (url.protocol === 'http:') return await overHttp1(url, request, limit.signal);
    const socket = await secureSocket(url, options, limit.signal);
    try {
      const isHttp2 = socket.alpnProtocol === 'h2';
      return await (isHttp2
        ? overHttp2(url, request, socket, limit.signal)
        : overHttp1(url, request, limit.signal, socket));
    } finally {
      socket.destroy();
    }
  } catch (error) {
    throw limit.signal.aborted
      ? new Error(`${url.host} does not answer within ${options.timeout / 1000} s.`)
      : whyNoAnswer(error, url);
  } finally {
    clearTimeout(timer);
  }
}

function secureSocket(url: URL, { ca }: Options, signal: AbortSignal): Promise<TLSSocket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const servername = isIP(host) ? undefined : host;
  return new Promise((resolve, reject) => {
    const socket = connectTls(
      { host, port: Number(url.port || 443), servername, ca, ALPNProtocols: ['h2', 'http/1.1'] },
      () => resolve(socket),
    );
    socket.on('error', reject);
    socket.on('close', () => reject(HUNG_UP));
    signal.addEventListener('abort', () => socket.destroy(new Error('too late')));
  });
}

async function overHttp1(
  url: URL,
  { method, path, headers }: GatewayRequest,
  signal: AbortSignal,
  socket?: TLSSocket,
): Promise<LiveResponse> {
  const outgoing = plainRequest({
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    method,
    path,
    headers: { host: url.host, ...BROWSER, ...headers },
    signal,
    ...(socket ? { createConnection: () => socket } : { agent: false }), // a connection of its own
  });
  const head = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    outgoing.on('close', () => reject(HUNG_UP));
    outgoing.on('upgrade', ({ statusCode = 0 }) => reject(notAnAnswer(statusCode)));
  });
  try {
    outgoing.end();
    const answer = await head;
    const status = statusFrom(answer.statusCode);
    return { status, headers: singleValues(answer.headers), body: await beginningOf(answer), protocol: 'HTTP/1.1' };
  } finally {
    outgoing.destroy();
  }
}

async function overHttp2(
  url: URL,
  { method, path, headers }: GatewayRequest,
  socket: TLSSocket,
  signal: AbortSignal,
): Promise<LiveResponse> {
  const session = connectHttp2(url, { createConnection: () => socket });
  try {
    const { stream, head } = await new Promise<{
      stream: ClientHttp2Stream;
      head: IncomingHttpHeaders & { ':status'?: number };
    }>((resolve, reject) => {
      session.on('error', reject);
      session.on('close', () => reject(HUNG_UP));
      const stream = session.request({ ':method': method, ':path': path, ...BROWSER, ...headers }, { signal });
      stream.on('error', reject);
      stream.on('close', () => reject(HUNG_UP));
      stream.on('response', (head) => resolve({ stream, head: head as IncomingHttpHeaders }));
      stream.end();
    });
    const { ':status': status, ...answered } = head;
    return {
      status: statusFrom(status),
      headers: singleValues(answered),
      body: await beginningOf(stream),
      protocol: 'HTTP/2',
    };
  } finally {
    session.destroy();
  }
}

/** What is there within a moment; a body may also be endless. */
function beginningOf(body: Readable): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const end = (): void => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).subarray(0, ENOUGH).toString());
    };
    const timer = setTimeout(end, MOMENT);
    body.on('data', (chunk) => {
      chunks.push(chunk);
      if (chunks.reduce((sum, { length }) => sum + length, 0) >= ENOUGH) end();
    });
    for (const event of ['end', 'error', 'close', 'aborted']) body.on(event, end);
  });
}

/** In bytes, and in milliseconds. */
const ENOUGH = 8192;
const MOMENT = 1000;

function statusFrom(status = 0): number {
  if (status >= 200 && status <= 599) return status;
  throw notAnAnswer(status);
}

function notAnAnswer(status: number): Error {
  return new Error(`its status is ${String(status).padStart(3, '0')}, with which no browser can end a request`);
}

const HUNG_UP = Object.assign(new Error('closed'), { code: 'ECONNRESET' });

/** What every browser sends with a request that a script makes. */
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (compatible; cdk-cors)',
  'sec-fetch-dest': 'empty',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'cross-site',
};
