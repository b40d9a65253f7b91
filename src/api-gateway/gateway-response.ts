import { ErrorOrigin } from '../options/error-origin';
import { exposeHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';

/**
 * The headers of a gateway response as mapping expressions; none where no page may read it. Gateway
 * responses know no Velocity, so the origin is one that can be written down, or the request's own.
 */
export function errorHeaders(policy: Policy, errorOrigin = defaultErrorOrigin(policy)): Record<string, string> {
  const origin = errorOrigin._expression;
  if (origin === undefined) return {};
  const exposed = exposeHeaders(policy);
  return {
    'Access-Control-Allow-Origin': origin,
    ...(policy.credentials && origin !== "'*'" && { 'Access-Control-Allow-Credentials': "'true'" }),
    ...(exposed !== undefined && { 'Access-Control-Expose-Headers': `'${exposed}'` }),
    ...(errorOrigin._varies && { Vary: "'Origin'" }),
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

/** With credentials `*` would open nothing, and which of several origins asks cannot be told. */
function defaultErrorOrigin({ origins, credentials }: Policy): ErrorOrigin {
  if (origins.fixed !== undefined && origins.fixed !== '*') return ErrorOrigin.exactly(origins.fixed);
  return credentials ? ErrorOrigin.none() : ErrorOrigin.any();
}
