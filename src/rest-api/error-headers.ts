import { responseHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import { ErrorOrigin } from './error-origin';
import type { RestApiPolicy } from './rest-api-policy';

/**
 * The headers of a gateway response as mapping expressions; none where no page may read it. Gateway responses know no Velocity, so the
 * origin is one that can be written down, or the request's own.
 */
export function errorHeaders({ cors, options }: RestApiPolicy): Record<string, string> {
  const { _expression: origin, _varies: varies } = options?.errorOrigin ?? defaultErrorOrigin(cors);
  if (origin === undefined) return {};
  const { 'Access-Control-Expose-Headers': expose } = responseHeaders(cors);
  return {
    'Access-Control-Allow-Origin': origin,
    ...(cors.credentials && origin !== "'*'" && { 'Access-Control-Allow-Credentials': "'true'" }),
    ...(expose !== undefined && { 'Access-Control-Expose-Headers': `'${expose}'` }),
    ...(varies && { Vary: "'Origin'" }),
  };
}

/** With credentials `*` would open nothing, and which of several origins asks cannot be told. */
function defaultErrorOrigin({ origins, credentials }: Policy): ErrorOrigin {
  if (origins.fixed !== undefined && origins.fixed !== '*') return ErrorOrigin.exactly(origins.fixed);
  return credentials ? ErrorOrigin.none() : ErrorOrigin.any();
}
