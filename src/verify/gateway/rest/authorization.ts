import type { RestMethod } from '../../model/api-model';
import { isKnown } from '../../unknown';

/** Why a request does not get through to the integration. */
export interface Refusal {
  /** The gateway response that it ends in. */
  readonly type: string;
  readonly why: string;
  /** Why it may get through all the same. */
  readonly unknown?: string;
}

/**
 * A request as a preflight is: without a token, a key, or anything else that only the actual
 * request carries.
 */
export interface Bearer {
  readonly headers: Record<string, string>;
  readonly query: Record<string, string>;
}

/**
 * What a method asks for before its integration is reached: an authorizer's consent, an API key,
 * parameters, a body. A preflight carries none of them, so a method that answers preflights has to
 * be open. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export function refusal(method: RestMethod, request: Bearer): Refusal | undefined {
  return byAuthorizer(method, request) ?? byKey(method) ?? byValidator(method, request);
}

function byAuthorizer({ authorization }: RestMethod, request: Bearer): Refusal | undefined {
  const { type, name, identitySources, doubt } = authorization;
  const missing = identitySources.find((source) => !carries(request, source));
  switch (type) {
    case 'NONE':
      return undefined;
    case 'AWS_IAM':
      return { type: 'MISSING_AUTHENTICATION_TOKEN', why: 'it asks for IAM credentials (AuthorizationType AWS_IAM)' };
    case 'REQUEST':
      if (!missing) {
        return {
          type: 'ACCESS_DENIED',
          why: `the authorizer ${name} decides`,
          unknown: `the Lambda authorizer ${name} decides, and no template says how`,
        };
      }
      return { type: 'UNAUTHORIZED', why: `the authorizer ${name} wants ${missing}` };
    case 'TOKEN':
    case 'COGNITO':
      return { type: 'UNAUTHORIZED', why: `the authorizer ${name} wants ${missing ?? 'a token'}` };
    default:
      return {
        type: 'UNAUTHORIZED',
        why: `the authorizer ${name} decides`,
        unknown: doubt ?? `what the authorizer ${name} asks for is not in the template`,
      };
  }
}

function byKey({ apiKeyRequired }: RestMethod): Refusal | undefined {
  return apiKeyRequired ? { type: 'INVALID_API_KEY', why: 'it asks for an API key' } : undefined;
}

function byValidator(method: RestMethod, request: Bearer): Refusal | undefined {
  const missing = method.requiredParameters.find((source) => !carries(request, source));
  if (missing) return { type: 'BAD_REQUEST_PARAMETERS', why: `its request validator wants ${missing}` };
  return method.validatesBody ? { type: 'BAD_REQUEST_BODY', why: 'its request validator wants a body' } : undefined;
}

/**
 * `header.X-Tenant`, `querystring.page`; path parameters, stage variables and the context are
 * always there.
 */
function carries({ headers, query }: Bearer, source: string): boolean {
  const [, kind, name] = source.match(/^(header|querystring)\.(.*)$/) ?? [];
  if (kind === undefined || !isKnown(source)) return true;
  if (kind === 'querystring') return Object.hasOwn(query, name);
  return Object.keys(headers).some((header) => header.toLowerCase() === name.toLowerCase());
}
