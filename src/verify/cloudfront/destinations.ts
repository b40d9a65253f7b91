import { getOrCreate } from '../../collections';
import type { ApiModel } from '../model/api-model';
import { couldBe, isKnown, readable } from '../unknown';
import { type CustomDomain, mappingFor } from './custom-domains';
import type { DistributionOrigin } from './distribution';

/**
 * Where a request goes from the distribution: to an API,
 * to a front door that knows no such API or stage, or nobody knows.
 */
export type Destination =
  | { readonly api: ApiModel; readonly path: string }
  | { readonly api: ApiModel; readonly refused: number; readonly why: string }
  | { readonly unknown: string };

/** What an origin's host name stands for. */
export type Host =
  | { readonly api: ApiModel }
  | { readonly domain: CustomDomain; readonly isTarget: boolean }
  | undefined;

/**
 * The APIs that a distribution may have as origins,
 * in all the spellings in which templates write an origin.
 */
export class Destinations {
  private readonly hosts = new Map<DistributionOrigin, { readonly host: Host }>();

  public constructor(
    private readonly apis: ApiModel[],
    private readonly domains: CustomDomain[],
  ) {}

  /**
   * `⟦Api⟧.execute-api.…`, `⟦Url⟧.lambda-url.…`, a custom domain,
   * or something that the templates do not have.
   */
  public hostOf(origin: DistributionOrigin): Host {
    return getOrCreate(this.hosts, origin, () => ({ host: this.readHost(origin) })).host;
  }

  private readHost({ domain }: DistributionOrigin): Host {
    const [, id] = SERVICE_HOST.exec(domain) ?? [];
    const api = id === undefined ? undefined : this.apis.find(({ reference }) => reference === id);
    if (api) return { api };
    const own = this.domains.find(({ name, targets }) => name === domain || targets.includes(domain));
    return own && { domain: own, isTarget: own.name !== domain };
  }

  /** All APIs that an origin leads to. */
  public apisBehind(origin: DistributionOrigin): ApiModel[] {
    const host = this.hostOf(origin);
    if (!host) return [];
    if ('api' in host) return [host.api];
    return this.apis.filter(({ reference }) => host.domain.mappings.some(({ api }) => api === reference));
  }

  /** `path`: OriginPath and what the viewer asks for. */
  public find(origin: DistributionOrigin, path: string): Destination {
    const host = this.hostOf(origin);
    if (!host) return { unknown: `its origin ${readable(origin.domain)} is not an API of the template` };
    if ('api' in host) return belowStage(host.api, path, origin.path !== '');
    const mapping = mappingFor(host.domain, path);
    const api = mapping && this.apis.find(({ reference }) => reference === mapping.api);
    if (mapping && api) return { api, path: mapping.path };
    return {
      unknown: `which API the domain ${readable(host.domain.name)} has at ${readable(path)} is not in the template`,
    };
  }
}

/** The id of an API or a function URL: a reference, or text. */
const SERVICE_HOST = /^(\uE000[^\uE001]+\uE001|[a-z0-9]+)\.(?:execute-api|lambda-url)\./;

/**
 * The first part of a path below `execute-api` is the stage; HTTP APIs may have `$default`, which
 * is not written. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 */
function belowStage(api: ApiModel, path: string, hasOriginPath: boolean): Destination {
  if (api.kind !== 'REST' && api.kind !== 'HTTP') return { api, path };
  const [, stage, rest] = FIRST_PART.exec(path) ?? ['', '', ''];
  const below = rest.startsWith('/') ? rest : `/${rest}`;
  const { stages } = api;
  if (stages.includes(stage)) return { api, path: below };
  const open = [stage, ...stages].find((name) => !isKnown(name));
  const maybe =
    open !== undefined && stages.some((name) => !isKnown(stage) || (!isKnown(name) && couldBe(name, stage)));
  if (maybe) return { unknown: `whether ${readable(stage)} is a stage of ${api.id} is known only after deployment` };
  if (api.kind === 'HTTP' && (stages.length === 0 || stages.includes('$default'))) return { api, path };
  if (stages.length === 0 && hasOriginPath) return { api, path: below };
  if (stages.length === 0) return { unknown: `which stages ${api.id} has is not in the template` };
  if (api.incomplete)
    return { unknown: `${api.id} has no stage ${readable(stage)} as far as the template says: ${api.incomplete}` };
  const why =
    `${readable(path)} is asked for, and ${api.id} has no stage "${readable(stage)}": ` +
    `OriginPath is where the stage is put (/${stages.map(readable).join(', /')})`;
  return { api, refused: api.kind === 'REST' ? 403 : 404, why };
}

/** A part that is known only after deployment may have a slash in its name. */
const FIRST_PART = /^\/((?:\uE000[^\uE001]*\uE001|[^/?\uE000])*)(.*)$/s;
