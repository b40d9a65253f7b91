/**
 * What Chromium prints for a request that it blocks, word by word. Chromium looks at an answer in
 * an order of its own: at Access-Control-Allow-Origin before the status, and at one header or
 * method at a time.
 */
import type { Response } from '../browser/cors-check';
import { headerList, strayItem } from '../browser/header-list';
import { isCorsSafelistedMethod } from '../browser/methods';
import type { FetchRequest } from '../browser/preflight';
import { corsUnsafeRequestHeaderNames } from '../browser/request-headers';
import { isKnown } from '../unknown';
import { causeWith } from './causes';
import { FRAMES, OF_PREFLIGHT } from './frames';
import { filledIn, type Gaps } from './wording';

/**
 * The message in the console; undefined where it depends on what is known only after deployment,
 * or nothing is blocked.
 */
export function chromiumMessage(
  url: string,
  request: FetchRequest,
  preflight?: Response,
  response?: Response,
): string | undefined {
  const answers = [preflight, response].filter((answer) => answer !== undefined);
  if (
    answers.some(({ headers }) =>
      Object.entries(headers).some(([name, value]) => DECISIVE.test(name) && !isKnown(value)),
    )
  )
    return undefined;
  const reason = (preflight && preflightReason(request, preflight)) ?? (response && accessReason(request, response));
  return reason && filledIn(FRAME, { kind: 'fetch', url, origin: request.origin }) + reason;
}

const DECISIVE = /^access-control-allow-/;

const FRAME = FRAMES.find(
  ({ text }) => text.startsWith('Access to {kind}') && !text.includes('{redirectedFrom}'),
)!.text;

function preflightReason(request: FetchRequest, answer: Response): string | undefined {
  if (REDIRECTS.has(answer.status) && answer.headers.location !== undefined)
    return OF_PREFLIGHT + said('preflight-redirect');
  const denied = accessReason(request, answer);
  if (denied) return OF_PREFLIGHT + denied;
  if (answer.status < 200 || answer.status > 299) return OF_PREFLIGHT + said('preflight-status');
  const { 'access-control-allow-methods': methods, 'access-control-allow-headers': headers } = answer.headers;
  if (strayItem(methods) !== undefined) return said('list-syntax', { list: 'Methods' });
  if (strayItem(headers) !== undefined) return said('list-syntax', { list: 'Headers' });
  return methodReason(request, headerList(methods)) ?? headerReason(request, headerList(headers));
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function accessReason({ origin, credentials }: FetchRequest, { headers }: Response): string | undefined {
  const value = headers['access-control-allow-origin']?.trim();
  if (value === undefined) return said('no-origin');
  if (value === '*') return credentials ? said('star-with-credentials') : undefined;
  if (value !== origin) return said(mismatch(value), { value });
  const allowed = headers['access-control-allow-credentials']?.trim() ?? '';
  return credentials && allowed !== 'true' ? said('allow-credentials', { value: allowed }) : undefined;
}

function mismatch(value: string): string {
  if (/[ ,]/.test(value)) return 'several-origins';
  return value === 'null' || URL.canParse(value) ? 'other-origin' : 'not-an-origin';
}

function methodReason({ method, credentials }: FetchRequest, listed: readonly string[]): string | undefined {
  if (isCorsSafelistedMethod(method) || listed.includes(method) || (!credentials && listed.includes('*')))
    return undefined;
  return said('method', { method });
}

/** Chromium names one. Of several it is not the first in any order that a script can see. */
function headerReason({ headers, credentials }: FetchRequest, listed: readonly string[]): string | undefined {
  if (!credentials && listed.includes('*')) return undefined;
  const allowed = new Set(listed.map((name) => name.toLowerCase()));
  const unsafe = corsUnsafeRequestHeaderNames(headers);
  const [header, ...others] = [...unsafe].filter((name) => !allowed.has(name));
  return header === undefined || others.length > 0 ? undefined : said('header', { header });
}

/**
 * Chromium appends to the texts about a value of Access-Control-Allow-Origin what to do about it.
 */
function said(id: string, gaps: Gaps = {}): string {
  const { text } = causeWith(id).prints.find(({ engine, older }) => engine === 'chromium' && !older)!;
  return filledIn(text, gaps) + (VALUES.has(id) ? ' Have the server send the header with a valid value.' : '');
}

const VALUES = new Set(['other-origin', 'several-origins', 'not-an-origin']);
