import { CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { memo } from './memo';

/** The resources of one service (`AWS::ApiGatewayV2::`) in a Stage, by type; Stages inside of it are apps of their own. */
export function cfnResources(stage: IConstruct, service: string): Map<string, CfnResource[]> {
  const found = new Map<string, CfnResource[]>();
  const visit = (construct: IConstruct): void => {
    if (CfnResource.isCfnResource(construct) && construct.cfnResourceType.startsWith(service)) {
      memo(found, construct.cfnResourceType, () => []).push(construct);
    }
    for (const child of construct.node.children) if (!Stage.isStage(child)) visit(child);
  };
  visit(stage);
  return found;
}
