import type { CfnResource } from 'aws-cdk-lib';

/**
 * Tells cdk-nag, where an app has it, why a rule of its does not apply to a resource of ours.
 * https://github.com/cdklabs/cdk-nag#suppressing-a-rule
 */
export function suppressNag(resource: CfnResource, id: string, reason: string): void {
  resource.addMetadata('cdk_nag', { rules_to_suppress: [{ id, reason }] });
}
