import { CfnResource, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { getOrCreate } from '../collections';

/** What may stand in front of an API. */
export const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/**
 * The resources of API Gateway in a Stage by type, as one walk finds them:
 * `AWS::ApiGateway::RestApi`, `AWS::ApiGatewayV2::Route`; and distributions.
 */
export type ApiGatewayResources = ReadonlyMap<string, CfnResource[]>;

/** Stages inside of a Stage are apps of their own. */
export function apiGatewayResources(stage: IConstruct): ApiGatewayResources {
  const found = new Map<string, CfnResource[]>();
  const visit = (construct: IConstruct): void => {
    if (isOfService(construct, 'AWS::ApiGateway') || isOfService(construct, DISTRIBUTION)) {
      getOrCreate(found, construct.cfnResourceType, () => []).push(construct);
    }
    for (const child of construct.node.children) if (!Stage.isStage(child)) visit(child);
  };
  visit(stage);
  return found;
}

/**
 * Whether a construct is an L1 of a service.
 * A raw resource has for its type whatever was written there.
 */
export function isOfService(construct: IConstruct, prefix: string): construct is CfnResource {
  if (!CfnResource.isCfnResource(construct)) return false;
  const type: unknown = construct.cfnResourceType;
  return typeof type === 'string' && type.startsWith(prefix);
}
