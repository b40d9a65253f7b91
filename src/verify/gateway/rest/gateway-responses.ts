/** Response types with the status that API Gateway sends unless it is customised. */
// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
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

export const GATEWAY_ERRORS = Object.keys(STATUSES);

/** The status of a type, and which default response catches it where it is not customised. */
export function defaultStatus(type: string): { status: number; fallback: string } {
  const status = STATUSES[type];
  return { status, fallback: status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX' };
}
