import { isForbiddenRequestHeader } from '../browser/request-headers';
import { isSentByBrowsers } from '../gateway/carries';
import type { HttpRoute, RestMethod } from '../model/api-model';
import { isKnown } from '../unknown';

/** What a request has to carry before a method or route calls its integration. */
interface Requirements {
  /** The names of headers that the page's script has to set, in lower case. */
  readonly headers: string[];
  /** The names of query parameters. */
  readonly query: string[];
  /** Whether a cookie has to come along. */
  readonly cookies: boolean;
}

/**
 * For the authorizer, the API key, the signature, the request validator.
 * What a browser sets on its own is not among them.
 */
export function requirementsOf(called: (RestMethod | HttpRoute)[]): Requirements {
  const names = called.flatMap((each) => headerNames(each)).map((name) => name.toLowerCase());
  const settable = names.filter((name) => !isForbiddenRequestHeader(name, '') && !isSentByBrowsers(name));
  const query = called.flatMap((each) => namesOf(sourcesOf(each), 'querystring'));
  return { headers: [...new Set(settable)], query: [...new Set(query)], cookies: names.includes('cookie') };
}

function headerNames(called: RestMethod | HttpRoute): string[] {
  return [
    ...namesOf(sourcesOf(called), 'header'),
    ...(called.authorization.type === 'AWS_IAM' ? SIGNED : []),
    ...('apiKey' in called && called.apiKey === 'HEADER' ? ['X-Api-Key'] : []),
  ];
}

function sourcesOf(called: RestMethod | HttpRoute): string[] {
  const required = 'requiredParameters' in called && !called.validatorDoubt ? called.requiredParameters : [];
  return [...called.authorization.identitySources, ...required].filter(isKnown);
}

/**
 * What today's signers of Signature Version 4 send from a browser,
 * with the temporary credentials that browsers have.
 */
const SIGNED = ['Authorization', 'X-Amz-Date', 'X-Amz-Security-Token', 'X-Amz-Content-Sha256'];

/** 'header.X-Tenant', '$request.querystring.page' */
function namesOf(sources: string[], kind: 'header' | 'querystring'): string[] {
  return sources.flatMap((source) => new RegExp(`(?:^|\\.)${kind}\\.(.+)$`, 'i').exec(source.trim())?.[1] ?? []);
}
