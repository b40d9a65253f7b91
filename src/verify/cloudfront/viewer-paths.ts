import { getOrCreate } from '../../collections';
import type { Exchange } from '../exchanges';
import { isAlike } from '../gateway/alternatives';
import type { Gateway } from '../gateway/gateway';
import { capitalized } from '../gateway/request';
import type { ApiModel } from '../model/api-model';
import type { SampleRequest } from '../requests/sample-requests';
import { behaviorFor } from './behaviors';
import type { Destinations } from './destinations';
import type { Behavior, DistributionModel } from './distribution';
import { isHandedOn } from './transparent';

/** A path of an API, and whatever takes it there. */
interface Asked {
  readonly path: string;
  matches(path: string): boolean;
}

/**
 * What a page asks a distribution for, so that an API behind it gets a path of its own:
 * the way of the request backwards.
 */
export class ViewerPaths {
  private readonly known = new Map<string, { readonly found?: ViewerPath }>();
  private readonly behaviors: Behavior[];
  private readonly originPaths: string[];
  private readonly prefixes: string[];

  public constructor(
    private readonly distribution: DistributionModel,
    private readonly destinations: Destinations,
    private readonly api: ApiModel,
    private readonly gateway: Gateway,
  ) {
    this.behaviors = distribution.behaviors.filter(({ origin }) => destinations.apisBehind(origin).includes(api));
    this.originPaths = [...new Set(this.behaviors.map(({ origin }) => origin.path))];
    this.prefixes = prefixesOf(api, this.behaviors, destinations);
  }

  /** `undefined` where no path of the distribution leads there. */
  public to(asked: Asked): ViewerPath | undefined {
    return getOrCreate(this.known, asked.path, () => {
      const path = this.search(asked);
      return path === undefined ? {} : { found: { path, isHandedOn: this.handsOn(path, asked.path) } };
    }).found;
  }

  private search({ path, matches }: Asked): string | undefined {
    const full = this.prefixes.map((prefix) => prefix + path);
    const exact = full.flatMap((each) => this.originPaths.flatMap((origin) => without(origin, each) ?? []));
    const found = exact.find((candidate) => this.leadsTo(candidate, (below) => below === path));
    return found ?? this.belowPatterns(path).find((candidate) => this.leadsTo(candidate, matches));
  }

  private handsOn(asked: string, path: string): boolean {
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

  /** '/api/*' and '/items' → '/api/items' */
  private belowPatterns(path: string): string[] {
    return this.behaviors.flatMap(({ pattern }) => {
      const prefix = `/${pattern.replace(/^\//, '')}`.replaceAll('?', '1');
      return prefix.endsWith('/*') && prefix !== '/*' ? [prefix.slice(0, -2) + path] : [];
    });
  }
}

/**
 * What stands in front of the API's own paths: nothing, a stage, or the path of a mapping where a
 * domain has the API.
 */
function prefixesOf(api: ApiModel, behaviors: Behavior[], destinations: Destinations): string[] {
  const mapped = behaviors.flatMap(({ origin }) => {
    const host = destinations.hostOf(origin);
    return host && 'domain' in host ? host.domain.mappings.filter((mapping) => mapping.api === api.reference) : [];
  });
  const stages = api.stages.filter((stage) => stage !== '$default');
  const names = [...mapped.map(({ basePath }) => basePath), ...stages];
  return [...new Set(['', ...names.map((name) => (name === '' ? '' : `/${name}`))])];
}

/** What a page asks, so that the API gets a path of its own. */
interface ViewerPath {
  readonly path: string;
  /** Whether the distribution hands such a request on as it is, and the answer back. */
  readonly isHandedOn: boolean;
}

/** What a page asks a distribution for, and the path of the API that it wants. */
export interface AskedSample extends SampleRequest {
  readonly below?: string;
  readonly isHandedOn?: boolean;
}

/**
 * What pages ask a distribution for, in place of what they would ask the API. Routes that no path
 * leads to are not meant for these pages; where that is every route, somebody takes the prefix of a
 * pattern for one that is taken off.
 */
export function samplesThrough(samples: SampleRequest[], paths: ViewerPaths): AskedSample[] {
  const moved = (found: (sample: SampleRequest, path: string) => ViewerPath | undefined): AskedSample[] =>
    samples.flatMap((sample) => {
      const [path, ...query] = sample.request.path.split('?');
      const asked = found(sample, path);
      if (asked === undefined) return [];
      const isSamePath = asked.path === path;
      const request = isSamePath ? sample.request : { ...sample.request, path: [asked.path, ...query].join('?') };
      return [{ route: sample.route, request, below: sample.request.path, isHandedOn: asked.isHandedOn }];
    });
  const reached = moved(({ route }, path) => paths.to({ path, matches: route.matches }));
  if (reached.length > 0) return reached;
  return moved((_, path) => ({ path: paths.mistaken(path), isHandedOn: false }));
}

function without(prefix: string, path: string): string | undefined {
  if (prefix === '') return path;
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}
