import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

/** Apps invoke Aspects once, or until nothing changes; what is emitted has to be the same. */
export const ASPECT_MODES = [
  { aspects: 'invoked once', context: { '@aws-cdk/core:aspectStabilization': false } },
  { aspects: 'stabilized', context: { '@aws-cdk/core:aspectStabilization': true } },
];

/** The CloudFormation resources of one type, by logical id. */
export function resourcesOf(stack: Stack, type: string): Record<string, any> {
  return Template.fromStack(stack).findResources(type);
}

/** The warnings in a stack's tree as `path: text [ack: id]`; synthesizes first. */
export function warningsOf(stack: Stack): string[] {
  return annotationsOf(stack, 'aws:cdk:warning');
}

export function infosOf(stack: Stack): string[] {
  return annotationsOf(stack, 'aws:cdk:info');
}

function annotationsOf(stack: Stack, kind: string): string[] {
  Template.fromStack(stack);
  return stack.node
    .findAll()
    .flatMap((construct) =>
      construct.node.metadata.filter(({ type }) => type === kind).map(({ data }) => `${construct.node.path}: ${data}`),
    );
}
