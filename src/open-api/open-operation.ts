import type { OpenApiDocument } from './open-api-document';

const VALIDATOR = 'x-amazon-apigateway-request-validator';
const NO_VALIDATION = 'cors-preflight';

/**
 * An OPTIONS operation that anyone may call: browsers send preflights without keys, tokens and parameters, so it inherits nothing of the kind from
 * the document or the path.
 */
export function openOperation(document: OpenApiDocument, path: string, item: any, responses: unknown, integration: unknown): unknown {
  const shared = (item.parameters ?? []).flatMap((parameter: any) => document.sides(parameter));
  const parameters = missingVariables(document, path, shared);
  return {
    summary: 'Answers CORS preflights',
    ...(parameters.length > 0 && { parameters }),
    responses,
    security: [],
    ...(isValidated(document, shared) && { [VALIDATOR]: withoutValidation(document) }),
    'x-amazon-apigateway-integration': integration,
  };
}

/** Every operation has to declare the variables of its path, unless the path does. `/pets/{id}/{proxy+}` has `id` and `proxy`. */
function missingVariables({ isVersion2 }: OpenApiDocument, path: string, shared: any[]): unknown[] {
  const declared = shared.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  return [...path.matchAll(/\{([^}+]+)\+?\}/g)]
    .map(([, name]) => name)
    .filter((name) => !declared.includes(name))
    .map((name) => ({ name, in: 'path', required: true, ...(isVersion2 ? { type: 'string' } : { schema: { type: 'string' } }) }));
}

/** Whether the document's validator would ask a preflight for parameters of the path. */
function isValidated({ root }: OpenApiDocument, shared: any[]): boolean {
  return root[VALIDATOR] !== undefined && shared.some((parameter) => parameter.required === true && /^(header|query)$/.test(parameter.in));
}

function withoutValidation({ root }: OpenApiDocument): string {
  const validators = `${VALIDATOR}s`;
  root[validators] = { ...root[validators], [NO_VALIDATION]: { validateRequestBody: false, validateRequestParameters: false } };
  return NO_VALIDATION;
}
