import { mapObjectsOrNone, objectsOf } from './cloudformation-conditions';
import { type OwnHeaders, ownHeaders, withHeaders } from './own-headers';

/** Who may read the errors that the gateway itself answers. */
interface ErrorReaders {
  /** `*` or an origin; left out where no page may. */
  readonly origin?: string;
  /** Any page, by the name that it gives. */
  readonly reflects: boolean;
  readonly credentials: boolean;
  readonly exposed?: string;
}

/**
 * The headers of a gateway response as mapping expressions; none where no page may read it. Gateway
 * responses know no Velocity, so the origin is one that can be written down, or the request's own.
 */
export function errorHeaders({ origin, reflects, credentials, exposed }: ErrorReaders): Record<string, string> {
  if (origin === undefined && !reflects) return {};
  return {
    'Access-Control-Allow-Origin': reflects ? 'method.request.header.origin' : `'${origin}'`,
    ...(credentials && origin !== '*' && { 'Access-Control-Allow-Credentials': "'true'" }),
    ...(exposed !== undefined && { 'Access-Control-Expose-Headers': `'${exposed}'` }),
    ...(reflects && { Vary: "'Origin'" }),
  };
}

export const ERROR_HEADER = 'gatewayresponse.header.';

/** The parameters of a gateway response with these headers too, by the rules of `withHeaders`. */
export function withErrorHeaders(
  parameters: Record<string, unknown>,
  headers: Record<string, string>,
): Record<string, any> {
  return mapObjectsOrNone(parameters, (own) => withHeaders(own, headers, ERROR_HEADER));
}

/** What the user mapped, on every side of its conditions. */
export function ownErrorHeaders(parameters: unknown): OwnHeaders[] {
  return objectsOf(parameters).map((own) => ownHeaders(own, ERROR_HEADER));
}
