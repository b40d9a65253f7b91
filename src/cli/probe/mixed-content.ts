import { isIP } from 'node:net';

/**
 * Why a page of this origin cannot fetch the URL at all, if it cannot.
 * https://w3c.github.io/webappsec-mixed-content/ Chromium and Firefox take this machine's own
 * addresses for safe.
 */
export function mixedContent(origin: string, url: URL): string | undefined {
  if (!origin.startsWith('https:') || url.protocol !== 'http:' || isLoopback(url.hostname)) return undefined;
  return (
    `a page on https may not fetch from http: browsers block ${url.origin} as mixed content before anything is ` +
    'sent, whatever its CORS headers are'
  );
}

function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]') return true;
  return isIP(hostname) === 4 && hostname.startsWith('127.');
}
