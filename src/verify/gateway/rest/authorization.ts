import type { RestMethod } from '../../model/api-model';
import { isKnown } from '../../unknown';
import { carries, type Parameters } from '../carries';
import type { GatewayOptions } from '../gateway';

/** Why a request does not get through to the integration. */
export interface Refusal {
  /** The gateway response that it ends in. */
  readonly type: string;
  readonly why: string;
  /** What the request would have to carry, where that is clear: `header.Authorization`. */
  readonly missing?: string;
  /** Why it may get through all the same. */
  readonly unknown?: string;
}

/** The request, and whether tokens, keys and signatures that are sent are good. */
interface Asking extends Parameters {
  /** undefined: it has the body that the API asks for, or nobody knows. */
  readonly body?: string;
  readonly authorized: boolean;
  readonly options: GatewayOptions;
}

/**
 * What a method asks for before its integration is reached: an authorizer's consent, an API key,
 * parameters, a body. Tokens, keys and signatures that are sent are taken to be good. A preflight
 * carries none of them, so a method that answers preflights has to be open.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
export function refusal(method: RestMethod, request: Asking): Refusal | undefined {
  return byAuthorizer(method, request) ?? byKey(method, request) ?? byValidator(method, request);
}

function byAuthorizer({ authorization }: RestMethod, request: Asking): Refusal | undefined {
  const { type, name, identitySources, doubt } = authorization;
  const missing = identitySources.find((source) => !carries(request, source, request.options));
  // A request may lack it, and which header a preflight would have to ask for is open, too.
  if (!missing && request.authorized && identitySources.some((source) => !isKnown(source)))
    return {
      type: 'UNAUTHORIZED',
      why: `the authorizer ${name} decides`,
      unknown: `what the authorizer ${name} reads from a request is known only after deployment`,
    };
  switch (type) {
    case 'NONE':
      return undefined;
    case 'AWS_IAM':
      if (!missing || (request.authorized && 'X-Amz-Signature' in request.query)) return undefined;
      return {
        type: 'MISSING_AUTHENTICATION_TOKEN',
        missing,
        why: 'it asks for IAM credentials (AuthorizationType AWS_IAM)',
      };
    case 'REQUEST':
    case 'TOKEN':
      if (missing) return { type: 'UNAUTHORIZED', missing, why: `the authorizer ${name} wants ${missing}` };
      if (request.authorized) return undefined;
      return {
        type: 'ACCESS_DENIED',
        why: `the authorizer ${name} decides`,
        unknown: `the Lambda authorizer ${name} decides, and no template says how`,
      };
    case 'COGNITO':
      if (request.authorized && !missing) return undefined;
      return { type: 'UNAUTHORIZED', missing, why: `the authorizer ${name} wants ${missing ?? 'a token'}` };
    default:
      if (request.authorized && carriesAll(request, identitySources)) return undefined;
      return {
        type: 'UNAUTHORIZED',
        why: `the authorizer ${name} decides`,
        unknown: doubt ?? `what the authorizer ${name} asks for is not in the template`,
      };
  }
}

/** Where the template does not show what an authorizer reads, it is most often this one. */
function carriesAll(request: Asking, identitySources: string[]): boolean {
  const wanted = identitySources.length > 0 ? identitySources : ['header.Authorization'];
  return wanted.every((source) => carries(request, source, request.options));
}

function byKey({ apiKey, authorization }: RestMethod, request: Asking): Refusal | undefined {
  const missing = 'header.X-Api-Key';
  const refused = { type: 'INVALID_API_KEY', why: 'it asks for an API key' };
  switch (apiKey) {
    case 'NONE':
      return undefined;
    case 'HEADER':
      return request.authorized && carries(request, missing, request.options) ? undefined : { ...refused, missing };
    case 'AUTHORIZER':
      return authorization.type === 'NONE'
        ? { ...refused, unknown: 'no authorizer gives it the API key that it asks for' }
        : undefined;
    default:
      return { ...refused, unknown: 'where its API key comes from is known only after deployment' };
  }
}

function byValidator(method: RestMethod, request: Asking): Refusal | undefined {
  const missing = method.requiredParameters.find((source) => !carries(request, source, request.options));
  const { validatorDoubt: unknown } = method;
  if (missing)
    return { type: 'BAD_REQUEST_PARAMETERS', missing, why: `its request validator wants ${missing}`, unknown };
  const isEmpty = !request.authorized || request.body === '';
  return method.validatesBody && isEmpty
    ? { type: 'BAD_REQUEST_BODY', why: 'its request validator wants a body', unknown }
    : undefined;
}
