import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BodyBudget } from './bodies';
import type { Outcome, Received } from './local-api';
import type { Place } from './places';
import { type Answering, type Listening, serve } from './server';

/** Several places online at once, a port each. Each can be replaced while its server goes on. */
export class Servers {
  private readonly servers = new Map<string, { server: Server; current: Replaceable }>();
  private readonly bodies = new BodyBudget();

  public constructor(
    private readonly listening: Listening,
    private readonly log: (outcome: Outcome, place: Place) => void,
  ) {}

  public get count(): number {
    return this.servers.size;
  }

  /**
   * Puts those online that are new, and replaces those that were there; the others stay as they
   * are. Returns the new ones, and who is missing. Where one finds no port, all stays as it was.
   */
  public async take(places: Place[]): Promise<{ added: [Place, string][]; missing: string[] }> {
    const added: [Place, string][] = [];
    try {
      for (const place of places) if (!this.servers.has(place.key)) added.push([place, await this.add(place)]);
    } catch (error) {
      for (const [place] of added) await this.remove(place);
      throw error;
    }
    for (const place of places) this.servers.get(place.key)!.current.place = place;
    const present = new Set(places.map(({ key }) => key));
    const gone = [...this.servers].filter(([key]) => !present.has(key));
    return { added, missing: gone.map(([, { current }]) => current.place.name) };
  }

  public async close(): Promise<void> {
    for (const { current } of [...this.servers.values()]) await this.remove(current.place);
  }

  private async remove({ key }: Place): Promise<void> {
    const { server } = this.servers.get(key)!;
    this.servers.delete(key);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }

  private async add(place: Place): Promise<string> {
    const current = new Replaceable(place);
    const { port, host } = this.listening;
    const own = { host, port: port === 0 ? 0 : port + this.servers.size, bodies: this.bodies };
    const server = await serve(current, own, (outcome) => this.log(outcome, current.place));
    this.servers.set(place.key, { server, current });
    return addressOf(server);
  }
}

class Replaceable implements Answering {
  public constructor(public place: Place) {}

  public answer(received: Received, aborted: AbortSignal): Promise<Outcome> {
    return this.place.local.answer(received, aborted);
  }
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
