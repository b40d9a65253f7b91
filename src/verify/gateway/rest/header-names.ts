import type { Integration } from '../../model/api-model';

/**
 * Headers that API Gateway keeps for itself in the mappings of REST APIs: some make the request
 * fail, some leave under another name. None of the `Access-Control-*` headers is among them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */

/**
 * A header that the integration request maps although API Gateway sets it on its own: every such
 * request ends in a 500.
 */
export function refusedRequestHeader({ type, requestHeaders }: Integration): string | undefined {
  if (requestHeaders.length === 0) return undefined;
  const refused = type === 'AWS' ? [...REFUSED, ...REFUSED_BY_AWS] : REFUSED;
  return requestHeaders.find((name) => refused.includes(name.toLowerCase()));
}

const REFUSED = ['content-length', 'transfer-encoding', 'x-amzn-trace-id', 'x-amzn-apigateway-api-id'];
const REFUSED_BY_AWS = ['authorization', 'connection', 'expect', 'proxy-authenticate', 'te'];

/** The name, in lower case, under which a header mapped on a response is sent. */
export function sentName(name: string, type: Integration['type'] | undefined): string {
  const lower = name.toLowerCase();
  const isRemapped = REMAPPED.includes(lower) || (type !== 'MOCK' && REMAPPED_FROM_BACKENDS.includes(lower));
  return isRemapped ? `x-amzn-remapped-${lower}` : lower;
}

const REMAPPED = ['connection', 'content-length', 'date', 'server'];
const REMAPPED_FROM_BACKENDS = [
  'authorization',
  'content-md5',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
];
