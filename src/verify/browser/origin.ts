import { isKnown } from '../unknown';

/**
 * Refuses what no browser sends as an Origin, with the spelling that one would.
 * https://fetch.spec.whatwg.org/#origin-header,
 * https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
export function checkOrigin(origin: any): void {
  if (typeof origin !== 'string')
    throw new Error(
      `origin: ${JSON.stringify(origin)} is no text. Write the page's origin, such as 'https://app.example.com'.`,
    );
  if (good.has(origin) || !isKnown(origin)) return; // the page of an address that the deployment gives
  const canonical = origin === 'null' || OTHER_SCHEME.test(origin) ? origin : canonicalOrigin(origin);
  if (canonical === origin) {
    if (good.size < 1000) good.add(origin);
    return;
  }
  const instead = canonical
    ? `Did you mean "${canonical}"?`
    : "An origin is scheme://host or scheme://host:port, such as 'https://app.example.com'.";
  throw new Error(`origin: ${JSON.stringify(origin)} is not an origin that a browser sends. ${instead}`);
}

/** A suite asks about few origins, thousands of times. */
const good = new Set<string>();

/**
 * Apps in a web view and browser extensions have origins of their own: capacitor://localhost,
 * chrome-extension://…
 */
const OTHER_SCHEME =
  /^(?!https?:|file:|data:|blob:|about:|javascript:|wss?:|ftp:)[a-z][a-z0-9+.-]*:\/\/[a-z0-9._-]+(:\d{1,5})?$/;

function canonicalOrigin(text: string): string | undefined {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  try {
    const { origin, hostname } = new URL(withScheme);
    return origin !== 'null' && HOST.test(hostname) ? origin : undefined;
  } catch {
    return undefined;
  }
}

const HOST = /^([a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/;
