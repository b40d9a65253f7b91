import { fixedRequest } from '../api-gateway/method-agnostic-request';
import { property } from '../tree/properties';
import type { RouteNode } from './http-api-tree';

/**
 * The request that an integration of a route sends regardless of the method of the one that it got,
 * if the integration is of this app.
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
