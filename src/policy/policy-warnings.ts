import { Token } from 'aws-cdk-lib';
import type { ErrorOrigin } from '../options/error-origin';
import { type Warning, warning } from '../warnings/catalogue';
import { quote } from './faults';
import { ineffectiveRequestHeaders, ineffectiveResponseHeaders, unroutable } from './name-faults';
import type { CheckedOptions } from './policy';
import { spansPublicSuffix } from './public-suffix';

export function policyWarnings(policy: CheckedOptions): Warning[] {
  return [
    publicSuffixWildcard,
    plainHttpWithCredentials,
    longMaxAge,
    unroutableMethod,
    idleAllowHeader,
    idleExposeHeader,
  ].flatMap((find) => find(policy) ?? []);
}

/** For a REST API whose errors go to a page that never gets to them. */
export function errorOriginNotAllowed({ origins }: CheckedOptions, chosen?: ErrorOrigin): Warning | undefined {
  const origin = chosen?._origin;
  const isOpen =
    origins.isDeployTimeList || [...origins.exact, origin ?? ''].some((value) => Token.isUnresolved(value));
  return origin === undefined || origin === '*' || isOpen || origins.allows(origin)
    ? undefined
    : warning('ErrorOriginNotAllowed', { origin });
}

/** For an HTTP API: API Gateway asks for the methods that browsers need no listing for, too. */
export function unlistedMethod({ methods }: CheckedOptions, verbs: string[]): Warning | undefined {
  if (!methods || Token.isUnresolved(methods) || methods.some((method) => method === '*' || Token.isUnresolved(method)))
    return undefined;
  const simple = ['GET', 'HEAD', 'POST'];
  const missing = simple.filter((method) => verbs.includes(method) && !methods.includes(method));
  return missing.length > 0 ? warning('UnlistedMethod', { methods: missing }) : undefined;
}

/** For an API where an authorizer reads `Authorization`. */
export function wildcardMissesAuthorization(policy: CheckedOptions): Warning | undefined {
  const names = policy.allowHeaders.map((name) => name.toLowerCase());
  return names.includes('*') && !names.includes('authorization') ? warning('WildcardMissesAuthorization') : undefined;
}

function publicSuffixWildcard({ origins, credentials }: CheckedOptions): Warning | undefined {
  const wide = origins.patterns.filter(
    ({ wildcardHost }) => wildcardHost !== undefined && !credentials && spansPublicSuffix(wildcardHost),
  );
  return wide.length > 0
    ? warning('PublicSuffixWildcard', { patterns: quoted(wide.map(({ source }) => source)) })
    : undefined;
}

function plainHttpWithCredentials({ origins, credentials }: CheckedOptions): Warning | undefined {
  const plain = origins.values.filter((value) => credentials && value.startsWith('http://') && !isLoopback(value));
  return plain.length > 0 ? warning('PlainHttpWithCredentials', { origins: quoted(plain) }) : undefined;
}

function longMaxAge({ maxAge }: CheckedOptions): Warning | undefined {
  return maxAge > 7_200 ? warning('LongMaxAge', { maxAge }) : undefined;
}

function unroutableMethod({ methods = [] }: CheckedOptions): Warning | undefined {
  const names = unroutable(methods);
  return names.length > 0 ? warning('UnroutableMethod', { methods: quoted(names) }) : undefined;
}

function idleAllowHeader({ allowHeaders }: CheckedOptions): Warning | undefined {
  const names = ineffectiveRequestHeaders(allowHeaders);
  return names.length > 0 ? warning('IdleAllowHeader', { names: quoted(names) }) : undefined;
}

function idleExposeHeader({ exposeHeaders }: CheckedOptions): Warning | undefined {
  const names = ineffectiveResponseHeaders(exposeHeaders);
  return names.length > 0 ? warning('IdleExposeHeader', { names: quoted(names) }) : undefined;
}

/** Pages from the visitor's own machine, which no network lies in front of. */
function isLoopback(origin: string): boolean {
  return /^http:\/\/(([a-z0-9_*-]+\.)*localhost\.?|127(\.[0-9]+){3}|\[::1\])(:|$)/.test(origin);
}

function quoted(list: string[]): string[] {
  return list.map(quote);
}
