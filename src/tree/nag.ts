import type { CfnResource } from 'aws-cdk-lib';

/**
 * Tells cdk-nag, where an app has it, why a rule of its does not apply to a resource of ours:
 * version 2 by the metadata of the template, version 3 by what the CDK knows as an acknowledgement.
 * https://github.com/cdklabs/cdk-nag/blob/main/MIGRATION.md
 */
export function suppressNag(resource: CfnResource, id: string, reason: string): void {
  resource.addMetadata('cdk_nag', { rules_to_suppress: [{ id, reason }] });
  const { Validations }: any = require('aws-cdk-lib'); // newer than the lowest release that is supported
  Validations?.of(resource).acknowledge({ id, reason });
}

/** Of an OPTIONS without an authorizer. */
export function suppressNagOnPreflight(resource: CfnResource): void {
  suppressNag(
    resource,
    'AwsSolutions-APIG4',
    'Browsers send CORS preflights without a token. Nothing but OPTIONS is open.',
  );
}
