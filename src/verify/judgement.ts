import type { Finding } from './browser/cors-check';
import type { GatewayAnswer } from './gateway/gateway';
import { fixForCause, RULES, type Rule } from './rules';
import { readable } from './unknown';
import type { CorsVerdict, SimulatedResponse } from './verdict';

/** A verdict before anybody explains it. */
export interface Judgement extends Omit<CorsVerdict, 'rule' | 'explanation'> {
  readonly rule: Rule;
}

/** What a verdict tells besides its rule. */
interface Outcome {
  readonly remarks?: string[];
  readonly preflight?: GatewayAnswer;
  readonly response?: GatewayAnswer;
  readonly readableNames?: string[];
  /** What Chromium prints. */
  readonly message?: string;
}

export function verdict(
  { rule, reason }: Finding,
  { remarks = [], preflight, response, readableNames, message }: Outcome = {},
): Judgement {
  const fix = rule === 'ok' ? undefined : fixOf(rule, preflight, response);
  return {
    outcome: RULES[rule].outcome,
    rule,
    reason: readable([reason, ...remarks].join('; ')),
    ...(message !== undefined && { consoleMessage: message }),
    ...(fix !== undefined && { fix }),
    ...(readableNames && { readableHeaders: readableNames }),
    ...(preflight && { preflight: simulated(preflight) }),
    ...(response && { response: simulated(response) }),
  };
}

/**
 * What stands in front of the API comes first: where it drops a token,
 * the API misses one that was sent.
 */
function fixOf(rule: Rule, preflight?: GatewayAnswer, response?: GatewayAnswer): string | undefined {
  const decisive = rule.startsWith('preflight-') ? [preflight] : [response, preflight];
  const answers = decisive.flatMap((answer) =>
    answer ? [answer, ...(answer.alternatives ?? []).map((each) => each.answer)] : [],
  );
  const causes = answers.flatMap(({ cause }) => cause ?? []);
  // No policy makes a 2xx of another status: that is the API's.
  const cause = causes.find((each) => rule !== 'preflight-answer' || each !== 'distribution-policy');
  return fixForCause(cause) ?? (response?.missing && sendIt(response.missing));
}

/** The request is at fault, not the API: `header.X-Tenant`, `querystring.page`. */
function sendIt(source: string): string {
  const [, kind, name] = /(?:^|\.)(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === undefined) return `Send ${source} with the request.`;
  return kind === 'header'
    ? `Send the header ${name} with the request: headers: { '${name.toLowerCase()}': '…' }.`
    : `Send the query parameter ${name} with the request, at the end of its path: ?${name}=….`;
}

function simulated({ status, headers }: GatewayAnswer): SimulatedResponse {
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, readable(value)])),
  };
}
