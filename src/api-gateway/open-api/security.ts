import { asText } from '../../text/as-text';
import { isIntrinsic } from '../cloudformation-conditions';
import type { OpenApiDocument, OpenApiObject } from './document';

/**
 * A security scheme that an operation asks for; `scheme` is `undefined` where nothing declares it.
 */
export interface RequiredScheme {
  readonly name: string;
  readonly scheme: any;
}

/**
 * The schemes that an operation asks for: by its own requirements, or else by those of the whole
 * document. `security: []` asks for none. Several of one name where conditions choose one.
 */
export function requiredSchemes(document: OpenApiDocument, operation: OpenApiObject): RequiredScheme[] {
  const ownOrAll = document
    .outcomes(operation.security)
    .flatMap((own) => (own ? [own] : document.outcomes(document.root.security)));
  return ownOrAll
    .flatMap((requirements) => (Array.isArray(requirements) ? requirements : []))
    .flatMap((requirement) => document.sides(requirement))
    .flatMap((requirement) => Object.keys(requirement))
    .flatMap((name) => schemesNamed(document, name).map((scheme) => ({ name, scheme })));
}

/**
 * Whether an operation may have an authorizer: its own, or else that of the whole document. One on
 * any side of a condition is one, and so is a value that only the deployment knows: a superfluous
 * OPTIONS route does no harm, and without one an authorizer refuses every preflight.
 */
export function isSecured(document: OpenApiDocument, operation: OpenApiObject): boolean {
  const asks = (requirements: unknown) =>
    Array.isArray(requirements) &&
    requirements.some((requirement) => document.mayBe(requirement, (plain) => namesAuthorizer(document, plain)));
  const ofAll = () => document.mayBe(document.root.security, asks);
  return (
    document.mayBe(operation.security, (own) => (own ? asks(own) : ofAll())) || asksForSignature(document, operation)
  );
}

/** Whether nothing but the root of the document says that an operation asks for something. */
export function isSecuredByRoot(document: OpenApiDocument, operation: OpenApiObject): boolean {
  return (
    document.outcomes(operation.security).some((own) => !own) &&
    document.mayBe(document.root.security, (all) => Array.isArray(all) && all.length > 0)
  );
}

/** Whether a scheme stands for an authorizer, or for a signature, rather than for an API key. */
export function isAuthorizer(scheme: any): boolean {
  return (
    scheme?.['x-amazon-apigateway-authtype'] !== undefined || scheme?.['x-amazon-apigateway-authorizer'] !== undefined
  );
}

function namesAuthorizer(document: OpenApiDocument, requirement: unknown): boolean {
  return Object.keys(requirement ?? {}).some((name) =>
    schemeHomes(document).some((home) =>
      document.mayBe(home, (schemes) => document.mayBe(schemes?.[name], isAuthorizer)),
    ),
  );
}

function schemesNamed(document: OpenApiDocument, name: string): unknown[] {
  return schemeHomes(document)
    .flatMap((home) => document.sides(home))
    .flatMap((schemes) => document.outcomes(Object.hasOwn(schemes, name) ? schemes[name] : undefined));
}

/** The places that declare schemes; one that only the deployment knows is handed on as it is. */
function schemeHomes(document: OpenApiDocument): unknown[] {
  const { securityDefinitions, components } = document.root;
  if (document.isVersion2) return [securityDefinitions];
  return document.outcomes(components).map((parts) => (isIntrinsic(parts) ? parts : parts?.securitySchemes));
}

/** As documents say it without a security scheme. */
export function asksForSignature(document: OpenApiDocument, operation: OpenApiObject): boolean {
  return document.mayBe(operation['x-amazon-apigateway-auth'], (auth) =>
    document.mayBe(auth?.type, (type) => asText(type ?? 'NONE').toUpperCase() !== 'NONE'),
  );
}
