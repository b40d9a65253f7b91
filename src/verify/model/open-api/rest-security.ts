import type { OpenApiDocument, OpenApiObject } from '../../../api-gateway/open-api/document';
import type { RequiredScheme } from '../../../api-gateway/open-api/security';
import { unknown } from '../../unknown';
import { textOf } from '../properties';
import type { ImportedResources } from './imported-resources';
import { authorizerOf, type Security, securityOf } from './security';

/** The properties of a method that say who may call it. */
interface MethodSecurity {
  readonly AuthorizationType: string;
  readonly AuthorizerId?: string;
  readonly ApiKeyRequired: boolean;
}

/** The properties of AWS::ApiGateway::Authorizer that count. */
interface AuthorizerProperties {
  readonly Type: string;
  readonly IdentitySource?: unknown;
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export function restSecurity(
  operation: OpenApiObject,
  document: OpenApiDocument,
  imported: ImportedResources,
): MethodSecurity {
  const security = securityOf(operation, document);
  const { authorizer, asksForKey, isOfRoot, isOpen, isSigned, oddType } = security;
  const guardedBy = (name: string, properties: AuthorizerProperties, doubt?: string): MethodSecurity => ({
    AuthorizationType: properties.Type === 'COGNITO_USER_POOLS' ? properties.Type : 'CUSTOM',
    AuthorizerId: imported.add('Authorizer', name, { ...properties }, { doubt }),
    ApiKeyRequired: asksForKey,
  });
  if (isOfRoot && (asksForKey || authorizer)) {
    const sources = { Type: unknown('security of the root'), IdentitySource: sourcesOf(security).join(',') };
    return { ...guardedBy('at the root of the document', sources, ROOT_DOUBT), ApiKeyRequired: false };
  }
  if (isOpen) return guardedBy('behind its security requirements', { Type: unknown('security requirements') });
  if (isSigned) return { AuthorizationType: 'AWS_IAM', ApiKeyRequired: asksForKey };
  if (oddType !== undefined) return guardedBy('in x-amazon-apigateway-auth', { Type: unknown(oddType) });
  return authorizer
    ? guardedBy(authorizer.name, authorizerProperties(authorizer))
    : { AuthorizationType: 'NONE', ApiKeyRequired: asksForKey };
}

const ROOT_DOUBT =
  'whether security at the root of a document counts is not known ' +
  '(AWS’s notes say no, a report says yes): write it on each operation';

/** A request that carries what the root asks for gets through whether it counts or not. */
function sourcesOf({ authorizer, isSigned, asksForKey }: Security): string[] {
  const asked = isSigned
    ? 'method.request.header.Authorization'
    : textOf(authorizer && authorizerProperties(authorizer).IdentitySource);
  return [...(asked === '' ? [] : [asked]), ...(asksForKey ? ['method.request.header.X-Api-Key'] : [])];
}

/** Token and Cognito authorizers read the header that their scheme names. */
function authorizerProperties(required: RequiredScheme): AuthorizerProperties {
  const { type, identitySource } = authorizerOf(required);
  const Type = textOf(type).toUpperCase();
  if (Type === 'REQUEST') return { Type, IdentitySource: identitySource };
  if (Type !== 'TOKEN' && Type !== 'COGNITO_USER_POOLS') return { Type };
  return { Type, IdentitySource: `method.request.header.${textOf(required.scheme.name ?? 'Authorization')}` };
}
