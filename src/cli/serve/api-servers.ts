import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiModel } from '../../verify/model/api-model';
import { nameOf } from '../input';
import { BodyBudget } from './bodies';
import type { LocalApi, Outcome, Received } from './local-api';
import { type Answering, type Listening, serve } from './server';

/** Several APIs online at once, a port each. Each can be replaced while its server goes on. */
export class ApiServers {
  private readonly servers = new Map<string, { server: Server; current: Replaceable }>();
  private readonly bodies = new BodyBudget();

  public constructor(
    private readonly listening: Listening,
    private readonly log: (outcome: Outcome, api: ApiModel) => void,
  ) {}

  public get count(): number {
    return this.servers.size;
  }

  /**
   * Puts those online that are new, and replaces those that were there; the others stay as they
   * are. Returns the new ones, and who is missing. Where one finds no port, all stays as it was.
   */
  public async take(
    apis: ApiModel[],
    localApi: (api: ApiModel) => LocalApi,
  ): Promise<{ added: [ApiModel, string][]; missing: string[] }> {
    const added: [ApiModel, string][] = [];
    try {
      for (const api of apis) if (!this.servers.has(keyOf(api))) added.push([api, await this.add(api, localApi(api))]);
    } catch (error) {
      for (const [api] of added) await this.remove(api);
      throw error;
    }
    for (const api of apis) this.servers.get(keyOf(api))!.current.replace(localApi(api), api);
    const present = new Set(apis.map(keyOf));
    const gone = [...this.servers].filter(([key]) => !present.has(key));
    return { added, missing: gone.map(([, { current }]) => nameOf(current.api)) };
  }

  public async close(): Promise<void> {
    for (const { current } of [...this.servers.values()]) await this.remove(current.api);
  }

  private async remove(api: ApiModel): Promise<void> {
    const { server } = this.servers.get(keyOf(api))!;
    this.servers.delete(keyOf(api));
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }

  private async add(api: ApiModel, local: LocalApi): Promise<string> {
    const current = new Replaceable(local, api);
    const { port, host } = this.listening;
    const own = { host, port: port === 0 ? 0 : port + this.servers.size, bodies: this.bodies };
    const server = await serve(current, own, (outcome) => this.log(outcome, current.api));
    this.servers.set(keyOf(api), { server, current });
    return addressOf(server);
  }
}

class Replaceable implements Answering {
  public constructor(
    private local: LocalApi,
    public api: ApiModel,
  ) {}

  public replace(local: LocalApi, api: ApiModel): void {
    this.local = local;
    this.api = api;
  }

  public answer(received: Received, aborted: AbortSignal): Promise<Outcome> {
    return this.local.answer(received, aborted);
  }
}

/** What stays the same from one synthesis to the next. */
function keyOf({ id, constructPath, templateFile }: ApiModel): string {
  return `${templateFile} ${constructPath ?? id}`;
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
