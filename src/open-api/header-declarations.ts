import { mapBranches } from '../api-gateway/cloudformation-conditions';
import type { OpenApiDocument } from '../api-gateway/open-api/document';
import { isLocal, valueAt } from '../api-gateway/open-api/json-pointer';

/**
 * Has an operation say that its response of this status has these headers: API Gateway maps only
 * those that are declared. A response behind a `$ref` is copied in, as an import of a REST API does
 * not follow it. What is declared already stays, in whatever spelling.
 */
export function declareHeaders(document: OpenApiDocument, operation: any, status: string, names: string[]): void {
  if (names.length === 0 || !/^\d{3}$/.test(status)) return;
  operation.responses = inPlace(document, operation.responses) ?? {};
  for (const responses of document.sides(operation.responses)) {
    responses[status] = inPlace(document, responses[status]) ?? { description: `${status} response` };
    for (const response of document.sides(responses[status])) {
      response.headers = inPlace(document, response.headers) ?? {};
      for (const headers of document.sides(response.headers)) {
        for (const name of takenNames(headers, names)) headers[name] = inPlace(document, headers[name]);
        Object.assign(headers, missing(headers, names, document));
      }
    }
  }
}

/** A value with copies of what it refers to in the document, on every side of its conditions. */
function inPlace(document: OpenApiDocument, value: any, before: string[] = []): any {
  return mapBranches(value, (plain) => {
    const reference = plain?.$ref;
    if (typeof reference !== 'string' || !isLocal(reference) || before.includes(reference)) return plain;
    return inPlace(document, structuredClone(valueAt(document.root, reference)), [...before, reference]);
  });
}

function takenNames(headers: any, names: string[]): string[] {
  const wanted = names.map((name) => name.toLowerCase());
  return Object.keys(headers).filter((name) => wanted.includes(name.toLowerCase()));
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
