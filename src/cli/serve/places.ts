import { type DistributionModel, nameOfDistribution } from '../../verify/cloudfront/distribution';
import type { Entrance, Entrances } from '../../verify/entrances';
import { type ApiModel, KINDS } from '../../verify/model/api-model';
import { nameOf } from '../input';
import { printable } from '../terminal';
import type { LocalApi } from './local-api';
import { LocalDistribution } from './local-distribution';
import type { Answering } from './server';

/** What gets a port of its own: an API, or a distribution in front of some. */
export interface Place {
  /** What stays the same from one synthesis to the next. */
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  /** Why it cannot be deployed. */
  readonly faults: string[];
  readonly local: Answering;
}

/** The APIs at their own addresses, and each distribution in front of them once. */
export function placesOf(ways: Entrance[], entrances: Entrances, localApiOf: (api: ApiModel) => LocalApi): Place[] {
  const known = new Map<ApiModel, LocalApi>();
  const shared = (api: ApiModel): LocalApi => {
    const local = known.get(api) ?? localApiOf(api);
    known.set(api, local);
    return local;
  };
  const distributions = [...new Set(ways.flatMap(({ via }) => via ?? []))];
  return [
    ...ways.filter(({ via }) => via === undefined).map(({ api }) => placeOfApi(api, shared(api))),
    ...distributions.map((via) => placeOfDistribution(via, new LocalDistribution(via, entrances, shared))),
  ];
}

function placeOfApi(api: ApiModel, local: LocalApi): Place {
  return { key: keyOf(api), name: nameOf(api), kind: KINDS[api.kind], faults: api.faults, local };
}

function placeOfDistribution(via: DistributionModel, local: LocalDistribution): Place {
  const name = printable(nameOfDistribution(via));
  return { key: keyOf(via), name, kind: 'CloudFront distribution', faults: via.faults, local };
}

function keyOf({ id, constructPath, templateFile }: ApiModel | DistributionModel): string {
  return `${templateFile} ${constructPath ?? id}`;
}
