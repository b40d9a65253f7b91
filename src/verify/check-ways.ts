import { getOrCreate, groupBy } from '../collections';
import { type CheckOptions, type CheckResult, checkSample } from './check-api';
import { samplesThrough } from './cloudfront/viewer-paths';
import type { Entrance } from './entrances';
import { narrowing } from './fixes/narrowing';
import { KnownResults } from './known-results';
import type { ApiModel } from './model/api-model';
import { type SampleRequest, sampleRequests } from './requests/sample-requests';
import type { Stranger } from './requests/strangers';
import { readable } from './unknown';
import { CorsOutcome } from './verdict';

/**
 * Tries everything that pages can ask of some APIs, by each way to them: the one answer of the
 * command line, the report and the plugin.
 *
 * @param ways the addresses of the APIs, and the distributions in front of them
 * @param originsOf the pages that use a way
 */
export function checkWays(
  ways: Entrance[],
  originsOf: (way: Entrance) => string[],
  options: CheckOptions = {},
): CheckResult[] {
  const samples = new Map<ApiModel, Map<string, SampleRequest[]>>();
  const samplesOf = (way: Entrance): SampleRequest[] => {
    const origins = originsOf(way);
    const ofApi = getOrCreate(samples, way.api, () => new Map<string, SampleRequest[]>());
    return getOrCreate(ofApi, origins.join(' '), () => sampleRequests(way.api, origins, options));
  };
  const isAlone = ways.every(({ via }) => via === undefined);
  const whole = { ...options, isBrief: options.isBrief && isAlone }; // what distributions hand on is known by it
  const direct = ways
    .filter(({ via }) => via === undefined)
    .flatMap((way) => samplesOf(way).map((sample) => checkSample(way, sample, whole)));
  if (isAlone) return direct;
  const known = new KnownResults(direct);
  const through = ways.flatMap((way) =>
    way.paths
      ? samplesThrough(samplesOf(way), way.paths).map(
          (sample) => known.handedOn(way, sample) ?? checkSample(way, sample, options),
        )
      : [],
  );
  return [...direct, ...through];
}

/** The results of one way to an API. */
export function resultsOf({ api, via }: Pick<Entrance, 'api' | 'via'>, results: CheckResult[]): CheckResult[] {
  return results.filter((result) => result.api === api && result.via === via);
}

/**
 * What strangers can read: each request that lets one in, by the rule `wider`. They need no cookies
 * where the right pages send them, so they are tried without as well. Whether a backend would is
 * left out, and a page on the distribution's own host name is not a stranger to it.
 */
export function checkStrangers(
  ways: Entrance[],
  strangersOf: (way: Entrance) => Stranger[],
  options: CheckOptions = {},
): CheckResult[] {
  const likenesses = new Map(
    ways.flatMap((way) => strangersOf(way).map(({ origin, likeness }) => [readable(origin), likeness])),
  );
  const originsOf = (way: Entrance) => [...new Set(strangersOf(way).map(({ origin }) => origin))];
  const tried = (options.credentials ? [true, false] : [false]).flatMap((credentials) =>
    checkWays(ways, originsOf, { ...options, credentials }),
  );
  const letIn = tried.filter(({ verdict, isSameOrigin }) => verdict.outcome === CorsOutcome.ALLOWED && !isSameOrigin);
  return groupBy(letIn, requestOf(ways)).map(([result]) => {
    const { verdict, request } = result;
    const reason =
      `${request.origin} is not among the origins that should get in, ` +
      `and its pages can read the response (${likenesses.get(request.origin)})`;
    const fix = narrowing(result);
    return { ...result, unreadable: [], verdict: { ...verdict, rule: 'wider' as const, reason, fix } };
  });
}

/** The same with cookies and without. */
function requestOf(ways: Entrance[]): (result: CheckResult) => string {
  return ({ api, via, route, request: { method, path, origin } }) =>
    [ways.findIndex((way) => way.api === api && way.via === via), route, method, path, origin].join('\n');
}
