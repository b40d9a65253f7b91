import type { Rule } from '../rules';
import { isKnown, readable } from '../unknown';
import { corsCheck, type Finding, type Response } from './cors-check';
import { headerList, strayItem } from './header-list';
import { isCorsSafelistedMethod } from './methods';
import { corsUnsafeRequestHeaderNames } from './request-headers';

/** A request as fetch has prepared it: method normalised, forbidden headers dropped. */
export interface FetchRequest {
  readonly origin: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly credentials: boolean;
}

/**
 * https://fetch.spec.whatwg.org/#http-fetch: a method or header beyond the safelist is asked about
 * first.
 */
export function needsPreflight({ method, headers }: FetchRequest): boolean {
  return !isCorsSafelistedMethod(method) || corsUnsafeRequestHeaderNames(headers).length > 0;
}

/**
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch, steps 1 to 6. It carries no credentials and
 * none of the script's headers. Browsers speak HTTP/2 with API Gateway, where names are in lower
 * case.
 */
export function preflightHeaders(request: FetchRequest): Record<string, string> {
  const names = corsUnsafeRequestHeaderNames(request.headers);
  return {
    accept: '*/*',
    'access-control-request-method': request.method,
    ...(names.length > 0 ? { 'access-control-request-headers': names.join(',') } : {}),
    origin: request.origin,
  };
}

/**
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch, step 7: what the answer has to say for the
 * request to be sent.
 */
export function preflightCheck(request: FetchRequest, answer: Response): Finding {
  if (answer.status < 200 || answer.status > 299) {
    return {
      rule: 'preflight-answer',
      reason: `the preflight is answered with ${answer.status}; browsers accept only a status from 200 to 299`,
    };
  }
  const shared = corsCheck(request, answer, 'preflight');
  if (shared.rule !== 'ok') return shared;
  const { 'access-control-allow-methods': methods, 'access-control-allow-headers': headers } = answer.headers;
  return (
    listCheck('preflight-method', 'Access-Control-Allow-Methods', methods) ??
    listCheck('preflight-header', 'Access-Control-Allow-Headers', headers) ??
    methodCheck(request, methods) ??
    headersCheck(request, headers) ??
    shared
  );
}

/** A malformed list spoils the answer, whatever the request is. */
function listCheck(rule: Rule, name: string, header: string | undefined): Finding | undefined {
  const wrong = strayItem(header);
  return wrong === undefined
    ? undefined
    : { rule, reason: `${name} is ${quote(header)}, and "${wrong}" is not a name` };
}

function methodCheck({ method, credentials }: FetchRequest, header: string | undefined): Finding | undefined {
  const methods = headerList(header);
  if (isCorsSafelistedMethod(method) || methods.includes(method) || (!credentials && methods.includes('*')))
    return undefined;
  if (header !== undefined && !isKnown(header)) return unknownList('Access-Control-Allow-Methods', header);
  const hints = [
    methods.includes('*') && 'with credentials a * counts for nothing there: list the methods',
    methods.some((listed) => listed.toUpperCase() === method.toUpperCase()) &&
      `methods are compared case-sensitively, and fetch does not change the case of ${method}`,
  ].filter(Boolean);
  const reason = `Access-Control-Allow-Methods is ${quote(header)} and does not list ${method}`;
  return { rule: 'preflight-method', reason: [reason, ...hints].join('; ') };
}

function headersCheck(request: FetchRequest, header: string | undefined): Finding | undefined {
  const listed = new Set(headerList(header).map((name) => name.toLowerCase()));
  const wildcard = !request.credentials && listed.has('*');
  const unsafe = corsUnsafeRequestHeaderNames(request.headers);
  const missing = unsafe.filter((name) => !listed.has(name) && !wildcard);
  if (missing.length > 0) {
    if (header !== undefined && !isKnown(header)) return unknownList('Access-Control-Allow-Headers', header);
    const hint = listed.has('*') ? '; with credentials a * counts for nothing there: list the names' : '';
    return {
      rule: 'preflight-header',
      reason: `Access-Control-Allow-Headers is ${quote(header)} and does not list ${missing.join(', ')}${hint}`,
    };
  }
  const rests = unsafe.includes('authorization') && !listed.has('authorization');
  return rests ? { rule: 'ok', reason: AUTHORIZATION_REMARK } : undefined;
}

/** https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name */
const AUTHORIZATION_REMARK =
  "today's browsers let Authorization pass under Access-Control-Allow-Headers: *, " +
  'but the Fetch Standard does not: list it by name';

function unknownList(name: string, header: string): Finding {
  return { rule: 'unknown', reason: `${name} is ${readable(header)}, which is known only after deployment` };
}

function quote(header: string | undefined): string {
  return header === undefined ? 'missing' : `"${readable(header)}"`;
}
