import { getOrCreate } from '../../collections';
import type { Exchange } from '../exchanges';
import { isAlike } from '../gateway/alternatives';
import type { Gateway } from '../gateway/gateway';
import { capitalized } from '../gateway/request';
import type { ApiModel } from '../model/api-model';
import type { SampleRequest } from '../requests/sample-requests';
import { behaviorFor } from './behaviors';
import type { Destinations } from './destinations';
import type { DistributionModel } from './distribution';
import { isHandedOn } from './transparent';

/** A path of an API, and whatever takes it there. */
interface Asked {
  readonly path: string;
  matches(path: string): boolean;
}

/**
 * What a page asks a distribution for, so that an API behind it gets a path of its own: the way of the request backwards.
 */
export class ViewerPaths {
  private readonly known = new Map<string, { readonly path?: string }>();

  public constructor(
    private readonly distribution: DistributionModel,
    private readonly destinations: Destinations,
    private readonly api: ApiModel,
    private readonly gateway: Gateway,
  ) {}

  /** `undefined` where no path of the distribution leads there. */
  public to(asked: Asked): string | undefined {
    return getOrCreate(this.known, asked.path, () => ({ path: this.search(asked) })).path;
  }

  private search({ path, matches }: Asked): string | undefined {
    const exact = this.fullPaths(path).flatMap((full) => this.origins.flatMap((origin) => without(origin, full) ?? []));
    const found = exact.find((candidate) => this.leadsTo(candidate, (below) => below === path));
    return found ?? this.belowPatterns(path).find((candidate) => this.leadsTo(candidate, matches));
  }

  /** Whether the distribution hands such a request on as it is, and the answer back. */
  public handsOn(asked: string, path: string): boolean {
    return isHandedOn(this.distribution, this.destinations, this.api, asked, path);
  }

  /** Whether the API answers alike however the names of headers are spelled. */
  public isSteady({ request, answer }: Exchange): boolean {
    if (this.api.kind !== 'REST') return true;
    const options = 'access-control-request-method' in request.headers ? {} : { authorized: true };
    return isAlike(this.gateway.answer({ ...request, headers: capitalized(request.headers) }, options), answer);
  }

  /** What a page would ask that takes the pattern for a prefix which is taken off. */
  public mistaken(path: string): string {
    return this.belowPatterns(path)[0] ?? path;
  }

  private leadsTo(candidate: string, isMeant: (below: string) => boolean): boolean {
    const { origin } = behaviorFor(this.distribution, candidate);
    const found = this.destinations.find(origin, origin.path + candidate);
    return 'path' in found && found.api === this.api && isMeant(found.path);
  }

  private get behaviors() {
    return this.distribution.behaviors.filter(({ origin }) => this.destinations.apisBehind(origin).includes(this.api));
  }

  private get origins(): string[] {
    return [...new Set(this.behaviors.map(({ origin }) => origin.path))];
  }

  /** '/api/*' and '/items' → '/api/items' */
  private belowPatterns(path: string): string[] {
    return this.behaviors.flatMap(({ pattern }) => {
      const prefix = `/${pattern.replace(/^\//, '')}`.replaceAll('?', '1');
      return prefix.endsWith('/*') && prefix !== '/*' ? [prefix.slice(0, -2) + path] : [];
    });
  }

  /** The stages stand in front; where a domain has the API, the path of its mapping does. */
  private fullPaths(path: string): string[] {
    const mapped = this.behaviors.flatMap(({ origin }) => {
      const host = this.destinations.hostOf(origin);
      return host && 'domain' in host ? host.domain.mappings.filter(({ api }) => api === this.api.reference) : [];
    });
    const prefixes = [
      ...mapped.map(({ basePath }) => basePath),
      ...this.api.stages.filter((stage) => stage !== '$default'),
    ];
    return [path, ...prefixes.map((prefix) => (prefix === '' ? path : `/${prefix}${path}`))];
  }
}

/** What a page asks a distribution for, and the path of the API that it wants. */
export interface AskedSample extends SampleRequest {
  readonly below?: string;
}

/**
 * What pages ask a distribution for, in place of what they would ask the API. Routes that no path leads to are not meant for these
 * pages; where that is every route, somebody takes the prefix of a pattern for one that is taken off.
 */
export function samplesThrough(samples: SampleRequest[], paths: ViewerPaths): AskedSample[] {
  const moved = (pathOf: (sample: SampleRequest, path: string) => string | undefined): AskedSample[] =>
    samples.flatMap((sample) => {
      const [path, ...query] = sample.request.path.split('?');
      const asked = pathOf(sample, path);
      if (asked === undefined) return [];
      const request = { ...sample.request, path: [asked, ...query].join('?') };
      return [{ ...sample, request, below: sample.request.path }];
    });
  const reached = moved(({ route }, path) => paths.to({ path, matches: route.matches }));
  return reached.length > 0 ? reached : moved((_, path) => paths.mistaken(path));
}

function without(prefix: string, path: string): string | undefined {
  if (prefix === '') return path;
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}
