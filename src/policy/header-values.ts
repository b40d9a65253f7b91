import { Fn, Token, Tokenization } from 'aws-cdk-lib';
import { ALL_METHODS, canonicalOrder } from '../http/methods';
import type { ErrorOrigin } from '../options/error-origin';
import type { AllowedOrigins } from './allowed-origins';
import type { CheckedOptions } from './policy';

/** One function a header of the Fetch Standard: its value, or `undefined` where it is not sent. */

/** The one origin, or `*`; nothing where it depends on who asks. */
export function allowOrigin(policy: CheckedOptions): string | undefined {
  return policy.origins.staticOrigin;
}

function allowCredentials(policy: CheckedOptions): string | undefined {
  return policy.credentials ? 'true' : undefined;
}

/**
 * `methods` are those of the resource; its OPTIONS is ours, and no page asks for it, unless the
 * user listed it.
 */
export function allowMethods(policy: CheckedOptions, methods: string[]): string | undefined {
  if (policy.methods === undefined) {
    const names = methods.map((method) => method.toUpperCase());
    return list(names.includes('ANY') ? ALL_METHODS : canonicalOrder(names.filter((name) => name !== 'OPTIONS')));
  }
  if (policy.methods.includes('*')) {
    return '*';
  }
  return list(Token.isUnresolved(policy.methods) ? policy.methods : canonicalOrder(policy.methods));
}

export function allowHeaders(policy: CheckedOptions): string | undefined {
  return list(policy.allowHeaders);
}

/** Browsers read it on actual responses only. */
export function exposeHeaders(policy: CheckedOptions): string | undefined {
  return list(policy.exposeHeaders);
}

/** Always sent: without it a browser remembers the answer for 5 seconds. */
function maxAge(policy: CheckedOptions): string | undefined {
  return Tokenization.stringifyNumber(policy.maxAge);
}

/** Caches must not give one origin's answer to another. */
function vary(policy: CheckedOptions): string | undefined {
  return policy.origins.varies ? 'Origin' : undefined;
}

/** The origins to compare with the page's, where Allow-Origin cannot be written down. */
export function comparedOrigins({ origins }: CheckedOptions): AllowedOrigins | undefined {
  return origins.varies ? origins : undefined;
}

/** The headers of a preflight that can be written without looking at the request. */
export function preflightHeaders(policy: CheckedOptions, methods: string[]): Record<string, string> {
  return sent({
    'Access-Control-Allow-Origin': allowOrigin(policy),
    'Access-Control-Allow-Credentials': allowCredentials(policy),
    'Access-Control-Allow-Methods': allowMethods(policy, methods),
    'Access-Control-Allow-Headers': allowHeaders(policy),
    'Access-Control-Max-Age': maxAge(policy),
    Vary: vary(policy),
  });
}

/** The headers of an actual response that can be written without looking at the request. */
export function responseHeaders(policy: CheckedOptions): Record<string, string> {
  return sent({
    'Access-Control-Allow-Origin': allowOrigin(policy),
    'Access-Control-Allow-Credentials': allowCredentials(policy),
    'Access-Control-Expose-Headers': exposeHeaders(policy),
    Vary: vary(policy),
  });
}

/**
 * Who may read the errors of the gateway: left out, the one origin, or any. With credentials `*`
 * opens nothing, and a gateway response cannot tell which of several origins asked.
 */
export function errorReaders(policy: CheckedOptions, chosen?: ErrorOrigin) {
  const { credentials } = policy;
  const { _origin: origin, _reflects: reflects } = chosen ?? {
    _origin:
      policy.origins.staticOrigin === '*' || policy.origins.varies
        ? anyUnless(credentials)
        : policy.origins.staticOrigin,
    _reflects: false,
  };
  return { origin, reflects, credentials, exposed: exposeHeaders(policy) };
}

function anyUnless(credentials: boolean): string | undefined {
  return credentials ? undefined : '*';
}

function list(values: string[]): string | undefined {
  if (Token.isUnresolved(values)) {
    return Fn.join(',', values);
  }
  return values.length > 0 ? values.join(',') : undefined;
}

function sent(headers: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
