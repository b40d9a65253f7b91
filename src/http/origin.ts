/**
 * Whether a browser can send this as `Origin`, byte for byte. The URL parser alone would let `' " $
 * { } , ; !` and empty labels pass, which must never reach a template's quotes; the grammar alone
 * knows no punycode and no canonical addresses.
 */
export function isExactOrigin(value: string): boolean {
  const [, scheme, authority] = /^([a-z][a-z0-9+.-]*):\/\/(.+)$/.exec(value) ?? [];
  if (scheme === undefined) {
    return false;
  }
  return scheme === 'http' || scheme === 'https' ? isWebOrigin(value, authority) : isAppOrigin(scheme, authority);
}

/** Pages of these schemes send `Origin: null`, whatever they are. */
export const OPAQUE_SCHEMES = ['file', 'data', 'blob', 'about', 'javascript'];

/** No page is served by these, so no page has such an origin. */
export const PAGELESS_SCHEMES = ['ws', 'wss', 'ftp'];

function isWebOrigin(value: string, authority: string): boolean {
  const [, host] = /^(\[[0-9a-f:]+\]|[a-z0-9._-]+)(:[1-9][0-9]{0,4})?$/.exec(authority) ?? [];
  return host !== undefined && (host.startsWith('[') || isHostName(host)) && originOf(value) === value;
}

function isHostName(host: string): boolean {
  const name = host.replace(/\.$/, '');
  return name.length <= 253 && name.split('.').every((label) => label.length >= 1 && label.length <= 63);
}

function isAppOrigin(scheme: string, authority: string): boolean {
  const isPageless = OPAQUE_SCHEMES.includes(scheme) || PAGELESS_SCHEMES.includes(scheme);
  const [, host, port = '1'] = /^([a-z0-9._-]+)(?::([1-9][0-9]{0,4}))?$/.exec(authority) ?? [];
  return !isPageless && host !== undefined && Number(port) <= 65_535;
}

function originOf(value: string): string | undefined {
  try {
    return new URL(value).origin;
  } catch {
    return undefined;
  }
}
