import type { Rule } from '../rules';
import { couldBe, isKnown, readable } from '../unknown';

/** What one step of the browser came to. */
export interface Finding {
  /** 'ok' where nothing stands in the way. */
  readonly rule: Rule;
  /** For 'ok': a remark, or nothing. */
  readonly reason: string;
}

export interface Response {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
}

/**
 * https://fetch.spec.whatwg.org/#concept-cors-check, for the answer to a preflight or for the real
 * response.
 */
export function corsCheck(
  request: { origin: string; credentials: boolean },
  { headers }: Response,
  of: 'preflight' | 'response',
): Finding {
  const allowed = headers['access-control-allow-origin']?.trim(); // as HTTP does with every value
  const whose = of === 'preflight' ? 'the answer to the preflight' : 'the response';
  if (allowed === undefined) return { rule: `${of}-origin`, reason: `${whose} has no Access-Control-Allow-Origin` };
  if (!request.credentials && allowed === '*') return OK;
  if (allowed !== request.origin) {
    if (!isKnown(allowed) && couldBe(allowed, request.origin)) {
      return {
        rule: 'unknown',
        reason: `Access-Control-Allow-Origin of ${whose} is ${readable(allowed)}, which is known only after deployment`,
      };
    }
    return {
      rule: `${of}-origin`,
      reason:
        `Access-Control-Allow-Origin of ${whose} is "${readable(allowed)}", ` +
        `not ${request.origin}${originHint(allowed, request)}`,
    };
  }
  if (!request.credentials) return OK;
  const credentials = headers['access-control-allow-credentials']?.trim();
  if (credentials === 'true') return OK;
  if (credentials !== undefined && !isKnown(credentials) && couldBe(credentials, 'true')) {
    return { rule: 'unknown', reason: `Access-Control-Allow-Credentials of ${whose} is known only after deployment` };
  }
  const is = credentials === undefined ? 'missing' : `"${readable(credentials)}", not exactly "true"`;
  return {
    rule: `${of}-credentials`,
    reason: `the request has credentials and Access-Control-Allow-Credentials of ${whose} is ${is}`,
  };
}

const OK: Finding = { rule: 'ok', reason: '' };

function originHint(allowed: string, { credentials }: { credentials: boolean }): string {
  if (allowed === '*' && credentials) return ': with credentials a * counts for nothing there';
  if (/[,\s]/.test(allowed.trim())) return ': browsers take exactly one origin, never a list';
  if (allowed.includes('*')) return ': to browsers a * inside an origin is not a wildcard';
  if (/^'.*'$/.test(allowed)) return ': the quotes are one layer too many';
  return allowed.endsWith('/') ? ': an origin has no slash at its end' : '';
}
