import type { OpenApiDocument } from '../api-gateway/open-api/document';

const VALIDATOR = 'x-amazon-apigateway-request-validator';
const NO_VALIDATION = 'cors-preflight';

/**
 * An OPTIONS operation that anyone may call: browsers send preflights without keys, tokens and
 * parameters, so it inherits nothing of the kind from the document or the path.
 */
export function openOperation(
  document: OpenApiDocument,
  path: string,
  item: any,
  responses: unknown,
  integration: unknown,
): unknown {
  const parameters = missingVariables(document, path, item);
  return {
    summary: 'Answers CORS preflights',
    ...(parameters.length > 0 && { parameters }),
    responses,
    security: [],
    ...(isValidated(document, item) && { [VALIDATOR]: withoutValidation(document) }),
    'x-amazon-apigateway-integration': integration,
  };
}

/**
 * Every operation has to declare the variables of its path, unless the path does, on every side of
 * its conditions. `/pets/{id}/{proxy+}` has `id` and `proxy`.
 */
function missingVariables(document: OpenApiDocument, path: string, item: any): unknown[] {
  const declares = (list: any, name: string) =>
    Array.isArray(list) &&
    list.some((parameter) =>
      document.outcomes(parameter).every((plain) => plain?.in === 'path' && plain.name === name),
    );
  return [...path.matchAll(/\{([^}+]+)\+?\}/g)]
    .map(([, name]) => name)
    .filter((name) => !document.outcomes(item.parameters).every((list) => declares(list, name)))
    .map((name) => ({
      name,
      in: 'path',
      required: true,
      ...(document.isVersion2 ? { type: 'string' } : { schema: { type: 'string' } }),
    }));
}

/** Whether the document's validator would ask a preflight for parameters of the path. */
function isValidated(document: OpenApiDocument, item: any): boolean {
  const isAskedFor = (plain: any) => plain?.required === true && /^(header|query)$/.test(plain.in);
  return (
    document.root[VALIDATOR] !== undefined &&
    document.mayBe(item.parameters, (list) =>
      (list ?? []).some((parameter: any) => document.mayBe(parameter, isAskedFor)),
    )
  );
}

function withoutValidation({ root }: OpenApiDocument): string {
  const validators = `${VALIDATOR}s`;
  root[validators] = {
    ...root[validators],
    [NO_VALIDATION]: { validateRequestBody: false, validateRequestParameters: false },
  };
  return NO_VALIDATION;
}
