import { Stack } from 'aws-cdk-lib';
import { corsMappingFault } from '../api-gateway/reserved-headers';
import { CorsPolicyError } from '../policy/faults';
import { identity } from '../tree/attachments';
import { property } from '../tree/properties';
import type { HttpApiTree } from './http-api-tree';

/**
 * Refuses parameter mappings of the user's that touch headers of CORS: API Gateway reserves these,
 * and the deployment would fail.
 */
export function refuseReservedMappings({ routes }: HttpApiTree): void {
  const integrations = new Set(routes.flatMap((route) => route.integrations()));
  const faults = [...integrations].flatMap((integration) => {
    const resolved = (name: string) => Stack.of(integration).resolve(property(integration, name));
    const fault = corsMappingFault(resolved('RequestParameters'), resolved('ResponseParameters'));
    return fault ? [`${identity(integration).node.path}: ${fault}`] : [];
  });
  if (faults.length > 0) throw new CorsPolicyError(faults);
}
