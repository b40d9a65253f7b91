import { getOrCreate } from '../collections';
import { behaviorFor } from './cloudfront/behaviors';
import { Destinations } from './cloudfront/destinations';
import { type DistributionModel, nameOfDistribution } from './cloudfront/distribution';
import { DistributionGateway } from './cloudfront/distribution-gateway';
import { readDistributions } from './cloudfront/read-distributions';
import { ViewerPaths } from './cloudfront/viewer-paths';
import type { Gateway } from './gateway/gateway';
import { gatewayFor } from './gateway/gateway-for';
import { RememberingGateway } from './gateway/remembering-gateway';
import type { ApiModel } from './model/api-model';
import type { TemplateScope } from './template/scope';

/** A way by which pages come to an API: its own address, or a distribution in front of it. */
export interface Entrance {
  readonly api: ApiModel;
  readonly via?: DistributionModel;
  readonly gateway: Gateway;
  /** What pages ask the distribution for, where there is one. */
  readonly paths?: ViewerPaths;
}

/** All ways to the APIs of some templates. Each gateway is worked out once. */
export class Entrances {
  private readonly gateways = new Map<ApiModel, Gateway>();
  private readonly destinations: Destinations;
  private readonly distributions: DistributionModel[];
  private readonly edges = new Map<DistributionModel, Gateway>();
  private readonly behind = new Map<DistributionModel, ApiModel[]>();

  public constructor(
    public readonly apis: ApiModel[],
    scopes: TemplateScope[],
  ) {
    const { distributions, domains } = readDistributions(scopes);
    this.distributions = distributions;
    this.destinations = new Destinations(apis, domains);
  }

  /** The API at its own address. */
  public direct(api: ApiModel): Entrance {
    return { api, gateway: this.gatewayOf(api) };
  }

  /**
   * Every way to some of the APIs: their own addresses, then each distribution in front of them,
   * once for each of the APIs behind it.
   */
  public waysTo(apis: ApiModel[]): Entrance[] {
    const through = this.distributions.flatMap((via) =>
      this.apisBehind(via).flatMap((api) => (apis.includes(api) ? [this.entrance(via, api)] : [])),
    );
    return [...apis.map((api) => this.direct(api)), ...through];
  }

  /**
   * Where a request through a named distribution goes; without an API behind its path,
   * to the first one that it has.
   */
  public through(name: string, path: string): Entrance {
    const via = this.distributionNamed(name);
    const [first] = this.apisBehind(via);
    if (!first) throw new Error(`via: none of the origins of ${nameOfDistribution(via)} is an API of the template.`);
    return this.entrance(via, this.apiAt(via, path) ?? first);
  }

  private entrance(via: DistributionModel, api: ApiModel): Entrance {
    return {
      api,
      via,
      gateway: this.edgeOf(via),
      paths: new ViewerPaths(via, this.destinations, api, this.gatewayOf(api)),
    };
  }

  /** The behavior of the path, and the API that is asked by it. */
  public apiAt(via: DistributionModel, path: string): ApiModel | undefined {
    const { origin } = behaviorFor(via, path);
    const found = this.destinations.find(origin, origin.path + path);
    return 'api' in found ? found.api : this.destinations.apisBehind(origin)[0];
  }

  private apisBehind(via: DistributionModel): ApiModel[] {
    return getOrCreate(this.behind, via, () => [
      ...new Set(via.behaviors.flatMap(({ origin }) => this.destinations.apisBehind(origin))),
    ]);
  }

  private distributionNamed(name: string): DistributionModel {
    const known = this.distributions;
    const exact = known.filter(({ id, constructPath }) => id === name || pathsOf(constructPath).includes(name));
    const found =
      exact.length > 0
        ? exact
        : known.filter(({ constructPath }) => pathsOf(constructPath).some((path) => path.endsWith(`/${name}`)));
    if (found.length === 1) return found[0];
    const names = known.map((each) => nameOfDistribution(each)).join(', ');
    if (known.length === 0) throw new Error(`via: there is no distribution "${name}", and no other one.`);
    if (found.length > 1)
      throw new Error(`via: "${name}" is the id of several distributions, use a construct path: ${names}.`);
    throw new Error(`via: there is no distribution "${name}". There are: ${names}.`);
  }

  /** A distribution in front of other gateways than those of the templates. */
  public edge(via: DistributionModel, gatewayOf: (api: ApiModel) => Gateway): Gateway {
    return new DistributionGateway(via, this.destinations, gatewayOf);
  }

  private edgeOf(via: DistributionModel): Gateway {
    return getOrCreate(this.edges, via, () => this.edge(via, (api) => this.gatewayOf(api)));
  }

  /** Distributions ask an API behind them the same as pages at its own address do. */
  private gatewayOf(api: ApiModel): Gateway {
    return getOrCreate(this.gateways, api, () => {
      const gateway = gatewayFor(api);
      const isBehind = this.distributions.some((via) => this.apisBehind(via).includes(api));
      return isBehind ? new RememberingGateway(gateway) : gateway;
    });
  }
}

/** `CloudFrontWebDistribution` puts its resource below it. */
function pathsOf(constructPath: string | undefined): string[] {
  return constructPath === undefined ? [] : [constructPath, constructPath.replace(/\/CFDistribution$/, '')];
}
