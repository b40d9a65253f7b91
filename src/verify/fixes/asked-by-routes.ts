import type { ApiModel } from '../model/api-model';
import { requirementsOf } from '../requests/requirements';
import { routesOf } from '../requests/routes';

/** `CorsHeaders.DEFAULT`, which every policy without a list allows. */
const DEFAULT = 'content-type,x-amz-date,authorization,x-api-key,x-amz-security-token,x-amz-user-agent'.split(',');
/** What AWS SDKs sign besides. */
const OF_SDKS = ['x-amz-content-sha256', 'amz-sdk-invocation-id', 'amz-sdk-request'];

export function isDefaultHeader(name: string): boolean {
  return DEFAULT.includes(name.toLowerCase());
}

/**
 * What a policy without a list allows beyond `CorsHeaders.DEFAULT`: the headers that the
 * authorizers, signatures, keys and validators of the API read. A list has to repeat them.
 */
export function askedByRoutes(api: ApiModel): string[] {
  const called = routesOf(api).flatMap(({ verbs, called: takenBy }) =>
    verbs.filter((verb) => verb !== 'OPTIONS').flatMap(takenBy),
  );
  const isSigned = called.some(({ authorization }) => authorization.type === 'AWS_IAM');
  const names = [...(isSigned ? OF_SDKS : []), ...requirementsOf(called).headers];
  return [...new Set(names)].filter((name) => !isDefaultHeader(name));
}
