import {
  branchesOf,
  defaultBranches,
  mapBranches,
  mapObjects,
  objectsOf,
} from '../api-gateway/cloudformation-conditions';
import {
  contextFor,
  patchResponse,
  RESPONSE_HEADER,
  type ResponseContext,
  statusOf,
  withParameters,
} from '../api-gateway/integration-response';
import { propertyCase } from '../api-gateway/property-case';
import type { ResponseAdditions } from '../api-gateway/response-headers';

/**
 * Adds CORS headers to the responses of one method. Pure: resolved CloudFormation data in, new data
 * out; what the user wrote stays, and nothing is changed in place, for methods may share an
 * Integration.
 */

/** The integration with each of its responses mapping the headers. */
export function patchIntegration(integration: any, context: ResponseContext): any {
  return mapObjects(integration, (plain) => {
    const key = propertyCase(plain, 'integrationResponses');
    if (plain[key] === undefined) return plain;
    const isMock = plain[propertyCase(plain, 'type')] === 'MOCK';
    const inContext = contextFor(plain, context);
    return {
      ...plain,
      [key]: mapBranches(plain[key], (list) => mapList(list, (response) => patchResponse(response, inContext, isMock))),
    };
  });
}

/**
 * The method responses with each status that the integration answers with declaring the headers,
 * once.
 *
 * @param statusKey how the method spells `statusCode` (see `propertyCase`), for responses that are
 * added
 */
export function patchMethodResponses(
  methodResponses: any,
  integration: any,
  { headers }: ResponseAdditions,
  statusKey: string,
): any {
  const names = Object.keys(headers);
  const declare = (response: any) =>
    names.length > 0 ? withParameters(response, (own) => declared(own, names)) : response;
  const answered = everyResponse(integration).map(statusOf);
  if (methodResponses === undefined && answered.length === 0) return undefined;
  const given = methodResponses ?? [];
  // What stands inside of a condition goes to the template as it is spelled.
  const key = Array.isArray(given) ? statusKey : 'StatusCode';
  return mapBranches(
    defaultBranches(given, () => []),
    (list) => {
      if (!Array.isArray(list)) return list;
      const statuses = new Set(list.flatMap(objectsOf).map(statusOf));
      const missing = [...new Set(answered)].filter((status) => !statuses.has(status));
      return [...mapList(list, declare), ...missing.map((status) => declare({ [key]: status }))];
    },
  );
}

/**
 * Once each, in whatever spelling: API Gateway refuses a header that is mapped and not declared.
 */
function declared(own: Record<string, unknown>, names: string[]): Record<string, unknown> {
  const taken = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const missing = names.map((name) => RESPONSE_HEADER + name).filter((name) => !taken.has(name.toLowerCase()));
  return { ...own, ...Object.fromEntries(missing.map((name) => [name, true])) };
}

/** The responses of an integration, on every side of its conditions. */
export function everyResponse(integration: any): any[] {
  return objectsOf(integration).flatMap((plain) =>
    branchesOf(plain[propertyCase(plain, 'integrationResponses')]).flatMap((list) =>
      Array.isArray(list) ? list.flatMap(objectsOf) : [],
    ),
  );
}

function mapList(list: any, patch: (item: any) => any): any {
  return Array.isArray(list) ? list.map((item) => mapObjects(item, patch)) : list;
}
