import { type CfnResource, Stack, Token } from 'aws-cdk-lib';
import { propertyCase } from '../api-gateway/property-case';
import type { Attachment } from '../tree/attachments';
import { overrideOf } from '../tree/properties';
import { propertyBeforePatch } from '../tree/wrapped-property';
import type { EffectivePolicies } from './effective-policies';
import { isOurPreflight } from './preflight';
import type { MethodNode, ResourceNode } from './rest-api-tree';

/** A method of the user's that a policy covers. */
export interface CoveredMethod extends MethodNode {
  readonly node: ResourceNode;
  readonly by: Attachment;
  /** See `integrationOutline`. */
  readonly integration: any;
}

/** All but OPTIONS: those are our preflights, or the user's own, which stay as they are. */
export function coveredMethods(effective: EffectivePolicies): CoveredMethod[] {
  return effective.resources.flatMap(({ node, by }) =>
    node.methods
      .filter((method) => method.verb !== 'OPTIONS' && !isOurPreflight(method))
      .map((method) => ({
        ...method,
        node,
        by,
        integration: integrationOutline(method.cfn),
      })),
  );
}

export function isProxy({ cfn, integration }: CoveredMethod): boolean {
  const type = overrideOf(cfn, 'Integration')?.Type ?? integration[propertyCase(integration, 'type')];
  return /^(AWS|HTTP)_PROXY$/.test(type);
}

/**
 * The integration as the user made it, but for property overrides, as far as to see its kind and
 * its responses. Values inside of these may be tokens: resolving everything takes longer than the
 * rest of our work.
 */
function integrationOutline(method: CfnResource): any {
  const plain = (value: unknown) => (Token.isUnresolved(value) ? Stack.of(method).resolve(value) : value);
  const integration = plain(propertyBeforePatch(method, 'Integration')) ?? {};
  const key = propertyCase(integration, 'integrationResponses');
  const responses = plain(integration[key]);
  return { ...integration, [key]: Array.isArray(responses) ? responses.map(plain) : responses };
}
