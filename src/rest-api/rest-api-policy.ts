import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Policy } from '../policy/policy';
import { isResource } from './api-tree';

/** A validated policy with what only REST APIs have. */
export interface RestApiPolicy {
  readonly cors: Policy;
}

/** Whether a construct is a REST API or a resource of one, as L2, as L1, or imported. */
export function isRestApiTarget(construct: IConstruct): boolean {
  const type = (construct as CfnResource).cfnResourceType;
  return type ? type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGateway::Resource' : isResource(construct) || isRestApi(construct);
}

function isRestApi(construct: IConstruct): boolean {
  return 'restApiId' in construct && 'addGatewayResponse' in construct;
}

/** What keeps a policy, though right in itself, from a REST API or resource. */
export function restApiFaults({ cors }: RestApiPolicy, target: IConstruct): string[] {
  const faults = [];
  if (cors.origins.opaque) {
    faults.push(
      'cors.allowOrigins: the whole list is known only at deployment, and a REST API has to compare each origin by itself. List them one by one; each may be a deploy-time value.',
    );
  }
  if (hasDefaultPreflight(target)) {
    faults.push(
      `defaultCorsPreflightOptions: ${target.node.path} has aws-cdk-lib's own preflights already, and one OPTIONS method cannot follow two policies. Remove defaultCorsPreflightOptions; the names in cors are the same.`,
    );
  }
  return faults;
}

function hasDefaultPreflight(target: IConstruct): boolean {
  const resource: any = isResource(target) ? target : target.node.tryFindChild('Default');
  return resource?.defaultCorsPreflightOptions !== undefined;
}
