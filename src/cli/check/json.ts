import { adviceOn } from '../advice';
import type { CheckResult } from '../check-results';
import { nameOf } from '../input';
import { jsonText } from '../terminal';

/** Everything there is to know, for programs: one entry for each route, method and origin. */
export function jsonOf(cells: CheckResult[]): string {
  return jsonText(cells.map(entryOf));
}

function entryOf(cell: CheckResult): object {
  const { api, route, request, verdict, preflight, response } = cell;
  return {
    api: nameOf(api),
    route,
    method: request.method,
    origin: request.origin,
    outcome: verdict.outcome,
    rule: verdict.rule,
    reason: verdict.reason,
    consoleMessage: verdict.consoleMessage,
    ...adviceOn(cell),
    preflight: preflight && { request: preflight.request, response: verdict.preflight },
    response: response && { request: response.request, response: verdict.response },
  };
}
