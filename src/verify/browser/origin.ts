import { isExactOrigin } from '../../http/origin';
import { isKnown } from '../unknown';

/**
 * Refuses what no browser sends as an Origin, with the spelling that one would.
 * https://fetch.spec.whatwg.org/#origin-header,
 * https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
export function checkOrigin(origin: any): void {
  if (typeof origin !== 'string')
    throw new Error(
      `origin: ${JSON.stringify(origin)} is not a text. Write the page's origin, such as 'https://app.example.com'.`,
    );
  if (good.has(origin) || !isKnown(origin)) return; // the page of an address that the deployment gives
  if (origin === 'null' || isExactOrigin(origin)) {
    if (good.size < 1000) good.add(origin);
    return;
  }
  const canonical = canonicalOrigin(origin);
  const instead = canonical
    ? `Did you mean "${canonical}"?`
    : "An origin is scheme://host or scheme://host:port, such as 'https://app.example.com'.";
  throw new Error(`origin: ${JSON.stringify(origin)} is not an origin that a browser sends. ${instead}`);
}

/** A suite asks about few origins, thousands of times. */
const good = new Set<string>();

function canonicalOrigin(text: string): string | undefined {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  try {
    const { origin } = new URL(withScheme);
    return isExactOrigin(origin) ? origin : undefined;
  } catch {
    return undefined;
  }
}
