/** How an integration of an HTTP API calls its backend. */
export interface BackendCall {
  /** An action of an AWS service, such as `SQS-SendMessage`. */
  readonly action?: unknown;
  /** `HTTP_PROXY` or `AWS_PROXY`. */
  readonly type?: unknown;
  /** `ANY` hands on the method of the request. */
  readonly method?: unknown;
}

/**
 * What an integration does whatever the method of the request is: an AWS service action, or a request with a method of its own. Sending preflights to
 * it would let anyone do without a token what the authorizer protects. `undefined` where the backend learns the method.
 */
export function fixedRequest({ action, type, method = 'ANY' }: BackendCall): string | undefined {
  if (action !== undefined) return String(action);
  return type !== 'HTTP_PROXY' || method === 'ANY' || method === 'OPTIONS' ? undefined : `a ${method} request`;
}
