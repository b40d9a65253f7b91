import type { OpenApiDocument, OpenApiObject } from '../../../api-gateway/open-api/document';
import { unknown } from '../../unknown';
import { textOf } from '../properties';
import type { ImportedResources } from './imported-resources';
import { authorizerOf, securityOf } from './security';

/** The properties of a route that say who may call it. */
interface RouteSecurity {
  readonly AuthorizationType: string;
  readonly AuthorizerId?: string;
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export function httpSecurity(
  operation: OpenApiObject,
  document: OpenApiDocument,
  imported: ImportedResources,
): RouteSecurity {
  const { authorizer, isOpen, isSigned, oddType } = securityOf(operation, document);
  const guardedBy = (name: string, AuthorizationType: string, IdentitySource?: string[]): RouteSecurity => ({
    AuthorizationType,
    AuthorizerId: imported.add('Authorizer', name, { IdentitySource }),
  });
  if (isOpen) return guardedBy('behind its security requirements', unknown('security requirements'));
  if (isSigned) return { AuthorizationType: 'AWS_IAM' };
  if (oddType !== undefined) return guardedBy('in x-amazon-apigateway-auth', unknown(oddType));
  if (!authorizer) return { AuthorizationType: 'NONE' };
  const { type, identitySource } = authorizerOf(authorizer);
  return guardedBy(authorizer.name, typeOf(type), sourcesOf(identitySource));
}

function typeOf(type: unknown): string {
  const name = textOf(type).toUpperCase();
  if (name === 'JWT') return name;
  return name === 'REQUEST' ? 'CUSTOM' : unknown(`an authorizer of type ${textOf(type)}`);
}

function sourcesOf(identitySource: unknown): string[] {
  const sources: unknown[] = Array.isArray(identitySource) ? identitySource : textOf(identitySource).split(',');
  return sources.map((source) => textOf(source).trim()).filter((source) => source !== '');
}
