import { getOrCreate } from '../../collections';
import type { AskedApi } from '../../verify/asked-api';
import type { CheckResult } from '../../verify/check-api';
import { checkStrangers, checkWays } from '../../verify/check-ways';
import type { SettingsOfApi } from '../../verify/cors-file/settings';
import type { ApiModel } from '../../verify/model/api-model';
import { originsOf } from '../../verify/requests/named-origins';
import { type PageHeaders, splitKey } from '../../verify/requests/page-headers';
import { strangersTo } from '../../verify/requests/strangers';
import { nameOf } from '../input';
import { Secrets } from '../secrets';
import { printable } from '../terminal';

/** What pages asked, and what came of it, as it may be shown. */
export interface Tried {
  readonly asked: AskedApi[];
  readonly results: CheckResult[];
  /** What lets in origins that should not get in. */
  readonly strangers: CheckResult[];
}

export function tryAll(asked: AskedApi[]): Tried {
  const tried = asked.map(tryOne);
  return {
    asked,
    results: tried.flatMap(({ results }) => results),
    strangers: tried.flatMap(({ strangers }) => strangers),
  };
}

function tryOne({ api, ways, settings, page }: AskedApi): Omit<Tried, 'asked'> {
  const { origins, onlyThese, strangers = [] } = settings;
  const shown = shownBy(settings);
  const unwanted = [
    ...(onlyThese ? strangersTo(listedFor(api, origins)) : []),
    ...strangers.map((origin) => ({ origin, likeness: 'listed among its strangers' })),
  ];
  return {
    results: checkWays(ways, (way) => origins ?? originsOf(way), page).map(shown),
    strangers: unwanted.length > 0 ? checkStrangers(ways, unwanted, page).map(shown) : [],
  };
}

/** Without secrets, and fit for a terminal. What holds at several addresses is looked through once. */
export function shownBy({ headers = {} }: SettingsOfApi): (result: CheckResult) => CheckResult {
  const secrets = new Secrets(namedHeaders(headers));
  const shownVerdicts = new Map<object, Omit<CheckResult, 'api' | 'via' | 'request'>>();
  return ({ api, via, request, ...result }) => {
    const shownOnce = getOrCreate(shownVerdicts, result.verdict, () => printable(secrets.in(result)));
    return { ...shownOnce, api, ...(via && { via }), request: printable(secrets.in(request)) };
  };
}

function listedFor(api: ApiModel, origins: string[] | undefined): string[] {
  if (!origins) {
    throw new Error(
      `--only: say which origins should get in, with --origin for each, or with origins of ${nameOf(api)} in cdk-cors.json.`,
    );
  }
  return origins;
}

/** Whatever the methods that they go with. */
function namedHeaders(headers: PageHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([key, value]) => [splitKey(key).name, value]));
}
