import { join } from 'node:path';
import { type Stack, Stage } from 'aws-cdk-lib';
import { readAssembly } from './template/assembly';
import type { Deployment } from './template/deployment';
import type { TemplateScope } from './template/scope';

/**
 * The template of a stack, and those of all stacks of its assembly. Of a nested stack, as the
 * parent passes its parameters.
 */
export function templatesOfStack(
  stack: Stack,
  deployment?: Deployment,
): { own: TemplateScope[]; all: TemplateScope[] } {
  const stage = Stage.of(stack);
  if (!stage)
    throw new Error(
      `The stack ${stack.node.path || stack.stackName} is not in an App: create it with new Stack(new App(), …).`,
    );
  const { directory } = stage.synth();
  const root = topmost(stack);
  const file = join(directory, root.templateFile);
  const stacks = readAssembly(directory, deployment);
  const top = stacks.flatMap(({ templateFile, scope }) => (templateFile === file ? [scope] : []));
  return { own: descend(top, stack), all: stacks.map(({ scope }) => scope) };
}

function topmost(stack: Stack): Stack {
  return stack.nestedStackParent ? topmost(stack.nestedStackParent) : stack;
}

/** From the topmost stack's template to that of the nested stack that was asked for. */
function descend(scopes: TemplateScope[], stack: Stack): TemplateScope[] {
  const { nestedStackParent, nestedStackResource } = stack;
  if (!nestedStackParent || !nestedStackResource) return scopes;
  const logicalId = nestedStackParent.resolve(nestedStackResource.logicalId);
  return descend(scopes, nestedStackParent).flatMap((scope) => scope.nested(logicalId) ?? []);
}
