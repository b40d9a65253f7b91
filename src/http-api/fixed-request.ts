import type { CfnResource } from 'aws-cdk-lib';
import { fixedRequest } from '../policy/fixed-request';
import { property } from '../tree/properties';

/** What an integration does whatever the method of the request is, if it is one of this app. */
export function fixedRequestOf(integration: CfnResource | undefined): string | undefined {
  if (!integration) return undefined;
  return fixedRequest({
    action: property(integration, 'IntegrationSubtype'),
    type: property(integration, 'IntegrationType'),
    method: property(integration, 'IntegrationMethod'),
  });
}
