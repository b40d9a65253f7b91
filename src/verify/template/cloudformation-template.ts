import { checkShape, parseText } from '../../text/json-or-yaml';
import type { Json, JsonObject } from './json';

/** A CloudFormation template, read but not yet resolved. */
export interface Template {
  readonly Resources: Record<string, TemplateResource>;
  readonly Parameters?: JsonObject;
  readonly Conditions?: JsonObject;
  readonly Mappings?: JsonObject;
  readonly Outputs?: Record<string, any>;
  readonly Transform?: Json;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
  readonly Metadata?: Record<string, any>;
  readonly Condition?: string;
}

/** Reads a template that is an object, or JSON or YAML text. `name` is how errors call it. */
export function readTemplate(source: any, name = 'The template', notes: string[] = []): Template {
  const template = typeof source === 'string' ? parseText(source, name, notes) : source;
  if (typeof source !== 'string') checkShape(template, name);
  if (!isObject(template))
    throw new Error(
      `${name} is not a CloudFormation template: it is ${describe(template)}, not an object with Resources.`,
    );
  if (!isObject(template.Resources))
    throw new Error(`${name} is not a CloudFormation template: it has no Resources.${hintFor(template)}`);
  checkResources(template.Resources, name);
  return template as Template;
}

export function checkResources(resources: Record<string, any>, name: string): void {
  for (const [id, resource] of Object.entries<any>(resources)) {
    const comesLater = id.startsWith('Fn::') || (isObject(resource) && resource['Fn::Transform'] !== undefined);
    if (!comesLater && typeof resource?.Type !== 'string')
      throw new Error(`${name} is not a CloudFormation template: its resource ${id} has no Type.`);
  }
}

/** What people check instead of a template. */
function hintFor({ openapi, swagger, service, provider }: Record<string, any>): string {
  if (openapi || swagger) return ' It looks like an OpenAPI document: put it into the Body of an API first.';
  if (service === undefined || provider === undefined) return '';
  return (
    ' It looks like a file of the Serverless Framework: run `serverless package`, and check ' +
    '.serverless/cloudformation-template-update-stack.json instead.'
  );
}

type Plain = string | number | boolean | null | undefined | readonly unknown[];

/**
 * Neither a list nor a plain value; what is typed as `any` or `unknown` becomes an object of
 * anything.
 */
export function isObject<T>(value: T): value is T & (unknown extends T ? Record<string, any> : Exclude<T, Plain>) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or one without anything where something else stands. */
export function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

function describe(value: any): string {
  if (value === undefined || value === null || value === '') return 'empty';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
