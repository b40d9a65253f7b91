import type { GatewayAnswer } from '../gateway/gateway';
import { readable } from '../unknown';
import type { BrowserRequest } from '../verdict';
import type { Found } from './cause';

export function originCause({ headers }: GatewayAnswer, { origin, credentials = false }: BrowserRequest): Found {
  const sent = headers['access-control-allow-origin']?.trim();
  const names = [origin];
  if (sent === undefined) return { id: 'origin-missing', names };
  const value = readable(sent);
  const bare = value.replace(/^["']+|["']+$/g, '');
  if (bare !== value) return { id: 'origin-quoted', value, names, detail: bare };
  if (value === '*' && credentials) return { id: 'origin-star-with-credentials', value, names };
  const items = value.split(/[,\s]+/).filter(Boolean);
  if (items.length > 1) return { id: new Set(items).size === 1 ? 'origin-twice' : 'origin-list', value, names };
  if (value.includes('*')) return { id: 'origin-pattern', value, names };
  const detail = difference(value, origin);
  return detail ? { id: 'origin-near', value, names, detail } : { id: 'origin-other', value, names };
}

export function credentialsCause({ headers }: GatewayAnswer, { origin }: BrowserRequest): Found {
  const sent = headers['access-control-allow-credentials']?.trim();
  if (sent === undefined) return { id: 'credentials-missing', names: [origin] };
  return { id: 'credentials-misspelled', value: readable(sent), names: [origin] };
}

/** The one thing in which two origins differ, where it is one that people overlook. */
function difference(sent: string, origin: string): string | undefined {
  const [a, b] = [sent, origin].map((text) => /^([a-z][a-z0-9+.-]*):\/\/([^/:]*)(?::(\d+))?(\/.*)?$/i.exec(text));
  if (!a || !b) return withoutScheme(sent, origin);
  const [, scheme, host, port = '', path = ''] = a;
  const [, ownScheme, ownHost, ownPort = ''] = b;
  const differing = [
    scheme.toLowerCase() !== ownScheme && `the scheme differs (${scheme}, and the page has ${ownScheme})`,
    host.toLowerCase() !== ownHost.toLowerCase() &&
      (bare(host) === bare(ownHost) ? `"www." differs (${host}, and the page is on ${ownHost})` : OTHER_HOST),
    port !== ownPort && `the port differs (${port || 'none'}, and the page has ${ownPort || 'none'})`,
    path !== '' && (path === '/' ? 'it has a slash at its end' : `it has the path ${path}`),
  ].filter((each) => each !== false);
  if (differing.includes(OTHER_HOST)) return undefined;
  const isCase = differing.length === 0 || scheme !== scheme.toLowerCase() || host !== host.toLowerCase();
  return [...differing, ...(isCase ? ['it has capital letters, and browsers send small ones'] : [])].join(', and ');
}

const OTHER_HOST = 'another host';

function withoutScheme(sent: string, origin: string): string | undefined {
  return origin.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '') === sent.toLowerCase().replace(/\/$/, '')
    ? 'it has no scheme'
    : undefined;
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}
