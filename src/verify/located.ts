import type { CheckResult } from './check-api';
import { nameOfDistribution } from './cloudfront/distribution';
import { decidedAt } from './decisive-exchange';
import { routesOf } from './requests/routes';
import type { Place, Places } from './template/places';
import { unknownParts } from './unknown';

/** What has to change for a result, as far as it is known. */
export interface Located {
  /** The construct path or logical id of the method, route, distribution or API. */
  readonly name: string;
  readonly template?: Place;
  /** The line of the app that makes it. */
  readonly source?: { readonly file: string; readonly line: number };
}

/**
 * The method, route or behavior that decided. Where none did, an HTTP API did by its CORS
 * configuration; other APIs miss something at the method that pages call.
 */
export function placeOf(result: CheckResult, places: Places | undefined): Located {
  const { api, via } = result;
  const decided = decidedAt(result);
  const edge = via && decided?.endsWith(` of ${nameOfDistribution(via)}`) ? (via.constructPath ?? via.id) : undefined;
  const called = decided === undefined && api.kind === 'HTTP' ? undefined : methodOf(result);
  const all = [decided, edge, called, api.constructPath, idOf(result)];
  const names = all.filter((name) => name !== undefined);
  const name = names.find((each) => places?.of(each)) ?? names[0];
  const made = [decided ?? api.constructPath, edge];
  const source = made.map((each) => api.authoring?.sources.get(each ?? '')).find((each) => each !== undefined);
  const [, file, line] = /^(.*):(\d+)$/.exec(source ?? '') ?? [];
  const template = places?.of(name);
  return { name, ...(template && { template }), ...(file && { source: { file, line: Number(line) } }) };
}

/** The method or route that pages call, where no answer says which one decided. */
function methodOf({ api, route, request }: CheckResult): string | undefined {
  const found = routesOf(api).find(({ name }) => name === route);
  return found?.called(request.method)[0]?.where;
}

function idOf({ api: { id } }: CheckResult): string {
  const [only] = unknownParts(id);
  return only ?? id;
}
