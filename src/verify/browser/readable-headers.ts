import { isKnown } from '../unknown';
import { headerList, strayItem } from './header-list';

/** https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
const SAFELISTED = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
];

/**
 * The names of the response headers that the script can read: those of the response, filtered, and
 * those that are exposed for the case that the backend sends them.
 * https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 */
export function readableHeaders(headers: Record<string, string>, credentials: boolean): string[] {
  const exposed = exposedNames(headers);
  const present = Object.keys(headers).map((name) => name.toLowerCase());
  const all = exposed.includes('*') && !credentials;
  const named = exposed.filter((name) => name !== '*' || credentials);
  const readable = present.filter((name) => all || SAFELISTED.includes(name));
  return [...new Set([...named, ...readable])].filter((name) => isKnown(name) && !isNeverReadable(name)).sort();
}

/**
 * Whether a script can read a header of this name, if the response has it;
 * undefined where only the deployment tells.
 */
export function isReadable(name: string, headers: Record<string, string>, credentials: boolean): boolean | undefined {
  const lower = name.toLowerCase();
  if (isNeverReadable(lower)) return false;
  const exposed = exposedNames(headers);
  if (SAFELISTED.includes(lower) || exposed.includes(lower) || (exposed.includes('*') && !credentials)) return true;
  return isKnown(headers['access-control-expose-headers'] ?? '') ? false : undefined;
}

/** One item that is not a name spoils the whole list. */
function exposedNames(headers: Record<string, string>): string[] {
  const header = headers['access-control-expose-headers'];
  return strayItem(header) === undefined ? headerList(header).map((name) => name.toLowerCase()) : [];
}

function isNeverReadable(name: string): boolean {
  return /^set-cookie2?$/.test(name);
}
