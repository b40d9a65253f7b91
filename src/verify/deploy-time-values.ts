import type { Deployment } from './template/deployment';
import type { TemplateScope } from './template/scope';

/**
 * Throws where a value has a name that the templates do not know: it would be passed over in
 * silence. A file of parameters may hold those of other stacks: `others`.
 */
export function checkValues(
  deployment: Deployment,
  scopes: TemplateScope[],
  others: Record<string, string> = {},
): void {
  const unused = deployment.unused.filter((name) => !Object.hasOwn(others, name));
  const strangers = unused.filter((name) => !scopes.some((scope) => knows(scope, name)));
  if (strangers.length === 0) return;
  throw new Error(
    `values: nothing in the template asks for ${strangers.map((name) => `"${name}"`).join(', ')}. ` +
      'A name is that of a ' +
      "parameter ('WebsiteUrl'), an attribute ('Distribution.DomainName'), an export or a dynamic reference.",
  );
}

/** A value that happens to matter to no API is not a mistake. */
function knows(scope: TemplateScope, name: string): boolean {
  const head = name.split('.')[0];
  if (/^(\{\{)?resolve:|^AWS::/.test(name) || name.includes('/')) return true;
  return Object.hasOwn(scope.template.Parameters ?? {}, name) || scope.isCalled(head);
}
