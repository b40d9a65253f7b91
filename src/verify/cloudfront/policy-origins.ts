import { couldBe, isKnown, readable } from '../unknown';

/**
 * Whether a response headers policy lets an origin in:
 * 'open' with the reason where nobody can tell.
 */
export type Match = { readonly matches: boolean } | { readonly open: string };

/**
 * Compares an origin with the list of a response headers policy, which knows forms of its own:
 * `*.example.com` without a scheme, and `*` in ports.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function matchOrigin(entries: string[], origin: string): Match {
  const found = entries.map((entry) => matchEntry(entry, origin));
  if (found.some((match) => 'matches' in match && match.matches)) return { matches: true };
  return found.find((match) => 'open' in match) ?? { matches: false };
}

function matchEntry(entry: string, origin: string): Match {
  if (entry === '*') return { matches: true };
  if (!isKnown(entry)) {
    const may = couldBe(entry, origin) || couldBe(`${entry}`, origin.replace(/^[a-z]+:\/\//, ''));
    return may
      ? { open: `whether ${readable(entry)} is ${origin} is known only after deployment` }
      : { matches: false };
  }
  const [, scheme, host, port] = ENTRY.exec(entry) ?? [];
  const [, ofScheme, ofHost, ofPort] = ENTRY.exec(origin) ?? [];
  if (host === undefined || ofHost === undefined) return { matches: false };
  if (scheme !== undefined && scheme !== ofScheme) return { matches: false };
  if (!portMatches(port, ofPort)) return { matches: false };
  if (!host.startsWith('*.')) return { matches: host === ofHost };
  const labels = ofHost.endsWith(host.slice(1)) ? ofHost.slice(0, -host.length + 1) : '';
  if (labels === '') return { matches: false };
  if (!labels.includes('.')) return { matches: true };
  return { open: `whether ${entry} of a response headers policy covers more than one label is not known` };
}

const ENTRY = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.+?)(?::([\d*]+))?$/;

/** A port has to be named; `*` stands for any digits, alone also for no port. */
function portMatches(pattern: string | undefined, port: string | undefined): boolean {
  if (pattern === undefined || port === undefined) return pattern === port || pattern === '*';
  return new RegExp(`^${pattern.replaceAll('*', '\\d*')}$`).test(port);
}
