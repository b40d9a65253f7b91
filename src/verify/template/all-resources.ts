import { readable } from '../unknown';
import { asText } from './as-text';
import { withAwsVariables } from './aws-variables';
import { isObject } from './cloudformation-template';
import type { Asked } from './deployment';
import { TRANSFORM } from './expand-keys';
import type { TemplateScope } from './scope';
import { settled } from './settled-properties';

/** A resource with its properties worked out. */
export interface FoundResource {
  readonly scope: TemplateScope;
  readonly logicalId: string;
  readonly type: string;
  /** What references to it resolve to. */
  readonly id: string;
  /** How to name it to users. */
  readonly name: string;
  readonly properties: Record<string, any>;
  /** Why it is not certain that it will exist, or what it will be. */
  readonly doubt?: string;
  /** What adds to it at deployment, where it may hold more than is seen. */
  readonly additions: string[];
  /** What was left out of it. */
  readonly notes?: string[];
  /** What it asked about the deployment. */
  readonly asked: Asked;
}

/** A nested stack whose template is not at hand. */
interface UnreadStack {
  readonly name: string;
  readonly parameters: Record<string, any>;
}

/**
 * The resources of these types, in the templates and in those nested below them; templates that
 * were seen already are left out.
 */
export function allResources(
  scopes: TemplateScope[],
  types: RegExp,
  seen = new Set<TemplateScope>(),
): { resources: FoundResource[]; unread: UnreadStack[] } {
  const resources: FoundResource[] = [];
  const unread: UnreadStack[] = [];

  const visit = (scope: TemplateScope, outer: Outer): void => {
    if (seen.has(scope)) return;
    seen.add(scope);
    for (const [logicalId, { Type, Properties, Condition }] of scope.resources) {
      const isStack = Type === 'AWS::CloudFormation::Stack';
      if (!isStack && !types.test(Type)) continue;
      const { result, asked } = scope.deployment.listening(() => {
        const exists = typeof Condition === 'string' ? scope.condition(Condition) : true;
        return { exists, resolved: exists === false || isStack ? {} : scope.resolve(Properties) };
      });
      const { exists, resolved } = result;
      if (exists === false) continue;
      const name = scope.nameOf(logicalId);
      const doubt = outer.doubt ?? doubtOf(scope, logicalId, name, exists ?? asText(Condition));
      const inner = { doubt, asked: mergedAsked(outer.asked, asked) };
      if (isStack) visitNested(scope, logicalId, name, inner);
      else {
        const own = settled(Type, name, asProperties(resolved));
        const open =
          typeof resolved === 'string'
            ? `${name} comes only with the deployment, from ${readable(resolved)}`
            : undefined;
        const properties = isObject(own.properties.Body) ? withVariables(own.properties, scope) : own.properties;
        resources.push({
          ...own,
          ...inner,
          scope,
          logicalId,
          type: Type,
          id: scope.idOf(logicalId),
          name,
          properties,
          doubt: doubt ?? own.doubt ?? open,
        });
      }
    }
  };
  const visitNested = (scope: TemplateScope, logicalId: string, name: string, outer: Outer): void => {
    const { result: nested, asked } = scope.deployment.listening(() => scope.nested(logicalId));
    if (nested) visit(nested, { ...outer, asked: mergedAsked(outer.asked, asked) });
    else
      unread.push({
        name,
        parameters: asProperties(scope.resolve(scope.template.Resources[logicalId].Properties?.Parameters)),
      });
  };
  for (const scope of scopes) visit(scope, { asked: { questions: [], conditions: new Map() } });
  return { resources, unread };
}

/** What a nested stack passes on to what is in it. */
interface Outer {
  readonly doubt?: string;
  readonly asked: Asked;
}

/** `exists`: true, or the condition that nobody can tell. */
function doubtOf(scope: TemplateScope, logicalId: string, name: string, exists: true | string): string | undefined {
  if (exists !== true) return `whether ${name} exists depends on the condition ${exists}`;
  if (scope.macro) return `${scope.macro} may change ${name} at deployment`;
  return TRANSFORM in scope.template.Resources[logicalId]
    ? `parts of ${name} come only with the deployment, from Fn::Transform`
    : undefined;
}

function withVariables(properties: Record<string, any>, scope: TemplateScope): Record<string, any> {
  return { ...properties, Body: withAwsVariables(properties.Body, (name) => scope.reference(name)) };
}

function mergedAsked(outer: Asked, inner: Asked): Asked {
  if (outer.questions.length === 0 && outer.conditions.size === 0) return inner;
  return {
    questions: [...outer.questions, ...inner.questions],
    conditions: new Map([...outer.conditions, ...inner.conditions]),
  };
}

function asProperties(value: any): Record<string, any> {
  return isObject(value) ? value : {};
}
