import type { GatewayRequest } from '../gateway/gateway';
import type { Behavior } from './distribution';
import { forwards } from './forwarded-headers';

/** A request as it arrives at the origin, and what it has lost or got on the way. */
export interface OriginRequest {
  readonly request: GatewayRequest;
  /** Names of the viewer's headers that do not reach the origin. */
  readonly dropped: string[];
  /** Names of headers that the origin's own settings replace. */
  readonly replaced: string[];
}

/**
 * What CloudFront asks the origin for: the headers and the query that the behavior forwards, and
 * the headers that the origin has of its own.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-origin-requests.html
 */
export function originRequest(
  behavior: Behavior,
  { method, headers, body }: GatewayRequest,
  target: string,
): OriginRequest {
  const { customHeaders } = behavior.origin;
  const dropped = Object.keys(headers).filter((name) => forwards(behavior, name, method) === 'no');
  const replaced = [...customHeaders.keys()].filter(
    (name) => headers[name] !== undefined && headers[name] !== customHeaders.get(name),
  );
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.includes(name)));
  const sent = { ...kept, ...Object.fromEntries(customHeaders), ...signature(behavior, kept) };
  return { request: { method, path: withQuery(behavior, target), headers: sent, body }, dropped, replaced };
}

/** An origin access control for Lambda signs in place of the viewer. */
function signature(
  { origin: { signing } }: Behavior,
  { authorization }: Record<string, string>,
): Record<string, string> {
  const signs = signing === 'always' || (signing === 'no-override' && authorization === undefined);
  return signs ? { authorization: 'AWS4-HMAC-SHA256 of CloudFront', 'x-amz-date': '20260101T000000Z' } : {};
}

function withQuery({ forwarding: { keyQuery, moreQuery } }: Behavior, target: string): string {
  const mark = target.indexOf('?');
  if (mark < 0) return target;
  const parameters = target.slice(mark + 1).split('&');
  const kept = parameters.filter((parameter) => {
    const name = parameter.split('=')[0];
    return keyQuery.has(name) || moreQuery.has(name);
  });
  return kept.length > 0 ? `${target.slice(0, mark)}?${kept.join('&')}` : target.slice(0, mark);
}
