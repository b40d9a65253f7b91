import { mapBranches } from './cloudformation-conditions';
import { overridesOrigin } from './mapping-template';
import { propertyCase } from './property-case';
import { bodyTemplate, type ResponseAdditions, withOriginTemplate } from './response-headers';

/** What else decides where a template may stand. */
export interface ResponseContext {
  readonly additions: ResponseAdditions;
  /** Whether API Gateway may hand a body on as bytes, which a template would break. */
  readonly mayBeBinary: boolean;
}

const HEADER = 'method.response.header.';
const ALLOW_ORIGIN = 'access-control-allow-origin';

/**
 * An integration response that carries the headers as well. What the user wrote stays, and nothing
 * is changed in place.
 */
export function patchResponse(response: any, { additions, mayBeBinary }: ResponseContext, isMock: boolean): any {
  const mapped = withParameters(response, Object.keys(additions.headers), (name) => `'${additions.headers[name]}'`);
  if (!additions.template || namesOrigin(response)) return mapped;
  const key = propertyCase(response, 'responseTemplates');
  const templates = response[key];
  if (templates && Object.keys(templates).length > 0) {
    return {
      ...mapped,
      [key]: mapBranches(templates, (plain) => mapValues(plain, (template) => prepend(template, additions))),
    };
  }
  if (isBinary(response, mayBeBinary)) return mapped;
  return { ...mapped, [key]: { 'application/json': bodyTemplate(additions, isMock) } };
}

/**
 * Whether the response stays without the origin that the page has, as a template would be given
 * bytes where it now is none.
 */
export function losesOrigin(response: any, { additions, mayBeBinary }: ResponseContext): boolean {
  return (
    additions.template !== '' && !namesOrigin(response) && !hasTemplates(response) && isBinary(response, mayBeBinary)
  );
}

/**
 * The parameters of a response with these too, each under the name of its header; those that are
 * there already stay.
 */
export function withParameters(response: any, names: string[], value: (name: string) => unknown): any {
  if (names.length === 0) return response;
  const key = propertyCase(response, 'responseParameters');
  return {
    ...response,
    [key]: mapBranches(response[key] ?? {}, (parameters) => {
      const taken = new Set(Object.keys(parameters).map((name) => name.toLowerCase()));
      const added = names.filter((name) => !taken.has(HEADER + name.toLowerCase()));
      return { ...parameters, ...Object.fromEntries(added.map((name) => [HEADER + name, value(name)])) };
    }),
  };
}

export function statusOf(response: any): string {
  return String(response[propertyCase(response, 'statusCode')]);
}

/** Whether the user says already who may read a response. */
function namesOrigin(response: any): boolean {
  return Object.keys(response[propertyCase(response, 'responseParameters')] ?? {}).some(
    (name) => name.toLowerCase() === HEADER + ALLOW_ORIGIN,
  );
}

function hasTemplates(response: any): boolean {
  return Object.keys(response[propertyCase(response, 'responseTemplates')] ?? {}).length > 0;
}

function isBinary(response: any, mayBeBinary: boolean): boolean {
  const handling = response[propertyCase(response, 'contentHandling')];
  return handling === 'CONVERT_TO_BINARY' || (mayBeBinary && handling !== 'CONVERT_TO_TEXT');
}

/** A template may be put together at deployment. */
function prepend(template: any, additions: ResponseAdditions): any {
  if (typeof template === 'string') return withOriginTemplate(template, additions);
  return overridesOrigin(JSON.stringify(template)) ? template : { 'Fn::Join': ['', [additions.template, template]] };
}

function mapValues(object: any, patch: (value: any) => any): any {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, patch(value)]));
}
