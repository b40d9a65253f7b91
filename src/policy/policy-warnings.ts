import { show } from './faults';
import { idleRequestHeaders, idleResponseHeaders, unroutable } from './name-faults';
import type { CheckedOptions, PolicyWarning } from './policy';
import { reachesOverOwners } from './public-suffix';

export function policyWarnings(policy: CheckedOptions): PolicyWarning[] {
  return [
    publicSuffixWildcard,
    plainHttpWithCredentials,
    longMaxAge,
    unroutableMethod,
    idleAllowHeader,
    idleExposeHeader,
  ].flatMap((warning) => warning(policy) ?? []);
}

/** For an API where an authorizer reads `Authorization`. */
export function wildcardMissesAuthorization(policy: CheckedOptions): PolicyWarning | undefined {
  const names = policy.allowHeaders.map((name) => name.toLowerCase());
  return names.includes('*') && !names.includes('authorization')
    ? {
        id: 'WildcardMissesAuthorization',
        text: 'cors.allowHeaders: by the standard "*" does not cover Authorization, which an authorizer here reads. Write ["*", "Authorization"].',
      }
    : undefined;
}

function publicSuffixWildcard({ origins, credentials }: CheckedOptions): PolicyWarning | undefined {
  const wide = origins.patterns.filter(
    ({ wildcardHost }) => wildcardHost !== undefined && !credentials && reachesOverOwners(wildcardHost),
  );
  return wide.length > 0
    ? {
        id: 'PublicSuffixWildcard',
        text: `cors.allowOrigins: anyone can get a name that ${values(wide.map(({ source }) => source))} matches, and read what the API answers without credentials. List your own names instead.`,
      }
    : undefined;
}

function plainHttpWithCredentials({ origins, credentials }: CheckedOptions): PolicyWarning | undefined {
  const plain = origins.values.filter((value) => credentials && value.startsWith('http://') && !isLoopback(value));
  return plain.length > 0
    ? {
        id: 'PlainHttpWithCredentials',
        text: `cors.allowOrigins: whoever is on the network path can change the pages of ${values(plain)}, and with credentials act as the visitor. Serve them over https.`,
      }
    : undefined;
}

function longMaxAge({ maxAge }: CheckedOptions): PolicyWarning | undefined {
  return maxAge > 7_200
    ? {
        id: 'LongMaxAge',
        text: `cors.maxAge: Chromium forgets a preflight after 7200 seconds and Safari after 600, however long ${maxAge} is. Duration.hours(2) says what most visitors get.`,
      }
    : undefined;
}

function unroutableMethod({ methods = [] }: CheckedOptions): PolicyWarning | undefined {
  const names = unroutable(methods);
  return names.length > 0
    ? {
        id: 'UnroutableMethod',
        text: `cors.allowMethods: API Gateway has no route for ${values(names)}, so browsers would be invited to requests that fail. Leave it out.`,
      }
    : undefined;
}

function idleAllowHeader({ allowHeaders }: CheckedOptions): PolicyWarning | undefined {
  const names = idleRequestHeaders(allowHeaders);
  return names.length > 0
    ? {
        id: 'IdleAllowHeader',
        text: `cors.allowHeaders: listing ${values(names)} changes nothing. These are headers that no page's script can set, or no headers of requests, or "*" inside a name, where it is a letter. Leave it out.`,
      }
    : undefined;
}

function idleExposeHeader({ exposeHeaders }: CheckedOptions): PolicyWarning | undefined {
  const names = idleResponseHeaders(exposeHeaders);
  return names.length > 0
    ? {
        id: 'IdleExposeHeader',
        text: `cors.exposeHeaders: listing ${values(names)} changes nothing. Responses have no such header, and "*" inside a name is a letter. Leave it out.`,
      }
    : undefined;
}

/** Pages from the visitor's own machine, which no network lies in front of. */
function isLoopback(origin: string): boolean {
  return /^http:\/\/(([a-z0-9_*-]+\.)*localhost\.?|127(\.[0-9]+){3}|\[::1\])(:|$)/.test(origin);
}

function values(list: string[]): string {
  return list.map(show).join(', ');
}
