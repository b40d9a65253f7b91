import type { AskedApi } from './asked-api';
import type { CheckResult } from './check-api';
import { checkStrangers, checkWays } from './check-ways';
import { originsOf } from './requests/named-origins';
import { strangersTo } from './requests/strangers';

/** What pages asked of an API, and what came of it. */
export interface TriedApi {
  readonly results: CheckResult[];
  /** What lets in origins that should not get in. */
  readonly strangers: CheckResult[];
}

/** Tries what the settings of an API say, by all ways to it. */
export function tryApi({ ways, settings, page }: AskedApi): TriedApi {
  const { origins, onlyThese, strangers = [] } = settings;
  const unwanted = [
    ...(onlyThese ? strangersTo(origins ?? []) : []),
    ...strangers.map((origin) => ({ origin, likeness: 'listed among its strangers' })),
  ];
  return {
    results: checkWays(ways, (way) => origins ?? originsOf(way), page),
    strangers: unwanted.length > 0 ? checkStrangers(ways, unwanted, page) : [],
  };
}
