import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Gives a construct's resources the condition of the resource they belong to. */
export function underSameCondition(construct: IConstruct, resource: CfnResource | undefined): void {
  if (!resource || resource.stack !== Stack.of(construct)) return;
  for (const part of construct.node.findAll()) {
    if (CfnResource.isCfnResource(part)) part.cfnOptions.condition = resource.cfnOptions.condition;
  }
}
