import { asText } from '../text/as-text';

/**
 * Header mappings that a user wrote, as far as CORS depends on them: who may read, and whether API
 * Gateway takes the value at all. Pure.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */

/** Where a header's value comes from, by the expression that it is mapped to. */
type MappedValue =
  /**
   * In quotes: the same for every request. `text` is left out where only the deployment knows it.
   */
  | { readonly kind: 'static'; readonly text?: string }
  /** From the request, the backend or the stage. */
  | { readonly kind: 'dynamic' }
  /** API Gateway refuses it. */
  | { readonly kind: 'refused'; readonly instead: string };

function mappedValue(expression: unknown): MappedValue {
  if (typeof expression !== 'string')
    return isQuoted(JSON.stringify(expression)) ? { kind: 'static' } : { kind: 'dynamic' };
  const [, text] = /^'([^']*)'$/.exec(expression) ?? [];
  if (text !== undefined) return text.includes('${') ? { kind: 'static' } : { kind: 'static', text };
  if (SOURCE.test(expression) || expression.includes('${')) return { kind: 'dynamic' };
  return { kind: 'refused', instead: `'${expression.replace(/^["']+|["']+$/g, '')}'` };
}

const SOURCE = /^(integration\.response\.(header|multivalueheader|body)|method\.request\.|context\.|stageVariables\.)/i;

/** `{"Fn::Join": ["", ["'", …, "'"]]}` and `{"Fn::Sub": "'…'"}`, as JSON. */
function isQuoted(json: string): boolean {
  return /^\{"Fn::(Join":\["",\["'|Sub":\[?"')/.test(json) && /'"\]*\}?(,\{.*\}\])?\}$/.test(json);
}

/** One origin for every page: credentials beside it let no other page act as the visitor. */
export function isOneOrigin(expression: unknown): boolean {
  const value = mappedValue(expression);
  return value.kind === 'static' && !/[*,]/.test(value.text ?? '');
}

/** The value with `Origin` in it too, where it is known; else as it stands. */
function variesByOrigin(expression: unknown): unknown {
  const value = mappedValue(expression);
  if (value.kind !== 'static' || value.text === undefined) return expression;
  const names = value.text.split(',').map((name) => name.trim());
  const isThere = names.some((name) => name === '*' || name.toLowerCase() === 'origin');
  return isThere ? expression : `'${[...names.filter(Boolean), 'Origin'].join(', ')}'`;
}

const ALLOW_CREDENTIALS = 'access-control-allow-credentials';

/**
 * Mapping parameters with these headers too. What the user mapped stays, but for a static `Vary`,
 * which is united with `Origin`; credentials are left out beside an origin of the user's that may
 * be any page's.
 *
 * @param prefix of a header's name: `method.response.header.`
 */
export function withHeaders(
  parameters: Record<string, unknown>,
  headers: Record<string, unknown>,
  prefix: string,
): Record<string, unknown> {
  const own = new Map(Object.keys(parameters).map((name) => [name.toLowerCase(), name]));
  const ownName = (header: string) => own.get(prefix + header.toLowerCase());
  const ownOrigin = ownName('Access-Control-Allow-Origin');
  const mayBeAnyone = ownOrigin !== undefined && !isOneOrigin(parameters[ownOrigin]);
  const result = { ...parameters };
  for (const [header, value] of Object.entries(headers)) {
    const name = ownName(header);
    if (header === 'Vary' && name !== undefined) result[name] = variesByOrigin(parameters[name]);
    const isLeftOut = name !== undefined || (mayBeAnyone && header.toLowerCase() === ALLOW_CREDENTIALS);
    if (!isLeftOut) result[prefix + header] = value;
  }
  return result;
}

/** The headers without what would let an unknown page act as the visitor. */
export function withoutCredentials<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== ALLOW_CREDENTIALS));
}

/** What is to be said about the user's own mappings of one response. */
export interface OwnHeaders {
  /** The expression behind an own `Access-Control-Allow-Origin`. */
  readonly origin?: unknown;
  /**
   * An own `Vary` that `Origin` cannot be added to, as only the request or the backend knows it.
   */
  readonly vary?: unknown;
  /** Headers of CORS whose value API Gateway refuses: name, value, and what to write instead. */
  readonly refused: { readonly header: string; readonly value: string; readonly instead: string }[];
  /** Names with the prefix twice: API Gateway sends a header of that odd name. */
  readonly doubled: string[];
}

export const NOTHING_OWN: OwnHeaders = { refused: [], doubled: [] };

export function ownHeaders(parameters: Record<string, unknown>, prefix: string): OwnHeaders {
  const refused: OwnHeaders['refused'][number][] = [];
  const doubled: string[] = [];
  let origin: unknown;
  let vary: unknown;
  for (const [name, value] of Object.entries(parameters)) {
    if (!name.toLowerCase().startsWith(prefix)) continue;
    const header = name.slice(prefix.length);
    if (header.toLowerCase().startsWith(prefix)) doubled.push(name);
    if (!/^(access-control-|vary$)/i.test(header)) continue;
    const mapped = mappedValue(value);
    if (mapped.kind === 'refused') refused.push({ header, value: asText(value), instead: mapped.instead });
    if (header.toLowerCase() === 'access-control-allow-origin') origin = value;
    if (header.toLowerCase() === 'vary' && mapped.kind === 'dynamic') vary = value;
  }
  return { ...(origin !== undefined && { origin }), ...(vary !== undefined && { vary }), refused, doubled };
}

/**
 * Why an own origin is not what the policy says, as the end of a sentence; `undefined` where it is.
 *
 * @param policyOrigin the one value that the policy would send, if it is one
 */
export function deviation(origin: unknown, policyOrigin: string | undefined): string | undefined {
  const mapped = mappedValue(origin);
  if (mapped.kind === 'refused') return undefined;
  if (mapped.kind === 'dynamic') return 'who may read it is not decided by the policy';
  if (mapped.text === undefined || mapped.text === policyOrigin) return undefined;
  return mapped.text === '*' ? 'pages of every origin may read it' : `only pages of ${mapped.text} may read it`;
}
