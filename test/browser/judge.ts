/**
 * Has a real browser make actual requests from pages of real origins, and says what the pages'
 * scripts got to see.
 */
import type { GatewayRequest } from '../../src/verify/gateway/gateway';
import type { BrowserRequest } from '../../src/verify/verdict';
import { type Backend, type Exchange, LoopbackServer, type Ports } from './server';

/** What the judge needs of a browser; the tabs of Playwright and Puppeteer both fit. */
export interface Engine {
  newTab(): Promise<Tab>;
  close(): Promise<void>;
}

interface Tab extends Frame {
  on(event: 'console', listener: (message: { text(): string }) => void): unknown;
  goto(url: string): Promise<unknown>;
  frames(): Frame[];
}

interface Frame {
  evaluate<Result, Argument>(script: (argument: Argument) => Result, argument: Argument): Promise<Awaited<Result>>;
}

/** A request, and what the API at the other end answers. */
export interface Attempt {
  readonly request: BrowserRequest;
  readonly answer: Backend;
  /** How often the script asks, one time after the other; default: once. */
  readonly times?: number;
}

export interface Observation {
  /** Whether the script could read the response. */
  readonly allowed: boolean;
  readonly status?: number;
  /** The headers that the script could read. */
  readonly headers: Record<string, string>;
  /** The preflights that were sent, and their answers. */
  readonly preflights: Exchange[];
  /** The actual requests that were sent, and their answers. */
  readonly actuals: Exchange[];
  /** What the browser printed about it: URLs as the script wrote them. */
  readonly printed: string[];
}

export class Judge {
  public static async call(launch: (ports: Ports) => Promise<Engine>): Promise<Judge> {
    const server = await LoopbackServer.start();
    try {
      return new Judge(server, await launch(server.ports));
    } catch (error) {
      await server.stop(); // or it would keep the process alive
      throw error;
    }
  }

  /** By the URL that a message is about. */
  private readonly printed = new Map<string, string[]>();
  private awaited = 0;
  private readonly pages = new Map<string, Promise<Frame>>();

  private constructor(
    private readonly server: LoopbackServer,
    private readonly engine: Engine,
  ) {}

  /** One observation an attempt, in their order. */
  public async observe(attempts: Attempt[]): Promise<Observation[]> {
    const observations: Observation[] = [];
    const urls: string[] = [];
    const origins = new Set(attempts.map(({ request }) => request.origin));
    await Promise.all(
      [...origins].map(async (origin) => {
        const mine = [...attempts.entries()].filter(([, { request }]) => request.origin === origin);
        const shows = mine.map(([, { request, answer }]) => this.server.show(request.path, answer));
        const fetches = mine.map(([, { request, times = 1 }], i) => ({
          url: shows[i].url,
          init: initOf(request),
          times,
        }));
        const seen = await (await this.pageOf(origin)).evaluate(fetchAll, fetches);
        mine.forEach(([index], i) => {
          observations[index] = { ...seen[i], ...rolesOf(shows[i].exchanges), printed: [] };
          urls[index] = shows[i].url;
        });
      }),
    );
    await this.printedAll(observations.filter(({ allowed }) => !allowed).length);
    return observations.map((seen, index) => ({ ...seen, printed: this.printed.get(urls[index]) ?? [] }));
  }

  /** Messages come on their own way, some after the script has gone on. */
  private async printedAll(atLeast: number): Promise<void> {
    const due = this.awaited + atLeast;
    this.awaited = due;
    for (let waited = 0; this.printed.size < due && waited < 500; waited += 10)
      await new Promise((go) => setTimeout(go, 10));
  }

  public async dismiss(): Promise<void> {
    await this.engine.close();
    await this.server.stop();
  }

  /** One page an origin, kept for all its requests: a tab each would take twenty times as long. */
  private pageOf(origin: string): Promise<Frame> {
    const page = this.pages.get(origin) ?? this.openPage(origin);
    this.pages.set(origin, page);
    return page;
  }

  private note(text: string): void {
    const url = /https:\/\/api\.example\.com\/[^\s']*/.exec(text)?.[0];
    if (url && text.startsWith('Access to')) this.printed.set(url, [...(this.printed.get(url) ?? []), text]);
  }

  private async openPage(origin: string): Promise<Frame> {
    const tab = await this.engine.newTab();
    tab.on('console', (message) => this.note(message.text()));
    await tab.goto(origin === 'null' ? 'https://app.example.com/' : origin);
    const page = origin === 'null' ? tab.frames()[1] : tab;
    const actual = await page.evaluate(() => (globalThis as unknown as { origin: string }).origin, undefined);
    if (actual !== origin) throw new Error(`No page has the origin "${origin}": the browser says "${actual}".`);
    return page;
  }
}

const initOf = ({ method, headers, credentials }: BrowserRequest) => ({
  method,
  headers,
  credentials: credentials ? ('include' as const) : undefined,
});

/**
 * Runs in the page: a hundred at a time, since browsers give up on thousands. The last time that a
 * script asks is what counts.
 */
async function fetchAll(fetches: { url: string; init: RequestInit; times: number }[]) {
  const seen: { allowed: boolean; status?: number; headers: Record<string, string> }[] = [];
  const ask = async ({ url, init, times }: (typeof fetches)[0]) => {
    try {
      for (let time = 1; time < times; time++) await fetch(url, init);
      const response = await fetch(url, init);
      await response.text();
      return { allowed: true, status: response.status, headers: Object.fromEntries(response.headers) };
    } catch {
      return { allowed: false, headers: {} };
    }
  };
  for (let i = 0; i < fetches.length; i += 100) seen.push(...(await Promise.all(fetches.slice(i, i + 100).map(ask))));
  return seen;
}

/**
 * As a server tells them: a page that fetches with the method OPTIONS sends both, and only one
 * announces another request.
 */
export const isPreflight = ({ method, headers }: GatewayRequest): boolean =>
  method === 'OPTIONS' && 'access-control-request-method' in headers;

function rolesOf(exchanges: Exchange[]): Pick<Observation, 'preflights' | 'actuals'> {
  return {
    preflights: exchanges.filter(({ request }) => isPreflight(request)),
    actuals: exchanges.filter(({ request }) => !isPreflight(request)),
  };
}
