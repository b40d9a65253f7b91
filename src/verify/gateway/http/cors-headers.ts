import type { HttpCors } from '../../model/api-model';
import { couldBe, isKnown, unknown } from '../../unknown';

/**
 * The headers that an HTTP API adds to every response for an allowed origin; none for any other.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function corsHeaders(cors: HttpCors | undefined, origin: string | undefined): Record<string, string> {
  if (!cors || origin === undefined) return {};
  const allowed = allowedOrigin(cors.allowOrigins, origin);
  if (allowed === undefined) return {};
  return {
    'access-control-allow-origin': allowed,
    ...(cors.allowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.exposeHeaders.length > 0 && { 'access-control-expose-headers': cors.exposeHeaders.join(',') }),
  };
}

/** What the answer to a preflight has besides. */
export function preflightHeaders({ allowMethods, allowHeaders, maxAge }: HttpCors): Record<string, string> {
  const showsEmptyList = allowMethods.includes('*');
  return {
    ...(allowMethods.length > 0 && { 'access-control-allow-methods': listOf(allowMethods) }),
    ...((allowHeaders.length > 0 || showsEmptyList) && { 'access-control-allow-headers': listOf(allowHeaders) }),
    ...(maxAge !== undefined && { 'access-control-max-age': maxAge }),
  };
}

/**
 * What a preflight asks for and the configuration does not list.
 * API Gateway then sends no CORS headers at all.
 */
export interface Unlisted {
  readonly kind: 'method' | 'header';
  /** 'PUT', or the name of the header. */
  readonly asked: string;
  readonly listed: string[];
}

/** GET, HEAD and POST, which browsers let pass unlisted, have to be listed here too. */
export function unlistedIn(cors: HttpCors, method: string, headers: string): Unlisted | undefined {
  const { allowMethods, allowHeaders } = cors;
  if (!holds(allowMethods, method)) return { kind: 'method', asked: method, listed: allowMethods };
  const names = headers
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);
  const lowered = allowHeaders.map((name) => (isKnown(name) ? name.toLowerCase() : name));
  const asked = names.find((name) => !holds(lowered, name));
  return asked === undefined ? undefined : { kind: 'header', asked, listed: allowHeaders };
}

/**
 * An entry that is known only after deployment may hold it: then it is sent, and the browser's
 * check leaves it open.
 */
function holds(list: string[], wanted: string): boolean {
  return list.some((entry) => entry === '*' || entry === wanted || (!isKnown(entry) && couldBe(entry, wanted)));
}

/**
 * A * may be sent as it is or expanded: nobody has established which. Either way it covers a
 * request without credentials; with credentials a literal * counts for nothing, and its expansion
 * would count.
 */
function listOf(names: string[]): string {
  return [...names, ...(names.includes('*') ? [unknown('what API Gateway may expand * to')] : [])].join(',');
}

/**
 * A list entry that is known only after deployment may be this very origin: then the entry itself
 * stands for the answer.
 */
function allowedOrigin(origins: string[], origin: string): string | undefined {
  if (origins.includes('*')) return '*';
  const scheme = origin.slice(0, origin.indexOf('://'));
  if (origins.includes(origin) || origins.includes(`${scheme}://*`)) return origin;
  return origins.find((entry) => !isKnown(entry) && couldBe(entry, origin));
}
