import { isCached } from '../../../api-gateway/stage-cache';
import type { RestApiModel, RestMethod } from '../../model/api-model';
import { readable } from '../../unknown';
import type { GatewayAnswer, GatewayRequest } from '../gateway';

/**
 * A stage with a cache gives every page the answer for the page that asked first. Why an answer
 * that depends on the origin is open for that reason; `answerTo` gives the answer to the same
 * request with other headers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export function cacheDoubt(
  { stageCaches }: RestApiModel,
  method: RestMethod,
  request: GatewayRequest,
  answer: GatewayAnswer,
  answerTo: (headers: Record<string, string>) => GatewayAnswer,
): string | undefined {
  const cached = stageCaches.find(({ settings }) =>
    [method.verb, request.method].some((verb) => isCached(settings, verb, method.path)),
  );
  if (!cached || method.integration?.isKeyedByOrigin || answer.gatewayError) return undefined;
  const anonymous = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => name.toLowerCase() !== 'origin'),
  );
  const others = [anonymous, { ...anonymous, origin: 'https://another.invalid' }];
  if (others.every((headers) => corsHeadersOf(answerTo(headers)) === corsHeadersOf(answer))) return undefined;
  return (
    `the stage ${readable(cached.stage)} caches the answer of ${method.verb} ${method.path}, ` +
    'and may give one that was for another origin: make method.request.header.origin part of the cache key'
  );
}

function corsHeadersOf({ headers }: GatewayAnswer): string {
  return JSON.stringify(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('access-control-'))
      .sort(),
  );
}
