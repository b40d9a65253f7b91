import type { GatewayAnswer, GatewayRequest } from '../gateway/gateway';
import { headerOf } from '../gateway/request';
import type { ApiModel } from '../model/api-model';
import type { Behavior } from './distribution';

/**
 * What answers a request with a Host that no API and no function URL has: API Gateway and Lambda
 * find them by it. See docs/how-cors-works-here.md, CloudFront.
 */
export function foreignHostAnswer(api: ApiModel, behavior: Behavior, request: GatewayRequest): GatewayAnswer {
  const why =
    `${behavior.where} forwards the viewer's Host (${behavior.forwarding.by}), ` +
    `and the service finds ${api.id} by Host`;
  const common = { body: '', decidedBy: 'gateway' as const, answeredBy: behavior.where, cause: 'distribution-host' };
  if (api.kind === 'REST' || api.kind === 'HTTP') {
    const trail = [`${why}: API Gateway answers 403 {"message":"Forbidden"} before any API`];
    return { ...common, status: 403, headers: {}, gatewayError: 'Forbidden', trail };
  }
  const trail = [`${why}: Lambda's front door answers in its place, to a preflight with a star, to the call with 403`];
  const method = headerOf(request.headers, 'access-control-request-method');
  const names = headerOf(request.headers, 'access-control-request-headers');
  const shared = { 'access-control-allow-origin': '*' };
  if (request.method !== 'OPTIONS' || method === undefined) {
    return { ...common, status: 403, headers: shared, gatewayError: 'AccessDeniedException', service: 'Lambda', trail };
  }
  const headers = {
    ...shared,
    'access-control-allow-methods': method,
    ...(names && { 'access-control-allow-headers': names }),
  };
  return { ...common, status: 200, headers, trail };
}

/** What answers below a stage that the API does not have. */
export function noStageAnswer(behavior: Behavior, status: number, why: string): GatewayAnswer {
  const gatewayError = status === 403 ? 'Forbidden' : 'Not Found';
  const trail = [`${behavior.where}: ${why}, so API Gateway answers ${status} ${gatewayError}`];
  return {
    status,
    headers: {},
    body: '',
    decidedBy: 'gateway',
    gatewayError,
    answeredBy: behavior.where,
    cause: 'distribution-stage',
    trail,
  };
}
