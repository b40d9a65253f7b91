import { branchesOf, mapBranches } from '../api-gateway/cloudformation-conditions';
import { patchResponse, type ResponseContext, statusOf, withParameters } from '../api-gateway/integration-response';
import { overridesOrigin } from '../api-gateway/mapping-template';
import { propertyCase } from '../api-gateway/property-case';
import type { ResponseAdditions } from '../api-gateway/response-headers';

/**
 * Adds CORS headers to the responses of one method. Pure: resolved CloudFormation data in, new data
 * out; what the user wrote stays, and nothing is changed in place, for methods may share an
 * Integration.
 */

/** The integration with each of its responses mapping the headers. */
export function patchIntegration(integration: any, context: ResponseContext): any {
  return mapBranches(integration, (plain) => {
    const key = propertyCase(plain, 'integrationResponses');
    if (plain[key] === undefined) return plain;
    const isMock = plain[propertyCase(plain, 'type')] === 'MOCK';
    // Overrides of a mock count from its request on, and a second one of a name would be a 500.
    const isSaid = isMock && overridesOrigin(JSON.stringify(plain[propertyCase(plain, 'requestTemplates')] ?? ''));
    const inContext = isSaid ? { ...context, additions: { ...context.additions, template: '' } } : context;
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
  const declare = (response: any) => withParameters(response, names, () => true);
  const answered = everyResponse(integration).map(statusOf);
  if (methodResponses === undefined && answered.length === 0) return undefined;
  return mapBranches(methodResponses ?? [], (list) => {
    if (!Array.isArray(list)) return list;
    const declared = new Set(list.flatMap(branchesOf).map(statusOf));
    const missing = [...new Set(answered)].filter((status) => !declared.has(status));
    return [...mapList(list, declare), ...missing.map((status) => declare({ [statusKey]: status }))];
  });
}

/** The responses of an integration, on every side of its conditions. */
export function everyResponse(integration: any): any[] {
  return branchesOf(integration).flatMap((plain) =>
    branchesOf(plain?.[propertyCase(plain ?? {}, 'integrationResponses')]).flatMap((list) =>
      Array.isArray(list) ? list.flatMap(branchesOf) : [],
    ),
  );
}

function mapList(list: any, patch: (item: any) => any): any {
  return Array.isArray(list) ? list.map((item) => mapBranches(item, patch)) : list;
}
