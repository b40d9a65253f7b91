import { groupBy } from '../../collections';
import type { CheckResult } from '../../verify/check-api';

/** Methods of a route with which the same happens, from each origin. */
export interface Row {
  readonly route: string;
  /** Where a route is tried at several paths, and not with the same outcomes. */
  readonly path?: string;
  readonly methods: string[];
  /** Of the first method, one an origin. */
  readonly results: CheckResult[];
}

/** The results of one API as rows: results for which `sameAs` says the same are alike. */
export function rowsOf(results: CheckResult[], sameAs: (result: CheckResult) => string): Row[] {
  const byPath = groupBy(results, ({ route, request }) => `${request.method} ${route} ${request.path}`).map((row) => ({
    row,
    sameness: row.map(sameAs).join('\n'),
    route: row[0].route,
    path: row[0].request.path as string | undefined,
    method: row[0].request.method,
  }));
  const byMethod = groupBy(byPath, ({ route, method }) => `${method} ${route}`).flatMap((paths) => {
    const isOne = new Set(paths.map(({ sameness }) => sameness)).size === 1;
    return isOne ? [{ ...paths[0], path: undefined }] : paths;
  });
  return groupBy(byMethod, ({ route, path, sameness }) => [route, path, sameness].join('\n')).map((alike) => {
    const [{ route, path, row }] = alike;
    return { route, ...(path && { path }), methods: alike.map(({ method }) => method), results: row };
  });
}
