/** Header names as HTTP and the Fetch Standard have them. */

/**
 * A token of HTTP, without the two characters that mean something in API Gateway's mappings: `'`
 * and `$`.
 */
export function isToken(text: string): boolean {
  return /^[!#%&*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

/**
 * The browser sets these itself, a script cannot:
 * https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function isForbiddenRequestHeader(name: string): boolean {
  return FORBIDDEN_REQUEST_HEADER.test(name);
}

/**
 * Whether a browser sends it on its own, or lets a script send it without asking: no preflight has
 * to allow it.
 */
export function isSentByBrowser(name: string): boolean {
  return isForbiddenRequestHeader(name) || /^(accept|accept-language|content-language|user-agent)$/i.test(name);
}

/** Whether servers never answer with it; Accept, Accept-Encoding and Authorization they may. */
export function isRequestOnlyHeader(name: string): boolean {
  return REQUEST_ONLY_HEADER.test(name);
}

/** Names compare without regard to case; the first spelling stays. */
export function withoutRepeats(names: string[]): string[] {
  const lower = names.map((value) => value.toLowerCase());
  return names.filter((_, index) => lower.indexOf(lower[index]) === index);
}

const FORBIDDEN_REQUEST_HEADER = new RegExp(
  '^(accept-charset|accept-encoding|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|' +
    'referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|(proxy|sec)-.*)$',
  'i',
);

const REQUEST_ONLY_HEADER = new RegExp(
  '^(accept-charset|accept-language|access-control-request-.*|cookie2?|dnt|expect|from|host|if-.*|max-forwards|' +
    'origin|proxy-authorization|range|referer|te|user-agent|x-api-key|x-requested-with)$',
  'i',
);
