import type { ApiModel } from '../model/api-model';
import { orElse } from './alternatives';
import { FunctionUrlGateway } from './function-url/function-url-gateway';
import type { Gateway } from './gateway';
import { HttpApiGateway } from './http/http-api-gateway';
import { RestApiGateway } from './rest/rest-api-gateway';

/**
 * An API as API Gateway would serve it, or a function URL as Lambda would. Everything that does not
 * depend on a request is worked out here, once.
 */
export function gatewayFor(api: ApiModel): Gateway {
  const [first, ...others] = (api.sides ?? []).map(({ when, model }) => ({ when, gateway: gatewayOf(model) }));
  if (!first) return gatewayOf(api);
  const answer: Gateway['answer'] = (request, options) =>
    others.reduce(
      (all, { when, gateway }) => orElse(all, gateway.answer(request, options), `another answer comes ${when}`),
      first.gateway.answer(request, options),
    );
  return { answer, deploymentFaults: api.faults, sides: [first, ...others] };
}

function gatewayOf(api: ApiModel): Gateway {
  switch (api.kind) {
    case 'REST':
      return new RestApiGateway(api);
    case 'HTTP':
      return new HttpApiGateway(api);
    case 'FUNCTION_URL':
      return new FunctionUrlGateway(api);
  }
}
