import type { CheckResult } from '../../verify/check-api';
import { nameOfDistribution } from '../../verify/cloudfront/distribution';
import { adviceOn } from '../advice';
import { nameOf } from '../input';
import { jsonText } from '../terminal';

/** Everything there is to know, for programs: one entry for each route, path, method and origin. */
export function jsonOf(results: CheckResult[]): string {
  return jsonText(results.map(entryOf));
}

function entryOf(result: CheckResult): object {
  const { api, via, isSameOrigin, route, request, verdict, unreadable, withCredentials, preflight, response } = result;
  return {
    api: nameOf(api),
    ...(via && { via: nameOfDistribution(via), sameOrigin: isSameOrigin }),
    route,
    path: request.path,
    method: request.method,
    origin: request.origin,
    outcome: verdict.outcome,
    rule: verdict.rule,
    reason: verdict.reason,
    consoleMessage: verdict.consoleMessage,
    ...adviceOn(result),
    readableHeaders: verdict.readableHeaders,
    unreadable,
    withCredentials: withCredentials && { rule: withCredentials.rule, reason: withCredentials.reason },
    preflight: preflight && { request: preflight.request, response: verdict.preflight },
    response: response && { request: response.request, response: verdict.response },
  };
}
