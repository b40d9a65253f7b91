import { fixedRequest } from '../api-gateway/method-agnostic-request';
import { property } from '../tree/properties';
import type { RouteNode } from './http-api-tree';

/**
 * What one of the integrations that a route may have does whatever the method of the request is, if
 * they are of this app.
 */
export function fixedRequestOf({ integrations }: RouteNode): string | undefined {
  return integrations()
    .map((integration) =>
      fixedRequest({
        action: property(integration, 'IntegrationSubtype'),
        type: property(integration, 'IntegrationType'),
        method: property(integration, 'IntegrationMethod'),
      }),
    )
    .find((request) => request !== undefined);
}
