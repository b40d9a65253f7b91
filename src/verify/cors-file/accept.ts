import { groupBy } from '../../collections';
import type { Acceptable } from './accepted';
import type { Accepted, CorsFile } from './cors-file';

/** A finding to accept, and the API that it is about. */
export interface ToAccept extends Acceptable {
  readonly api: string;
}

/**
 * The settings with these findings accepted, under the name of each API: what is there already
 * stays as it is. Each route is named, so that a new one counts.
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

/** One entry a rule and set of origins. */
function entriesFor(findings: ToAccept[], why: string, until: string | undefined): Accepted[] {
  const byRoute = groupBy(findings, ({ rule, method, route }) => `${rule}\n${method} ${route}`).map((alike) => ({
    rule: alike[0].rule,
    route: `${alike[0].method} ${alike[0].route}`,
    origins: [...new Set(alike.map(({ origin }) => origin))].sort(),
  }));
  return groupBy(byRoute, ({ rule, origins }) => [rule, ...origins].join('\n')).map((alike) => ({
    rule: alike[0].rule,
    routes: alike.map(({ route }) => route),
    origins: alike[0].origins,
    why,
    ...(until && { until }),
  }));
}
