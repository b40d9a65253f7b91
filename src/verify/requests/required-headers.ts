import { isForbiddenRequestHeader } from '../browser/request-headers';
import type { HttpRoute, RestMethod } from '../model/api-model';
import { isKnown } from '../unknown';

/**
 * The names of headers that a page's script has to set before a method or route calls its
 * integration: for the authorizer, the API key, the request validator. In lower case. Cookies and
 * query strings are none, and a browser sets `Origin` and its like by itself.
 */
export function requiredHeaders(called: RestMethod | HttpRoute): string[] {
  const { type, identitySources } = called.authorization;
  const sources = [...identitySources, ...('requiredParameters' in called ? called.requiredParameters : [])];
  const names = [
    ...sources.flatMap((source) => /(?:^|\.)header\.(.+)$/i.exec(source)?.[1] ?? []),
    ...(type === 'AWS_IAM' ? ['Authorization', 'X-Amz-Date'] : []),
    ...('apiKeyRequired' in called && called.apiKeyRequired ? ['X-Api-Key'] : []),
  ];
  return Array.from(new Set(names.map((name) => name.toLowerCase()))).filter(
    (name) => isKnown(name) && !isForbiddenRequestHeader(name, ''),
  );
}
