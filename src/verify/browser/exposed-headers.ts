import { headerList, strayItem } from './header-list';

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
 * The names of the response headers that the script can read.
 * https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 */
export function readableHeaders(headers: Record<string, string>, credentials: boolean): string[] {
  const header = headers['access-control-expose-headers'];
  const exposed = strayItem(header) === undefined ? headerList(header).map((name) => name.toLowerCase()) : [];
  const all = exposed.includes('*') && !credentials;
  return Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => !/^set-cookie2?$/.test(name) && (all || SAFELISTED.includes(name) || exposed.includes(name)))
    .sort();
}
