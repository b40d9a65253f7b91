import type { ApiModel } from '../model/api-model';
import type { Gateway } from './gateway';
import { HttpApiGateway } from './http/http-api-gateway';
import { RestApiGateway } from './rest/rest-api-gateway';

/**
 * An API as API Gateway would serve it. Everything that does not depend on a request is worked out
 * here, once.
 */
export function gatewayFor(api: ApiModel): Gateway {
  return api.kind === 'REST' ? new RestApiGateway(api) : new HttpApiGateway(api);
}
