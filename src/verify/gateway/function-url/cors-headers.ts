import type { HttpCors } from '../../model/api-model';
import { couldBe, isKnown, unknown } from '../../unknown';

/** An origin that is let in, and why that is not certain, if so. */
interface AllowedOrigin {
  readonly value: string;
  readonly doubt?: string;
}

/**
 * How Lambda names the origin of a page, if its settings let it in. With credentials a `*` lets
 * every page in by its own name. What an entry does that is neither an origin nor `*`, nobody has
 * established.
 */
export function allowedOrigin({ allowOrigins, allowCredentials }: HttpCors, origin: string): AllowedOrigin | undefined {
  if (allowOrigins.includes(origin)) return { value: origin };
  if (allowOrigins.includes('*')) return { value: allowCredentials ? origin : '*' };
  const open = allowOrigins.find((entry) => !isKnown(entry) && couldBe(entry, origin));
  if (open !== undefined) return { value: open };
  const odd = allowOrigins.find((entry) => isKnown(entry) && entry.toLowerCase() === origin.toLowerCase());
  if (odd) return { value: origin, doubt: `whether Lambda compares ${odd} regardless of case is not known` };
  const wild = allowOrigins.find((entry) => isKnown(entry) && entry.includes('*') && matches(entry, origin));
  if (wild === undefined) return undefined;
  return { value: origin, doubt: `whether the wildcard inside ${wild} means anything to Lambda is not known` };
}

function matches(entry: string, origin: string): boolean {
  const [first, ...others] = entry.split('*');
  let at = origin.startsWith(first) ? first.length : -1;
  for (const part of others) {
    const next = at < 0 ? -1 : origin.indexOf(part, at);
    at = next < 0 ? -1 : next + part.length;
  }
  return at >= 0;
}

/** What Lambda adds to every answer for a page that is let in. */
export function sharedHeaders({ allowCredentials, exposeHeaders }: HttpCors, origin: string): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    ...(allowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(exposeHeaders.length > 0 && { 'access-control-expose-headers': exposeHeaders.join(',') }),
  };
}

/** What the answer to a preflight has besides: the lists as they are configured. */
export function preflightHeaders({ allowMethods, allowHeaders, maxAge }: HttpCors): Record<string, string> {
  return {
    ...(allowMethods.length > 0 && { 'access-control-allow-methods': listOf(allowMethods) }),
    ...(allowHeaders.length > 0 && { 'access-control-allow-headers': listOf(allowHeaders) }),
    ...(maxAge !== undefined && { 'access-control-max-age': maxAge }),
  };
}

/**
 * A `*` was never recorded: where credentials make a literal one count for nothing,
 * its expansion would count.
 */
function listOf(names: string[]): string {
  return [...names, ...(names.includes('*') ? [unknown('what Lambda may expand * to')] : [])].join(',');
}

/** What a preflight asks for and the settings do not list. */
export interface Unlisted {
  readonly kind: 'method' | 'header';
  readonly asked: string;
  readonly listed: string[];
}

export function unlistedIn(
  { allowMethods, allowHeaders }: HttpCors,
  method: string,
  headers: string,
): Unlisted | undefined {
  if (!holds(allowMethods, method)) return { kind: 'method', asked: method, listed: allowMethods };
  const names = headers.split(',').map((name) => name.trim().toLowerCase());
  const lowered = allowHeaders.map((name) => (isKnown(name) ? name.toLowerCase() : name));
  const asked = names.find((name) => name !== '' && !holds(lowered, name));
  return asked === undefined ? undefined : { kind: 'header', asked, listed: allowHeaders };
}

function holds(list: string[], wanted: string): boolean {
  return list.some((entry) => entry === '*' || entry === wanted || (!isKnown(entry) && couldBe(entry, wanted)));
}
