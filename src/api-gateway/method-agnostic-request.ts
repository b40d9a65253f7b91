import { Token } from 'aws-cdk-lib';

/** How an integration of an HTTP API calls its backend. */
interface BackendCall {
  /** An action of an AWS service, such as `SQS-SendMessage`. */
  readonly action?: unknown;
  /** `HTTP_PROXY` or `AWS_PROXY`. */
  readonly type?: unknown;
  /** `ANY` hands on the method of the request. */
  readonly method?: unknown;
}

/**
 * The request that an integration sends regardless of the method of the one that it got: an AWS
 * service action, or a request with a method of its own. Sending preflights to it would let anyone
 * do without a token what the authorizer protects. `undefined` where the backend learns the method.
 */
export function fixedRequest({ action, type, method = 'ANY' }: BackendCall): string | undefined {
  if (action !== undefined) return isKnown(action) ? action : 'an AWS service action';
  // A type that is known only at deployment may be any.
  if (type === 'AWS_PROXY' || method === 'ANY' || method === 'OPTIONS') return undefined;
  return isKnown(method) ? `a ${method} request` : 'a request whose method is known only at deployment';
}

function isKnown(value: unknown): value is string {
  return typeof value === 'string' && !Token.isUnresolved(value);
}
