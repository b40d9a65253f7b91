import { asText } from '../text/as-text';
import { defaultBranches, LEFT_OUT, mapObjects, mapObjectsOrNone, objectsOf } from './cloudformation-conditions';
import { mayReflectOrigin, overridesOrigin } from './mapping-template';
import { type OwnHeaders, ownHeaders, withHeaders, withoutCredentials } from './own-headers';
import { propertyCase } from './property-case';
import { besideOwnOrigin, bodyTemplate, type ResponseAdditions, withOriginTemplate } from './response-headers';

/** What else decides where a template may stand. */
export interface ResponseContext {
  readonly additions: ResponseAdditions;
  /** Whether API Gateway may hand a body on as bytes, which a template would break. */
  readonly mayBeBinary: boolean;
}

export const RESPONSE_HEADER = 'method.response.header.';

/**
 * An integration response that carries the headers as well. What the user wrote stays, and nothing
 * is changed in place.
 */
export function patchResponse(response: any, { additions, mayBeBinary }: ResponseContext, isMock: boolean): any {
  if (typeof response !== 'object' || response === null) return response; // as good as left out
  if (Object.keys(additions.headers).length === 0 && !additions.template) return response;
  const headers = mayReflect(response) ? withoutCredentials(additions.headers) : additions.headers;
  const mapped = withParameters(response, (own) => withHeaders(own, quoted(headers), RESPONSE_HEADER));
  if (!additions.template || namesOrigin(response)) return mapped;
  const key = propertyCase(response, 'responseTemplates');
  const own = mapObjects(response[key], (templates) =>
    isEmpty(templates) ? LEFT_OUT : mapValues(templates, (template) => prepend(template, additions)),
  );
  const ofBody = () => ({ 'application/json': bodyTemplate(additions, isMock) });
  return isBinary(response, mayBeBinary)
    ? { ...mapped, ...(hasTemplates(response) && { [key]: own }) }
    : { ...mapped, [key]: defaultBranches(own, ofBody) };
}

/**
 * Whether the response stays without the origin that the page has, as a template would be given
 * bytes where it is not one now.
 */
export function cannotCarryOrigin(response: any, { additions, mayBeBinary }: ResponseContext): boolean {
  return (
    additions.template !== '' && !namesOrigin(response) && !hasTemplates(response) && isBinary(response, mayBeBinary)
  );
}

/** A response with other parameters, on every side of their conditions. */
export function withParameters(response: any, change: (own: Record<string, unknown>) => unknown): any {
  const key = propertyCase(response, 'responseParameters');
  return { ...response, [key]: mapObjectsOrNone(response[key], change) };
}

/**
 * What there is to add to an integration's responses. Overrides of a mock count from its request
 * template on, and a second one of a header would be a 500.
 */
export function contextFor(integration: any, context: ResponseContext): ResponseContext {
  const isMock = asText(integration[propertyCase(integration, 'type')]).toUpperCase() === 'MOCK';
  const templates = integration[propertyCase(integration, 'requestTemplates')];
  const isSaid = isMock && overridesOrigin(JSON.stringify(templates ?? ''));
  const mayBeAnyone = isSaid && mayReflectOrigin(JSON.stringify(templates));
  return isSaid ? { ...context, additions: besideOwnOrigin(context.additions, mayBeAnyone) } : context;
}

function quoted(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`]));
}

/** What the user mapped, on every side of its conditions. */
export function ownHeadersOf(response: any): OwnHeaders[] {
  const parameters = response[propertyCase(response, 'responseParameters')];
  return objectsOf(parameters).map((own) => ownHeaders(own, RESPONSE_HEADER));
}

/** Whether a response template of the user's may let any page read. */
export function mayReflect(response: any): boolean {
  const templates = response[propertyCase(response, 'responseTemplates')];
  return templates !== undefined && mayReflectOrigin(JSON.stringify(templates));
}

export function statusOf(response: any): string {
  return asText(response[propertyCase(response, 'statusCode')]);
}

/** Whether the user says already who may read a response. */
function namesOrigin(response: any): boolean {
  return ownHeadersOf(response).some(({ origin }) => origin !== undefined);
}

function hasTemplates(response: any): boolean {
  return objectsOf(response[propertyCase(response, 'responseTemplates')]).some((templates) => !isEmpty(templates));
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
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
