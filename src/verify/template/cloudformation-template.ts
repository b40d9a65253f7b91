import { parseText } from '../../text/json-or-yaml';

export { parseText };

/** A CloudFormation template, read but not yet resolved. */
export interface Template {
  readonly Resources: Record<string, TemplateResource>;
  readonly Parameters?: Record<string, any>;
  readonly Conditions?: Record<string, any>;
  readonly Mappings?: Record<string, any>;
  readonly Outputs?: Record<string, any>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
  readonly Metadata?: Record<string, any>;
  readonly Condition?: string;
}

/** Reads a template that is an object, or JSON or YAML text. `name` is how errors call it. */
export function readTemplate(source: any, name = 'The template'): Template {
  const template = typeof source === 'string' ? parseText(source, name) : source;
  if (!isObject(template))
    throw new Error(
      `${name} is no CloudFormation template: it is ${describe(template)}, not an object with Resources.`,
    );
  if (!isObject(template.Resources)) {
    const hint =
      template.openapi || template.swagger
        ? ' It looks like an OpenAPI document: put it into the Body of an API first.'
        : '';
    throw new Error(`${name} is no CloudFormation template: it has no Resources.${hint}`);
  }
  for (const [id, resource] of Object.entries<any>(template.Resources)) {
    const isLoop = id.startsWith('Fn::');
    if (!isLoop && typeof resource?.Type !== 'string')
      throw new Error(`${name} is no CloudFormation template: its resource ${id} has no Type.`);
  }
  return template as Template;
}

export function isObject(value: any): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: any): string {
  if (value === undefined || value === null || value === '') return 'empty';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
