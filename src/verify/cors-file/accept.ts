import { groupBy } from '../../collections';
import type { Acceptable } from './accepted';
import type { Accepted, CorsFile } from './cors-file';

/** A finding to accept, and the API that it is about. */
export interface ToAccept extends Acceptable {
  readonly api: string;
  /** Whether a distribution stands in front of the API: the way of the page matters only then. */
  readonly isBehind: boolean;
}

/**
 * The settings with these findings accepted, under the name of each API: what is there already
 * stays as it is. Each route is named, and each way where there are several, so that
 * a new one counts.
 */
export function withAccepted(file: CorsFile, findings: ToAccept[], why: string, until?: string): CorsFile {
  const apis = { ...file.apis };
  for (const ofApi of groupBy(findings, ({ api }) => api)) {
    const [{ api }] = ofApi;
    const before = apis[api] ?? {};
    apis[api] = { ...before, accepted: [...(before.accepted ?? []), ...entriesFor(ofApi, why, until)] };
  }
  return { ...file, apis };
}

/** One entry a rule, way and set of origins. */
function entriesFor(findings: ToAccept[], why: string, until: string | undefined): Accepted[] {
  const byRoute = groupBy(findings, ({ rule, method, route, via }) => [rule, via, method, route].join('\n')).map(
    ([first, ...others]) => ({
      rule: first.rule,
      route: `${first.method} ${first.route}`,
      origins: [...new Set([first, ...others].map(({ origin }) => origin))].sort(),
      via: first.isBehind ? listOf(first.via) : undefined,
    }),
  );
  return groupBy(byRoute, ({ rule, via, origins }) => JSON.stringify([rule, via, origins])).map((alike) => ({
    rule: alike[0].rule,
    routes: alike.map(({ route }) => route),
    origins: alike[0].origins,
    ...(alike[0].via && { via: alike[0].via }),
    why,
    ...(until && { until }),
  }));
}

function listOf(via: string | undefined): string[] {
  return via === undefined ? [] : [via];
}
