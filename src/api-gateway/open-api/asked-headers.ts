import { asText } from '../../text/as-text';
import { type AskedHeaders, bodiesOf, headersAmong } from '../asked-headers';
import { OpenApiDocument, type Operation } from './document';
import { asksForSignature, type RequiredScheme, requiredSchemes } from './security';

/** What the operations of a document ask requests for, preflights aside. */
export function askedByDocument(body: unknown): AskedHeaders[] {
  const document = new OpenApiDocument(body);
  return document.operations.filter(({ verb }) => verb !== 'OPTIONS').map(askedBy(document));
}

export function askedBy(document: OpenApiDocument): (operation: Operation) => AskedHeaders {
  return (found) => {
    const schemes = requiredSchemes(document, found.operation);
    return {
      names: [...schemes.flatMap((required) => namesAskedBy(document, required)), ...validated(document, found)],
      signed: schemes.some(({ scheme }) => isSignature(scheme)) || asksForSignature(document, found.operation),
      bodies: bodiesOf(found.verb),
    };
  };
}

/**
 * A `request` authorizer and those of HTTP APIs name sources; others read the header of the scheme.
 */
function namesAskedBy(document: OpenApiDocument, { scheme }: RequiredScheme): string[] {
  const authorizers = document.sides(scheme?.['x-amazon-apigateway-authorizer']);
  const sources = authorizers.flatMap((authorizer) => document.outcomes(authorizer.identitySource));
  const named = sources.flatMap(headersAmong);
  const isBySources = authorizers.some(({ type }) => asText(type).toLowerCase() === 'request') || named.length > 0;
  if (isBySources || isSignature(scheme) || asText(scheme?.in).toLowerCase() !== 'header') return named;
  return document.outcomes(scheme.name).flatMap((name) => headersAmong(`$request.header.${asText(name)}`));
}

function isSignature(scheme: any): boolean {
  return /^awssigv4$/i.test(asText(scheme?.['x-amazon-apigateway-authtype'] ?? ''));
}

const VALIDATOR = 'x-amazon-apigateway-request-validator';

/** The parameters that a validator of the operation, or of the whole document, insists on. */
function validated(document: OpenApiDocument, { item, operation }: Operation): string[] {
  const chosen = document.outcomes(operation[VALIDATOR] ?? document.root[VALIDATOR]);
  const looks = document
    .sides(document.root[`${VALIDATOR}s`])
    .flatMap((validators) => chosen.flatMap((name) => document.sides(validators[asText(name)])))
    .some(({ validateRequestParameters }) => asText(validateRequestParameters).toLowerCase() === 'true');
  if (!looks) return [];
  return [item.parameters, operation.parameters]
    .flatMap((parameters) => document.outcomes(parameters))
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .flatMap((parameter) => document.sides(parameter))
    .filter(({ in: place, required }) => place === 'header' && asText(required).toLowerCase() === 'true')
    .flatMap(({ name }) => headersAmong(`$request.header.${asText(name)}`));
}
