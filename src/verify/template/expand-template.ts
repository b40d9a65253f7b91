import { asText } from './as-text';
import { checkResources, isObject, type Template } from './cloudformation-template';
import { type ExpandedMap, type Expansion, expandKeys, isExpandable, TRANSFORM } from './expand-keys';
import type { JsonObject } from './json';

/** A template with its loops and includes worked out, and what only its deployment brings. */
interface ExpandedTemplate {
  readonly template: Template;
  /** What adds resources. */
  readonly additions: string[];
  /** The macro that may change any of them. */
  readonly macro?: string;
}

export function expandTemplate(source: Template, surroundings: Expansion): ExpandedTemplate {
  if (!needsExpansion(source)) return { template: source, additions: [] };
  const whole: object = { ...source, Transform: undefined, [TRANSFORM]: visibleTransforms(source.Transform) };
  const top = expandKeys(whole as JsonObject, surroundings);
  const template: Record<string, any> = { ...top.map };
  const parts: ExpandedMap[] = [top];
  for (const section of SECTIONS) {
    if (!isObject(template[section])) continue;
    const expanded = expandKeys(template[section], surroundings);
    template[section] = expanded.map;
    if (section === 'Resources') parts.push(expanded);
  }
  const additions = parts.flatMap((part) => part.additions);
  for (const [id, resource] of Object.entries<any>(template.Resources)) {
    if (!isObject(resource) || resource[TRANSFORM] === undefined || resource.Type !== undefined) continue;
    additions.push(`Fn::Transform of the resource ${id}`);
    delete template.Resources[id];
  }
  checkResources(template.Resources, 'The template with its loops and includes');
  return { template: template as Template, additions, macro: parts.find(({ macro }) => macro)?.macro };
}

const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'] as const;

function needsExpansion(source: Record<string, any>): boolean {
  if (visibleTransforms(source.Transform).length > 0 || TRANSFORM in source) return true;
  const inSections = SECTIONS.some(
    (section) => isObject(source[section]) && Object.keys(source[section]).some(isExpandable),
  );
  return inSections || Object.values(source.Resources).some((resource) => isObject(resource) && TRANSFORM in resource);
}

/**
 * AWS's own transforms of whole templates change nothing that a browser meets, or have a message of
 * their own (SAM).
 */
function visibleTransforms(declared: any): any[] {
  const all = (Array.isArray(declared) ? declared : [declared]).filter((each) => each !== undefined && each !== null);
  return all.flatMap((each) => {
    const name = typeof each === 'string' ? each : each.Name;
    return /^AWS::(?!Include$)/.test(asText(name)) ? [] : [typeof each === 'string' ? { Name: each } : each];
  });
}
