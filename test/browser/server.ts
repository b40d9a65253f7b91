/**
 * What stands on loopback: every page's host, and an API whose answers each exchange decides for
 * itself. TLS with a certificate of its own; HTTP/2, or HTTP/1.1 for who asks for it.
 */
import { createServer, type Server } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import type { GatewayRequest } from '../../src/verify/gateway/gateway';

/** From the port that a page or an API is said to have to the one on loopback. */
export type Ports = Record<number, number>;

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export type Backend = (request: GatewayRequest) => Answer | Promise<Answer>;

/** What came in for one fetch, and what went out. */
export interface Exchange {
  readonly request: GatewayRequest;
  readonly answer: Answer;
}

export const API = 'api.example.com';
const HTTPS = [443, 8443];
const HTTP = [80, 3000, 5173];

/** An empty document, with a sandboxed one in it, whose origin is `null`. */
const PAGE =
  '<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" srcdoc="<!doctype html>"></iframe>';

export class LoopbackServer {
  public static async start(): Promise<LoopbackServer> {
    const { private: key, cert } = await generate([{ name: 'commonName', value: API }], {
      keyType: 'ec',
      algorithm: 'sha256',
    });
    const server = new LoopbackServer(createSecureServer({ key, cert, allowHTTP1: true }), createServer());
    await Promise.all(
      [server.secure, server.plain].map((each) => new Promise<void>((up) => each.listen(0, '127.0.0.1', up))),
    );
    return server;
  }

  /** By what a browser asks for: path and query. */
  private readonly shows = new Map<string, Show>();

  private constructor(
    private readonly secure: Http2SecureServer,
    private readonly plain: Server,
  ) {
    secure.on('request', (request, response) =>
      (request.headers.host ?? request.authority) === API ? this.answer(request, response) : sendPage(response),
    );
    plain.on('request', (_, response) => sendPage(response));
  }

  public get ports(): Ports {
    const [secure, plain] = [this.secure, this.plain].map((each) => (each.address() as AddressInfo).port);
    return Object.fromEntries([...HTTPS.map((port) => [port, secure]), ...HTTP.map((port) => [port, plain])]);
  }

  /**
   * Puts an API on the air for one fetch, whose URL is unlike any other, so that no preflight cache
   * answers for another one.
   */
  public show(path: string, answer: Backend): { url: string; exchanges: Exchange[] } {
    const url = new URL(`https://${API}${path}`);
    const show = { path: url.pathname + url.search, answer, exchanges: [] };
    url.search += `${url.search ? '&' : ''}fetch=${this.shows.size}`;
    this.shows.set(url.pathname + url.search, show);
    return { url: url.href, exchanges: show.exchanges };
  }

  public async stop(): Promise<void> {
    await Promise.all([this.secure, this.plain].map((each) => new Promise((down) => each.close(down))));
  }

  private async answer(incoming: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
    const show = this.shows.get(incoming.url);
    if (!show && incoming.url === '/') return sendPage(response); // a page on the API's own host
    if (!show) throw new Error(`Nobody asked for ${incoming.method} ${incoming.url}`);
    const request = { method: incoming.method, path: show.path, headers: wireHeaders(incoming.rawHeaders) };
    const answer = await show.answer(request);
    show.exchanges.push({ request, answer });
    send(response, answer);
  }
}

interface Show {
  readonly path: string;
  readonly answer: Backend;
  readonly exchanges: Exchange[];
}

/** As spelled on the wire, without what HTTP/2 calls pseudo-headers. */
function wireHeaders(raw: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i < raw.length; i += 2) if (!raw[i].startsWith(':')) headers[raw[i]] = raw[i + 1];
  return headers;
}

function sendPage(response: unknown) {
  send(response as Http2ServerResponse, { status: 200, headers: { 'content-type': 'text/html' }, body: PAGE });
}

/** Nothing but what was asked for: no Date, no length. */
function send(response: Http2ServerResponse, { status, headers, body }: Answer): void {
  response.sendDate = false;
  response.writeHead(status, headers);
  response.end(body);
}
