import { Token } from 'aws-cdk-lib';
import { isForbiddenRequestHeader, isRequestOnlyHeader, isToken } from '../http/header-names';
import { ALL_METHODS, isForbiddenMethod } from '../http/methods';
import { didYouMean, quote, replaceTokens } from './faults';

/** Faults in the names of methods and headers, and the names that change nothing. */

/**
 * Why this is not a valid header name; `undefined` if it is. A deploy-time value may be part of it.
 */
export function headerFault(value: string): string | undefined {
  return isToken(replaceTokens('x', value))
    ? undefined
    : `${quote(value)} is not the name of a header.${didYouMean(value, headerName)}`;
}

/** Why a page cannot be allowed to read this header. */
export function exposureFault(value: string): string | undefined {
  return /^set-cookie2?$/i.test(value)
    ? `no browser lets a page read ${value}. Leave it out, and send what the page needs in a header of its own.`
    : headerFault(value);
}

/** Why this is not a valid value in allowMethods; `undefined` if it is. */
export function methodFault(value: string): string | undefined {
  if (value === '*' || ALL_METHODS.includes(value)) {
    return undefined;
  }
  const upper = value.trim().toUpperCase();
  if (upper === 'ANY') {
    return (
      `${quote(value)} is API Gateway's word for every method, and browsers do not know it. ` +
      'Leave allowMethods out, which announces the methods that the resource has, or write "*".'
    );
  }
  if (isForbiddenMethod(upper)) {
    return `no browser lets a page send ${upper}. Leave it out.`;
  }
  if (ALL_METHODS.includes(upper)) {
    return (
      `browsers compare methods letter by letter, and ${quote(value)} is not one that API Gateway routes. ` +
      `Did you mean "${upper}"?`
    );
  }
  return isToken(replaceTokens('x', value))
    ? undefined
    : `${quote(value)} is not the name of a method.${didYouMean(value, methodName)}`;
}

/**
 * Those of allowHeaders that change nothing: a page cannot set them. A response header such as
 * Access-Control-Allow-Origin it can: that is a mistake of the page, but without the entry the
 * browser blocks its request.
 */
export function ineffectiveRequestHeaders(names: string[]): string[] {
  return names.filter(
    (value) => isForbiddenRequestHeader(value) || /^access-control-request-/i.test(value) || isFalseWildcard(value),
  );
}

/** Those of exposeHeaders that change nothing: no response has them. */
export function ineffectiveResponseHeaders(names: string[]): string[] {
  return names.filter((value) => isRequestOnlyHeader(value) || isOfPreflights(value) || isFalseWildcard(value));
}

/**
 * Methods that no route of API Gateway can have, except through ANY, whose backend has to know
 * them.
 */
export function unroutable(methods: string[]): string[] {
  return methods.filter((method) => method !== '*' && !ALL_METHODS.includes(method) && !Token.isUnresolved(method));
}

/** In answers to preflights alone, which no page reads. */
function isOfPreflights(value: string): boolean {
  return /^access-control-(allow-methods|allow-headers|max-age)$/i.test(value);
}

/** `X-*` is the name of one header, with a star in it. */
function isFalseWildcard(value: string): boolean {
  return value !== '*' && value.includes('*');
}

function headerName(part: string): string | undefined {
  const bare = part.replace(/:$/, '');
  return isToken(bare) ? bare : undefined;
}

function methodName(part: string): string | undefined {
  const upper = part.toUpperCase();
  return part === '*' || ALL_METHODS.includes(upper) ? upper : undefined;
}
