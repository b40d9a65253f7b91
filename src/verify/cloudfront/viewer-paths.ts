import type { ApiModel } from '../model/api-model';
import type { SampleRequest } from '../requests/sample-requests';
import { behaviorFor } from './behaviors';
import type { Destinations } from './destinations';
import type { DistributionModel } from './distribution';

/** A path of an API, and whatever takes it there. */
interface Asked {
  readonly path: string;
  matches(path: string): boolean;
}

/**
 * What a page asks a distribution for, so that an API behind it gets a path of its own: the way of the request backwards.
 */
export class ViewerPaths {
  public constructor(
    private readonly distribution: DistributionModel,
    private readonly destinations: Destinations,
    private readonly api: ApiModel,
  ) {}

  /** `undefined` where no path of the distribution leads there. */
  public to({ path, matches }: Asked): string | undefined {
    const exact = this.fullPaths(path).flatMap((full) => this.origins.flatMap((origin) => without(origin, full) ?? []));
    const found = exact.find((candidate) => this.leadsTo(candidate, (below) => below === path));
    return found ?? this.belowPatterns(path).find((candidate) => this.leadsTo(candidate, matches));
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

/**
 * What pages ask a distribution for, in place of what they would ask the API. Routes that no path leads to are not meant for these
 * pages; where that is every route, somebody takes the prefix of a pattern for one that is taken off.
 */
export function samplesThrough(samples: SampleRequest[], paths: ViewerPaths): SampleRequest[] {
  const moved = (pathOf: (sample: SampleRequest, path: string) => string | undefined): SampleRequest[] =>
    samples.flatMap((sample) => {
      const [path, ...query] = sample.request.path.split('?');
      const asked = pathOf(sample, path);
      if (asked === undefined) return [];
      return [{ ...sample, request: { ...sample.request, path: [asked, ...query].join('?') } }];
    });
  const reached = moved(({ route }, path) => paths.to({ path, matches: route.matches }));
  return reached.length > 0 ? reached : moved((_, path) => paths.mistaken(path));
}

function without(prefix: string, path: string): string | undefined {
  if (prefix === '') return path;
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}
