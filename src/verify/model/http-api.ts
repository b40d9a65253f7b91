import type { HttpApiModel } from './api-model';
import type { ApiParts } from './read-apis';
export function readHttpApi(_all: ApiParts): HttpApiModel | undefined {
  return undefined;
}
