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
    ...(cors.allowCredentials ? { 'access-control-allow-credentials': 'true' } : {}),
    ...(cors.exposeHeaders.length > 0 ? { 'access-control-expose-headers': cors.exposeHeaders.join(',') } : {}),
  };
}

/** What the answer to a preflight has besides. */
export function preflightHeaders(cors: HttpCors): Record<string, string> {
  return {
    ...(cors.allowMethods.length > 0 ? { 'access-control-allow-methods': listOf(cors.allowMethods) } : {}),
    ...(cors.allowHeaders.length > 0 ? { 'access-control-allow-headers': listOf(cors.allowHeaders) } : {}),
    ...(cors.maxAge !== undefined ? { 'access-control-max-age': cors.maxAge } : {}),
  };
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
