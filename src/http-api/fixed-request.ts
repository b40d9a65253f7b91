import type { CfnResource } from 'aws-cdk-lib';
import { property } from '../tree/properties';

/**
 * What an integration does whatever the method of the request is: an AWS service action, or a request with a method of its own. Sending preflights to
 * it would let anyone do without a token what the authorizer protects. `undefined` where the backend learns the method.
 */
export function fixedRequest(integration: CfnResource | undefined): string | undefined {
  if (!integration) return undefined;
  const action = property(integration, 'IntegrationSubtype');
  if (action !== undefined) return String(action);
  const method = property(integration, 'IntegrationMethod') ?? 'ANY';
  const passedOn = property(integration, 'IntegrationType') !== 'HTTP_PROXY' || ['ANY', 'OPTIONS'].includes(method);
  return passedOn ? undefined : `a ${method} request`;
}
