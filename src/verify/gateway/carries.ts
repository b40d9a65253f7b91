import { isKnown } from '../unknown';
import type { GatewayOptions } from './gateway';

/** As much of a request as authorizers and validators look at. */
export interface Parameters {
  readonly headers: Record<string, string>;
  readonly query: Record<string, string>;
  /** undefined: which the stage has is not in the template. */
  readonly stageVariables?: Record<string, string>;
}

/**
 * Whether a request has what an authorizer or a validator reads: `header.X-Tenant`,
 * `$request.querystring.page`. Path parameters and the context are always there. What is empty
 * counts as missing.
 */
export function carries(
  { headers, query, stageVariables }: Parameters,
  source: string,
  { cookies }: GatewayOptions,
): boolean {
  const [, variable] = VARIABLE.exec(source.trim()) ?? [];
  if (variable !== undefined && isKnown(source))
    return stageVariables === undefined || Boolean(stageVariables[variable]);
  const [, kind, name] = SOURCE.exec(source.trim()) ?? [];
  if (kind === undefined || !isKnown(source)) return true;
  if (kind.toLowerCase() === 'querystring') return Object.hasOwn(query, name) && query[name] !== '';
  const lower = name.toLowerCase();
  if (isSentByBrowsers(lower) || (lower === 'cookie' && cookies)) return true;
  return Object.entries(headers).some(([header, value]) => header.toLowerCase() === lower && value !== '');
}

const VARIABLE = /^\$?stageVariables\.(.+)$/;
const SOURCE = /^\$?(?:(?:method\.)?request\.)?(header|querystring)\.(.+)$/i;

/** 'header.Authorization' of '$request.header.Authorization' */
export function plainSource(source: string): string {
  return source.trim().replace(/^\$?(?:method\.)?request\./, '');
}

/** Headers that come with every request of a browser, whatever its script sets. */
export function isSentByBrowsers(name: string): boolean {
  return SENT_BY_BROWSERS.has(name);
}

const SENT_BY_BROWSERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'host',
  'origin',
  'referer',
  'user-agent',
]);
