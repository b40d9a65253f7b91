import { type IncomingHttpHeaders, request as plainRequest } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { isIP } from 'node:net';
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

export interface LiveResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
}

/**
 * Sends one request as browsers do: over HTTP/2 where the server speaks it. Rejects with a line for
 * a person where nothing comes back.
 */
export async function send(url: URL, request: GatewayRequest, options: Options): Promise<LiveResponse> {
  const signal = AbortSignal.timeout(options.timeout);
  try {
    if (url.protocol === 'http:') return await overHttp1(url, request, signal);
    const socket = await secureSocket(url, options, signal);
    try {
      return await (socket.alpnProtocol === 'h2'
        ? overHttp2(url, request, socket, signal)
        : overHttp1(url, request, signal, socket));
    } finally {
      socket.destroy();
    }
  } catch (error) {
    throw signal.aborted
      ? new Error(`${url.host} does not answer within ${options.timeout / 1000} s.`)
      : whyNoAnswer(error, url);
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
    signal.addEventListener('abort', () => socket.destroy(new Error('too late')));
  });
}

function overHttp1(
  url: URL,
  { method, path, headers }: GatewayRequest,
  signal: AbortSignal,
  socket?: TLSSocket,
): Promise<LiveResponse> {
  return new Promise((resolve, reject) => {
    const options = {
      method,
      path,
      headers: { host: url.host, ...BROWSER, ...headers },
      signal,
      createConnection: socket && (() => socket),
    };
    const outgoing = plainRequest(
      { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: url.port, ...options },
      (answer) => {
        resolve({ status: answer.statusCode ?? 0, headers: singleValues(answer.headers), protocol: 'HTTP/1.1' });
        outgoing.destroy();
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

function overHttp2(
  url: URL,
  { method, path, headers }: GatewayRequest,
  socket: TLSSocket,
  signal: AbortSignal,
): Promise<LiveResponse> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(url, { createConnection: () => socket });
    session.on('error', reject);
    const stream = session.request({ ':method': method, ':path': path, ...BROWSER, ...headers }, { signal });
    stream.on('error', reject);
    stream.on('response', ({ ':status': status = 0, ...answered }) => {
      resolve({ status, headers: singleValues(answered as IncomingHttpHeaders), protocol: 'HTTP/2' });
      stream.close();
      session.close();
    });
    stream.end();
  });
}

/** What every browser sends with a request that a script makes. */
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (compatible; cdk-cors)',
  'sec-fetch-dest': 'empty',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'cross-site',
};
