import { type CfnResource, Stack } from 'aws-cdk-lib';
import { corsMappingFault } from '../api-gateway/reserved-headers';
import { CorsPolicyError } from '../policy/faults';
import { identity } from '../tree/attachments';
import type { ApiGatewayResources } from '../tree/cfn-resources';
import { property } from '../tree/properties';
import type { HttpApiTree } from './http-api-tree';

/**
 * Refuses parameter mappings of the user's that touch headers of CORS: API Gateway reserves these,
 * and the deployment would fail.
 */
export function refuseReservedMappings(trees: HttpApiTree[], resources: ApiGatewayResources): void {
  const all = resources.get('AWS::ApiGatewayV2::Integration') ?? [];
  const faulty = new Map(all.flatMap(mappingFault));
  // Which routes lead to one takes a while to find out.
  if (faulty.size === 0) return;
  const integrations = trees.flatMap(({ routes }) => routes.flatMap((route) => route.integrations()));
  const faults = [...new Set(integrations)].flatMap((integration) => faulty.get(integration) ?? []);
  if (faults.length > 0) throw new CorsPolicyError(faults);
}

function mappingFault(integration: CfnResource): [integration: CfnResource, fault: string][] {
  const mappings = ['RequestParameters', 'ResponseParameters'].map((name) => property(integration, name));
  const given = mappings.filter((mapping) => mapping !== undefined);
  const fault = corsMappingFault(...given.map((mapping) => Stack.of(integration).resolve(mapping)));
  return fault === undefined ? [] : [[integration, `${identity(integration).node.path}: ${fault}`]];
}
