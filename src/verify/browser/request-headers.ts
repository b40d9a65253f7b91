/**
 * Request headers, as the Fetch Standard treats them:
 * https://fetch.spec.whatwg.org/#terminology-headers
 */
import { isToken } from './header-list';

/** JavaScript passes any type at all, and `fetch` would make a text of it. */
export function checkHeaderValues(headers: Record<string, unknown> = {}): void {
  if (Array.isArray(headers) || typeof headers !== 'object')
    throw new Error(`headers: ${JSON.stringify(headers)} has no values by name. Write { "authorization": "…" }.`);
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string')
      throw new Error(`headers: the value of ${name} is ${JSON.stringify(value)}, no text. Write "${value}".`);
  }
}

/** Why `fetch` throws before anything is sent, if it does. */
export function headersFault(headers: Record<string, string>): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (!isToken(name)) return `"${name}" is not a header name: fetch throws a TypeError`;
    if (/[\0\r\n]/.test(value.trim()) || /[^\0-\xff]/.test(value))
      return `the value of ${name} cannot be sent: fetch throws a TypeError`;
  }
  return undefined;
}

/**
 * https://fetch.spec.whatwg.org/#forbidden-request-header: a script that sets one is ignored
 * without an error.
 */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (FORBIDDEN.has(lower) || lower.startsWith('proxy-') || lower.startsWith('sec-')) return true;
  const overridesMethod =
    lower === 'x-http-method' || lower === 'x-http-method-override' || lower === 'x-method-override';
  return overridesMethod && value.split(',').some((method) => /^(CONNECT|TRACE|TRACK)$/i.test(method.trim()));
}

const FORBIDDEN = new Set(
  (
    'accept-charset,accept-encoding,access-control-request-headers,access-control-request-method,connection,' +
    'content-length,cookie,cookie2,date,dnt,expect,host,keep-alive,origin,referer,set-cookie,te,trailer,' +
    'transfer-encoding,upgrade,via'
  ).split(','),
);

/**
 * https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names: the names that need a preflight,
 * in lower case and sorted.
 */
export function corsUnsafeRequestHeaderNames(headers: Record<string, string>): string[] {
  const unsafe: string[] = [];
  const potentiallyUnsafe: string[] = [];
  let safelistValueSize = 0;
  for (const [name, given] of Object.entries(headers)) {
    const value = normalizeValue(given);
    if (!isCorsSafelistedRequestHeader(name, value)) {
      unsafe.push(name);
    } else {
      potentiallyUnsafe.push(name);
      safelistValueSize += byteLength(value);
    }
  }
  if (safelistValueSize > 1024) unsafe.push(...potentiallyUnsafe);
  return [...new Set(unsafe.map((name) => name.toLowerCase()))].sort();
}

/** https://fetch.spec.whatwg.org/#concept-header-value-normalize */
function normalizeValue(value: string): string {
  return value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
}

/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
export function isCorsSafelistedRequestHeader(name: string, value: string): boolean {
  if (byteLength(value) > 128) return false;
  switch (name.toLowerCase()) {
    case 'accept':
      return !UNSAFE_BYTE.test(value);
    case 'accept-language':
    case 'content-language':
      return /^[0-9A-Za-z *,\-.;=]*$/.test(value);
    case 'content-type':
      return !UNSAFE_BYTE.test(value) && SIMPLE_TYPES.has(value.split(';')[0].trim().toLowerCase());
    case 'range':
      return isSimpleRange(value);
    default:
      return false;
  }
}

const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the standard names these very bytes
const UNSAFE_BYTE = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/;

/**
 * https://fetch.spec.whatwg.org/#simple-range-header-value: one range with a start, and its end not
 * before it.
 */
function isSimpleRange(value: string): boolean {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(value) ?? [];
  return start !== undefined && (end === '' || Number(start) <= Number(end));
}

function byteLength(value: string): number {
  return Buffer.byteLength(value, 'latin1');
}
