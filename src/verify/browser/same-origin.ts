import { couldBe, isKnown, readable } from '../unknown';

/**
 * Whether a page is on one of the host names of what it calls: then there is no preflight and no
 * CORS check. https://html.spec.whatwg.org/multipage/browsers.html#same-origin
 */
export function isSameOrigin(hosts: string[], origin: string): boolean {
  return hosts.some((host) => isKnown(host) && covers(host, origin));
}

/** A host name that only the deployment tells, and that may be the page's. */
export function maybeSameOrigin(hosts: string[], origin: string): string | undefined {
  return hosts.find((host) => !isKnown(host) && couldBe(`https://${host}`, origin)) ?? undefined;
}

/** What is worth telling a page on one of several names. */
export function otherHosts(hosts: string[], origin: string): string[] {
  return hosts.filter((host) => isKnown(host) && !covers(host, origin)).map(readable);
}

/** `*.example.com` is how a certificate and a distribution spell all names one label below. */
function covers(host: string, origin: string): boolean {
  if (!host.startsWith('*.')) return origin === `https://${host}`;
  return (
    origin.startsWith('https://') && origin.endsWith(host.slice(1)) && !origin.slice(8, -host.length + 1).includes('.')
  );
}
