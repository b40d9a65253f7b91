import type { TemplateScope } from './scope';

/** A resource with its properties worked out. */
export interface FoundResource {
  readonly scope: TemplateScope;
  readonly logicalId: string;
  readonly type: string;
  /** What references to it resolve to. */
  readonly id: string;
  /** How to name it to a person. */
  readonly name: string;
  readonly properties: Record<string, any>;
  /** Why it is not certain that it will exist. */
  readonly doubt?: string;
}

/** A nested stack whose template is not at hand. */
export interface UnreadStack {
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

  const visit = (scope: TemplateScope, outerDoubt?: string): void => {
    if (seen.has(scope)) return;
    seen.add(scope);
    for (const [logicalId, { Type, Properties, Condition }] of scope.resources) {
      const isStack = Type === 'AWS::CloudFormation::Stack';
      const exists = Condition === undefined ? true : scope.condition(Condition);
      if (exists === false || !(isStack || types.test(Type))) continue;
      const name = scope.nameOf(logicalId);
      const doubt = exists ? outerDoubt : `whether ${name} exists hangs on the condition ${Condition}`;
      if (!isStack) {
        const properties = asProperties(scope.resolve(Properties));
        resources.push({ scope, logicalId, type: Type, id: scope.idOf(logicalId), name, properties, doubt });
        continue;
      }
      const nested = scope.nested(logicalId);
      if (nested) visit(nested, doubt);
      else unread.push({ name, parameters: asProperties(scope.resolve(Properties?.Parameters)) });
    }
  };
  for (const scope of scopes) visit(scope);
  return { resources, unread };
}

function asProperties(value: any): Record<string, any> {
  return typeof value === 'object' && value !== null ? value : {};
}
