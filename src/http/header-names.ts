import { didYouMean, show, withTokensAs } from '../policy/faults';

/**
 * A name in HTTP, without the two characters that mean something in API Gateway's mappings: `'` and
 * `$`.
 */
export const TOKEN = /^[!#%&*+.^_`|~0-9A-Za-z-]+$/;

/** Why a browser would make nothing of this header name. A deploy-time value may be part of it. */
export function headerFault(value: string): string | undefined {
  return TOKEN.test(withTokensAs('x', value))
    ? undefined
    : `${show(value)} is not the name of a header.${didYouMean(value, name)}`;
}

/** Why a page cannot be allowed to read this header. */
export function exposureFault(value: string): string | undefined {
  return /^set-cookie2?$/i.test(value)
    ? `no browser lets a page read ${value}. Leave it out, and send what the page needs in a header of its own.`
    : headerFault(value);
}

/**
 * Those of allowHeaders that change nothing: a page cannot set them, or they belong into responses.
 */
export function idleRequestHeaders(names: string[]): string[] {
  return names.filter(
    (value) => FORBIDDEN_REQUEST_HEADER.test(value) || /^access-control-/i.test(value) || isFalseWildcard(value),
  );
}

/** Those of exposeHeaders that change nothing: no response has them. */
export function idleResponseHeaders(names: string[]): string[] {
  return names.filter((value) => REQUEST_ONLY_HEADER.test(value) || isFalseWildcard(value));
}

/** Names compare without regard to case; the first spelling stays. */
export function withoutRepeats(names: string[]): string[] {
  const lower = names.map((value) => value.toLowerCase());
  return names.filter((_, index) => lower.indexOf(lower[index]) === index);
}

/** `X-*` is the name of one header, with a star in it. */
function isFalseWildcard(value: string): boolean {
  return value !== '*' && value.includes('*');
}

function name(part: string): string | undefined {
  const bare = part.replace(/:$/, '');
  return TOKEN.test(bare) ? bare : undefined;
}

/** Fetch Standard, "forbidden request-header": the browser sets these itself, a script cannot. */
const FORBIDDEN_REQUEST_HEADER =
  /^(accept-charset|accept-encoding|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(proxy|sec)-.*)$/i;

/**
 * Only those that no server answers with: Accept, Accept-Encoding and Authorization are found in
 * responses too.
 */
const REQUEST_ONLY_HEADER =
  /^(accept-charset|accept-language|access-control-request-.*|cookie2?|dnt|expect|from|host|if-.*|max-forwards|origin|proxy-authorization|range|referer|te|user-agent|x-api-key|x-requested-with)$/i;
