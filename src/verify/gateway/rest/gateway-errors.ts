import type { RestApiModel } from '../../model/api-model';
import type { GatewayAnswer } from '../gateway';
import { type MappingSources, mappedValue } from './header-values';

/**
 * What a REST API answers on its own, as its gateway responses shape it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export class GatewayErrors {
  public constructor(private readonly api: RestApiModel) {}

  /** `type`: UNAUTHORIZED, MISSING_AUTHENTICATION_TOKEN, … */
  public answer(type: string, sources: MappingSources, trail: string[]): GatewayAnswer {
    if (!Object.hasOwn(STATUSES, type))
      throw new Error(`There is no gateway response ${type}. There are: ${Object.keys(STATUSES).join(', ')}.`);
    const { gatewayResponses, incomplete } = this.api;
    const status = STATUSES[type];
    const fallback = status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX';
    const response = gatewayResponses.get(type) ?? gatewayResponses.get(fallback);
    const headers: Record<string, string> = {};
    const notes: string[] = [];
    for (const [name, expression] of response?.headers ?? []) {
      const mapped = mappedValue(expression, sources);
      if (mapped.value !== undefined) headers[name.toLowerCase()] = mapped.value;
      if (mapped.note) notes.push(mapped.note);
      if (name.startsWith(PREFIX))
        notes.push(`it names ${name} with the prefix twice, so that is what the header is called`);
    }
    const origin = response
      ? `the gateway response ${response.type} at ${response.where}`
      : `no gateway response customises ${type} or ${fallback}`;
    const unsupported =
      type === 'REQUEST_TOO_LARGE' && response
        ? 'API Gateway does not support customising REQUEST_TOO_LARGE'
        : undefined;
    const elsewhere = !response && incomplete ? `${origin} as far as the template says: ${incomplete}` : undefined;
    return {
      status: response?.statusCode ?? status,
      headers,
      body: '',
      decidedBy: 'gateway',
      gatewayError: type,
      unknown: response?.doubt ?? unsupported ?? elsewhere,
      trail: [...trail, `API Gateway answers ${type}: ${origin}`, ...notes],
    };
  }
}

const PREFIX = 'gatewayresponse.header.';

/**
 * Response types with the status that API Gateway sends unless it is customised.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const STATUSES: Record<string, number> = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
};
