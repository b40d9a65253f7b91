import { Stack } from 'aws-cdk-lib';
import { mappedCorsHeader } from '../api-gateway/reserved-headers';
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
    const mappings = ['RequestParameters', 'ResponseParameters'].map((name) => property(integration, name));
    const header = mappings.map((mapping) => mappedCorsHeader(Stack.of(integration).resolve(mapping))).find(Boolean);
    return header
      ? [
          `${identity(integration).node.path}: a parameter mapping touches ${header}, ` +
            'which API Gateway reserves and refuses at deployment. ' +
            'Leave it out: the CORS policy of the API sends it.',
        ]
      : [];
  });
  if (faults.length > 0) throw new CorsPolicyError(faults);
}
