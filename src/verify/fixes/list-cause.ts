import { headerList, strayItem } from '../browser/header-list';
import type { GatewayAnswer } from '../gateway/gateway';
import { readable } from '../unknown';
import type { BrowserRequest } from '../verdict';
import type { Found } from './cause';

export function listCause(
  rule: 'preflight-method' | 'preflight-header',
  { headers, unlisted }: GatewayAnswer,
  asked: { method: string; headers: string[] },
  request: BrowserRequest,
): Found {
  const isMethod = rule === 'preflight-method';
  const header = headers[isMethod ? 'access-control-allow-methods' : 'access-control-allow-headers'];
  const value = header === undefined ? undefined : readable(header);
  const stray = strayItem(header);
  if (stray !== undefined) {
    const isQuoted = /^["'].*["']$/.test(stray) || /^["']/.test(value ?? '');
    return { id: isQuoted ? 'list-quoted' : 'list-misspelled', value, names: wanted(isMethod, asked), detail: stray };
  }
  const found = { value, names: wanted(isMethod, asked) };
  return isMethod ? methodCause(found, headerList(header)) : headerCause(found, header, request, unlisted);
}

function wanted(isMethod: boolean, asked: { method: string; headers: string[] }): string[] {
  return isMethod ? [asked.method] : asked.headers;
}

function methodCause(found: Omit<Found, 'id'>, methods: readonly string[]): Found {
  const [method] = found.names;
  if (methods.includes('*')) return { id: 'method-star-with-credentials', ...found };
  if (method !== method.toUpperCase() && methods.includes(method.toUpperCase()))
    return { id: 'method-case-of-page', ...found };
  const listed = methods.find((each) => each.toUpperCase() === method.toUpperCase());
  return listed ? { id: 'method-case-of-list', ...found, detail: listed } : { id: 'method-unlisted', ...found };
}

function headerCause(
  found: Omit<Found, 'id'>,
  header: string | undefined,
  { credentials }: BrowserRequest,
  unlisted: GatewayAnswer['unlisted'],
): Found {
  const listed = headerList(header).map((name) => name.toLowerCase());
  const covers = listed.includes('*') && !credentials;
  const missing = unlisted ? found.names : found.names.filter((name) => !listed.includes(name) && !covers);
  const [ofResponses, others] = [missing.filter(isOfResponse), missing.filter((name) => !isOfResponse(name))];
  if (ofResponses.length > 0)
    return { id: 'header-of-response', ...found, names: ofResponses, detail: others.join(', ') || undefined };
  if (listed.includes('*')) return { id: 'header-star-with-credentials', ...found, names: missing };
  return { id: 'header-unlisted', ...found, names: missing };
}

/** https://fetch.spec.whatwg.org/#http-responses: a script that sends one has mistaken the side. */
function isOfResponse(name: string): boolean {
  return /^access-control-(allow|expose|max-age)/i.test(name);
}
