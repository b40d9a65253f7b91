import type { OpenApiDocument } from './document';

/**
 * Whether an operation may have an authorizer: its own, or else that of the whole document. One on
 * any side of a condition is one, and so is what only the deployment knows: an OPTIONS route too
 * many does no harm, and without one an authorizer refuses every preflight.
 */
export function isSecured(document: OpenApiDocument, operation: any): boolean {
  const asks = (requirements: any[] | undefined | null) =>
    (requirements ?? []).some((requirement) =>
      document.mayBe(requirement, (plain) => namesAuthorizer(document, plain)),
    );
  const ofAll = () => document.mayBe(document.root.security, asks);
  return (
    document.mayBe(operation.security, (own) => (own ? asks(own) : ofAll())) || asksForSignature(document, operation)
  );
}

function namesAuthorizer(document: OpenApiDocument, requirement: any): boolean {
  const { securityDefinitions, components } = document.root;
  return Object.keys(requirement ?? {}).some((name) => {
    const authorizes = (schemes: any) => document.mayBe(schemes?.[name], isAuthorizer);
    return document.isVersion2
      ? document.mayBe(securityDefinitions, authorizes)
      : document.mayBe(components, (parts) => document.mayBe(parts?.securitySchemes, authorizes));
  });
}

function isAuthorizer(scheme: any): boolean {
  return (
    scheme?.['x-amazon-apigateway-authtype'] !== undefined || scheme?.['x-amazon-apigateway-authorizer'] !== undefined
  );
}

/** As documents say it without a security scheme. */
function asksForSignature(document: OpenApiDocument, operation: any): boolean {
  return document.mayBe(operation['x-amazon-apigateway-auth'], (auth) =>
    document.mayBe(auth?.type, (type) => String(type ?? 'NONE').toUpperCase() !== 'NONE'),
  );
}
