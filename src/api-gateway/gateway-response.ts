/** Who may read the errors that the gateway itself answers. */
export interface ErrorReaders {
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

/** The parameters of a gateway response with these headers too; the user's own values stay. */
export function withErrorHeaders(
  parameters: Record<string, unknown>,
  headers: Record<string, string>,
): Record<string, any> {
  const taken = new Set(Object.keys(parameters).map((name) => name.toLowerCase()));
  const added = Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value]);
  return { ...parameters, ...Object.fromEntries(added.filter(([name]) => !taken.has(name.toLowerCase()))) };
}
