import { bodyTemplate, overridesOrigin, type ResponseAdditions, withOriginTemplate } from '../policy/response-additions';

/**
 * Adds CORS headers to the responses of one method. Pure: resolved CloudFormation data in, new data out; what the user wrote stays, and nothing
 * is changed in place, for methods may share an Integration.
 */

/** What else decides where a template may stand. */
export interface ResponseContext {
  readonly additions: ResponseAdditions;
  /** Whether API Gateway may hand a body on as bytes, which a template would break. */
  readonly mayBeBinary: boolean;
}

const HEADER = 'method.response.header.';
const ALLOW_ORIGIN = 'access-control-allow-origin';

/** The integration with each of its responses mapping the headers. */
export function patchIntegration(integration: any, context: ResponseContext): any {
  return throughConditions(integration, (plain) => {
    const key = spelling(plain, 'integrationResponses');
    if (plain[key] === undefined) return plain;
    const isMock = plain[spelling(plain, 'type')] === 'MOCK';
    return {
      ...plain,
      [key]: throughConditions(plain[key], (list) => mapList(list, (response) => patchResponse(response, context, isMock))),
    };
  });
}

/**
 * The method responses with each status that the integration answers with declaring the headers, once.
 *
 * @param statusKey how the method spells `statusCode` (see `spelling`), for responses that are added
 */
export function patchMethodResponses(methodResponses: any, integration: any, { headers }: ResponseAdditions, statusKey: string): any {
  const names = Object.keys(headers);
  const declare = (response: any) => withParameters(response, names, () => true);
  const answered = everyResponse(integration).map(statusOf);
  return throughConditions(methodResponses ?? [], (list) => {
    if (!Array.isArray(list)) return list;
    const declared = new Set(list.flatMap(everySide).map(statusOf));
    const missing = [...new Set(answered)].filter((status) => !declared.has(status));
    return [...mapList(list, declare), ...missing.map((status) => declare({ [statusKey]: status }))];
  });
}

/** The responses of an integration, on every side of its conditions. */
export function everyResponse(integration: any): any[] {
  return everySide(integration).flatMap((plain) =>
    everySide(plain?.[spelling(plain ?? {}, 'integrationResponses')]).flatMap((list) => everySideOfList(list)),
  );
}

function patchResponse(response: any, { additions, mayBeBinary }: ResponseContext, isMock: boolean): any {
  const mapped = withParameters(response, Object.keys(additions.headers), (name) => `'${additions.headers[name]}'`);
  if (!additions.template || namesOrigin(response)) return mapped;
  const key = spelling(response, 'responseTemplates');
  const templates = response[key];
  if (templates && Object.keys(templates).length > 0) {
    return {
      ...mapped,
      [key]: throughConditions(templates, (plain) => mapValues(plain, (template) => prepend(template, additions))),
    };
  }
  if (isBinary(response, mayBeBinary)) return mapped;
  return { ...mapped, [key]: { 'application/json': bodyTemplate(additions, isMock) } };
}

/** Whether a template would be given bytes where it now is none. */
export function isBinary(response: any, mayBeBinary: boolean): boolean {
  const handling = response[spelling(response, 'contentHandling')];
  return handling === 'CONVERT_TO_BINARY' || (mayBeBinary && handling !== 'CONVERT_TO_TEXT');
}

export function hasTemplates(response: any): boolean {
  return Object.keys(response[spelling(response, 'responseTemplates')] ?? {}).length > 0;
}

/** Whether the user says already who may read a response. */
export function namesOrigin(response: any): boolean {
  return Object.keys(response[spelling(response, 'responseParameters')] ?? {}).some((name) => name.toLowerCase() === HEADER + ALLOW_ORIGIN);
}

/** A template may be put together at deployment. */
function prepend(template: any, additions: ResponseAdditions): any {
  if (typeof template === 'string') return withOriginTemplate(template, additions);
  return overridesOrigin(JSON.stringify(template)) ? template : { 'Fn::Join': ['', [additions.template, template]] };
}

function withParameters(response: any, names: string[], value: (name: string) => unknown): any {
  if (names.length === 0) return response;
  const key = spelling(response, 'responseParameters');
  return {
    ...response,
    [key]: throughConditions(response[key] ?? {}, (parameters) => {
      const taken = new Set(Object.keys(parameters).map((name) => name.toLowerCase()));
      const added = names.filter((name) => !taken.has(HEADER + name.toLowerCase()));
      return { ...parameters, ...Object.fromEntries(added.map((name) => [HEADER + name, value(name)])) };
    }),
  };
}

function statusOf(response: any): string {
  return String(response[spelling(response, 'statusCode')]);
}

/** L1s spell properties in camelCase, included templates and raw resources in PascalCase. */
export function spelling(object: any, name: string): string {
  const pascal = Object.keys(object).some((key) => /^[A-Z]/.test(key));
  return pascal ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

/** Applies to a value, or to both sides of an `Fn::If`; what else CloudFormation works out at deployment stays as it is. */
function throughConditions(value: any, patch: (plain: any) => any): any {
  const condition = value?.['Fn::If'];
  if (condition) return { 'Fn::If': [condition[0], ...condition.slice(1).map((side: any) => throughConditions(side, patch))] };
  return isIntrinsic(value) ? value : patch(value);
}

function mapList(list: any, patch: (item: any) => any): any {
  return Array.isArray(list) ? list.map((item) => throughConditions(item, patch)) : list;
}

function mapValues(object: any, patch: (value: any) => any): any {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, patch(value)]));
}

function everySide(value: any): any[] {
  const condition = value?.['Fn::If'];
  if (condition) return condition.slice(1).flatMap(everySide);
  return value === undefined || isIntrinsic(value) ? [] : [value];
}

function everySideOfList(list: any): any[] {
  return Array.isArray(list) ? list.flatMap(everySide) : [];
}

function isIntrinsic(value: any): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}
