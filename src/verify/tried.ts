import type { AskedApi } from './asked-api';
import type { CheckResult } from './check-api';
import { checkStrangers, checkWays } from './check-ways';
import type { Entrance } from './entrances';
import { namedBeside, originsOf } from './requests/named-origins';
import { type Stranger, strangersTo } from './requests/strangers';

/** What pages asked of an API, and what came of it. */
export interface TriedApi {
  readonly results: CheckResult[];
  /** What lets in origins that should not get in. */
  readonly strangers: CheckResult[];
}

/** Tries what the settings of an API say, by all ways to it. */
export function tryApi({ ways, settings, page }: AskedApi): TriedApi {
  const { origins, onlyThese } = settings;
  const isClosed = onlyThese || settings.strangers;
  return {
    results: checkWays(ways, (way) => origins ?? originsOf(way), page),
    strangers: isClosed ? checkStrangers(ways, (way) => unwantedBy(way, settings), page) : [],
  };
}

function unwantedBy(way: Entrance, { origins = [], onlyThese, strangers = [] }: AskedApi['settings']): Stranger[] {
  return [
    ...(onlyThese ? [...strangersTo(origins), ...namedBeside(origins, way)] : []),
    ...strangers.map((origin) => ({ origin, likeness: 'listed among its strangers' })),
  ];
}
