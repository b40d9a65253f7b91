import type { OpenApiDocument } from '../api-gateway/open-api/document';

/**
 * Has an operation say that its response of this status has these headers: API Gateway maps only
 * those that are declared. Shared responses are declared where they stand. What is declared already
 * stays, in whatever spelling.
 */
export function declareHeaders(document: OpenApiDocument, operation: any, status: string, names: string[]): void {
  if (names.length === 0 || !/^\d{3}$/.test(status)) return;
  operation.responses ??= {};
  for (const responses of document.sides(operation.responses)) {
    responses[status] ??= { description: `${status} response` };
    for (const response of document.sides(responses[status])) {
      response.headers ??= {};
      for (const headers of document.sides(response.headers)) Object.assign(headers, missing(headers, names, document));
    }
  }
}

function missing(headers: any, names: string[], document: OpenApiDocument): Record<string, unknown> {
  const taken = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return headerDeclarations(
    document,
    names.filter((name) => !taken.has(name.toLowerCase())),
  );
}

/** Version 2.0 has the type beside the name, 3.x in a schema. */
export function headerDeclarations({ isVersion2 }: OpenApiDocument, names: string[]): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => [name, isVersion2 ? { type: 'string' } : { schema: { type: 'string' } }]),
  );
}
