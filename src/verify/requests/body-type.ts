import type { HttpRoute, RestMethod } from '../model/api-model';

/** What a page sends with PUT, POST and PATCH. */
export type SampleBody = 'json' | 'form' | 'text' | 'none';

export const SAMPLE_BODIES: readonly SampleBody[] = ['json', 'form', 'text', 'none'];

/**
 * The Content-Type of the body that a page sends with this method, if it sends one: JSON,
 * unless the API says another type.
 */
export function bodyTypeFor(method: string, called: (RestMethod | HttpRoute)[], body?: SampleBody): string | undefined {
  if (!/^(PUT|POST|PATCH)$/.test(method)) return undefined;
  if (body !== undefined) return TYPES[body];
  const types = called.flatMap(declaredTypes).filter((type) => /^[^*\s]+\/[^*\s]+$/.test(type));
  return (
    types.find((type) => /^application\/json\b/i.test(type)) ??
    types.find((type) => /\+json\b/i.test(type)) ??
    types[0] ??
    JSON_TYPE
  );
}

const JSON_TYPE = 'application/json';

const TYPES: Record<SampleBody, string | undefined> = {
  json: JSON_TYPE,
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain',
  none: undefined,
};

/**
 * Models and documents name the types; where they do not,
 * the mapping templates of an integration show what it reads.
 */
function declaredTypes(called: RestMethod | HttpRoute): string[] {
  if (called.bodyTypes.length > 0 || !('methodResponses' in called)) return called.bodyTypes;
  const { integration } = called;
  return integration && !integration.type.endsWith('_PROXY') ? [...integration.requestTemplates.keys()] : [];
}
