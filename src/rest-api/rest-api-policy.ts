import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PreflightPlacement } from '../options/cors-options';
import { ErrorOrigin } from '../options/error-origin';
import type { AppliedPolicy } from '../tree/attachments';
import { rootOf } from '../tree/cdk-internals';
import { isResource } from './rest-api-tree';

/** Whether a construct is a REST API or a resource of one, as L2, as L1, or imported. */
export function isRestApiTarget(construct: IConstruct): boolean {
  const type = (construct as CfnResource).cfnResourceType;
  return type
    ? type === 'AWS::ApiGateway::RestApi' || type === 'AWS::ApiGateway::Resource'
    : isResource(construct) || isRestApi(construct);
}

/** Rather than a resource of it. */
export function isWholeApi(target: IConstruct): boolean {
  return isRestApi(target) || (target as CfnResource).cfnResourceType === 'AWS::ApiGateway::RestApi';
}

function isRestApi(construct: IConstruct): boolean {
  return 'restApiId' in construct && 'addGatewayResponse' in construct;
}

/** Faults of a valid policy that depend on the REST API or resource that the user named. */
export function restApiFaults(policy: AppliedPolicy, target: IConstruct): string[] {
  const { options } = policy;
  const faults = synthesisFaults(policy);
  if (options?.errorOrigin instanceof ErrorOrigin && !isWholeApi(target)) {
    faults.push(
      'cors.errorOrigin: the errors of the gateway belong to the whole API. ' +
        'Put errorOrigin on the API, with EnableCors.on(api, …), and leave it out here.',
    );
  }
  if (options?.preflight === PreflightPlacement.SHARED && !isWholeApi(target)) {
    faults.push(
      'cors.preflight: one preflight for all resources belongs to the whole API. ' +
        'Put PreflightPlacement.SHARED on the API, with EnableCors.on(api, …), and leave it out here.',
    );
  }
  if (options?.includeChildren !== undefined && isWholeApi(target)) {
    faults.push(
      'cors.includeChildren: a policy on an API covers every resource of it anyway. ' +
        'Leave includeChildren out, or put the policy on a resource.',
    );
  }
  if (options?.preflightHandler) {
    faults.push(
      'cors.preflightHandler: a REST API answers preflights on its own; this is for HTTP APIs. ' +
        'Leave preflightHandler out.',
    );
  }
  if (options?.originMatching !== undefined) {
    faults.push(
      'cors.originMatching: a REST API compares every form of origin on its own; this is for HTTP APIs. ' +
        'Leave originMatching out.',
    );
  }
  if (hasDefaultPreflight(target)) {
    faults.push(
      `defaultCorsPreflightOptions: ${target.node.path} has aws-cdk-lib's own preflights already, ` +
        'and one OPTIONS method cannot follow two policies. ' +
        'Remove defaultCorsPreflightOptions; the names in cors are the same.',
    );
  }
  return faults;
}

/** What no REST API can follow, named or reached by a mixin that was applied above. */
export function synthesisFaults({ cors, options }: AppliedPolicy): string[] {
  const faults = [];
  if (cors.origins.isDeployTimeList) {
    faults.push(
      'cors.allowOrigins: the whole list is known only at deployment, ' +
        'and a REST API has to compare each origin on its own. ' +
        'List them one by one; each may be a deploy-time value.',
    );
  }
  if (options?.errorOrigin !== undefined && !(options.errorOrigin instanceof ErrorOrigin)) {
    faults.push(
      'cors.errorOrigin: this takes an ErrorOrigin. ' +
        'Write ErrorOrigin.exactly("https://app.example.com"), .any(), .reflect() or .none().',
    );
  }
  if (options?.includeChildren !== undefined && typeof options.includeChildren !== 'boolean') {
    faults.push(
      `cors.includeChildren: ${JSON.stringify(options.includeChildren)} is neither true nor false. ` +
        'Write one of them, or leave it out.',
    );
  }
  if (options?.preflight !== undefined && !Object.values(PreflightPlacement).includes(options.preflight)) {
    faults.push(
      `cors.preflight: ${JSON.stringify(options.preflight)} is not a PreflightPlacement. ` +
        'Write PreflightPlacement.PER_RESOURCE or PreflightPlacement.SHARED.',
    );
  }
  return faults;
}

/** Whether an API or a resource has aws-cdk-lib's own preflights for all that is below it. */
export function hasDefaultPreflight(target: IConstruct): boolean {
  const resource: any = isResource(target) ? target : rootOf(target);
  return resource?.defaultCorsPreflightOptions !== undefined;
}
