import type { OpenApiDocument, OpenApiObject } from '../../../api-gateway/open-api/document';
import { isAuthorizer, type RequiredScheme, requiredSchemes } from '../../../api-gateway/open-api/security';
import { isObject } from '../../template/cloudformation-template';
import { isOpen, listOf, textOf } from '../properties';

/** What an operation asks for by its security requirements, its own or those of the document. */
export interface Security {
  /** The scheme that stands for an authorizer, or for a signature. */
  readonly authorizer?: RequiredScheme;
  readonly asksForKey: boolean;
  /** Whether a signature is asked for. */
  readonly isSigned: boolean;
  /** The type in `x-amazon-apigateway-auth`, where that is neither NONE nor AWS_IAM. */
  readonly oddType?: string;
  /** Whether it is known only after deployment which authorizer there is. */
  readonly isOpen: boolean;
  /** Whether nothing but the root of the document asks for it. */
  readonly isOfRoot: boolean;
}

export function securityOf(operation: OpenApiObject, document: OpenApiDocument): Security {
  const required = requiredSchemes(document, operation);
  const authorizer = required.find(({ scheme }) => isAuthorizer(scheme));
  const legacy = textOf(operation['x-amazon-apigateway-auth']?.type || 'NONE').toUpperCase();
  return {
    authorizer,
    asksForKey: required.some(({ scheme }) => isKey(scheme)),
    isSigned: authorizer ? isSignature(authorizer) : legacy === 'AWS_IAM',
    oddType: authorizer || legacy === 'NONE' || legacy === 'AWS_IAM' ? undefined : legacy,
    isOpen: hasOpenSecurity(operation, document, required),
    isOfRoot: !operation.security,
  };
}

/** `x-amazon-apigateway-authorizer` of a scheme. */
export function authorizerOf({ scheme }: RequiredScheme): OpenApiObject {
  const authorizer = scheme?.['x-amazon-apigateway-authorizer'];
  return isObject(authorizer) ? authorizer : {};
}

function isSignature({ scheme }: RequiredScheme): boolean {
  return textOf(scheme?.['x-amazon-apigateway-authtype']).toLowerCase() === 'awssigv4';
}

function isKey(scheme: any): boolean {
  return scheme?.type === 'apiKey' && /^x-api-key$/i.test(textOf(scheme.name)) && !isAuthorizer(scheme);
}

function hasOpenSecurity(
  operation: OpenApiObject,
  { root, isVersion2 }: OpenApiDocument,
  required: RequiredScheme[],
): boolean {
  const security = operation.security ?? root.security;
  const legacy = operation['x-amazon-apigateway-auth'];
  const isAsked = listOf(security).some((requirement) => isObject(requirement) && Object.keys(requirement).length > 0);
  const homes = isVersion2 ? [root.securityDefinitions] : [root.components, root.components?.securitySchemes];
  const schemes = required.flatMap(({ scheme }) => [
    scheme,
    scheme?.['x-amazon-apigateway-authtype'],
    scheme?.['x-amazon-apigateway-authorizer'],
  ]);
  return isOpen(security, ...listOf(security), legacy, legacy?.type, ...(isAsked ? homes : []), ...schemes);
}
