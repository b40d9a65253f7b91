import { type CfnElement, CfnResource } from 'aws-cdk-lib';
import type { HttpRouteIntegration, HttpRouteIntegrationBindOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IConstruct } from 'constructs';

/**
 * Everything that this library uses of aws-cdk-lib beyond its public API: private members, and the
 * ids that L2s give to their children. Where a member is gone, guessing would leave out what users
 * wrote, so that throws.
 */

/** What `addPropertyOverride` and its like put over the properties of an L1. */
export function propertyOverrides(resource: CfnResource): Record<string, any> | undefined {
  return member<any>(resource, 'rawOverrides', 'what addPropertyOverride sets').Properties;
}

/** The properties of an L1 without types of its own, by their names in CloudFormation. */
export function rawProperties(resource: CfnResource): Record<string, any> {
  const { _cfnProperties: properties } = resource as unknown as { _cfnProperties: unknown };
  if (properties === undefined) throw changed(resource, '_cfnProperties', 'the properties of a CfnResource');
  // A broken template may have anything there.
  return typeof properties === 'object' ? (properties as Record<string, any>) : {};
}

/** Not into the object that is there: the user may have given that to others, too. */
export function setRawProperty(resource: CfnResource, name: string, value: unknown): void {
  (resource as unknown as { _cfnProperties: unknown })._cfnProperties = { ...rawProperties(resource), [name]: value };
}

/** An element of a template as that has it, with tokens. */
export function rendered(element: CfnElement): unknown {
  return method(element, '_toCloudFormation', 'an element as CloudFormation gets it').call(element);
}

/**
 * Has a resource wait for another one, by the name that this aws-cdk-lib has for it:
 * the older one is deprecated.
 */
export function addDependency(resource: CfnResource, target: CfnResource): void {
  const { addResourceDependency } = resource as { addResourceDependency?(target: CfnResource): void };
  if (addResourceDependency) addResourceDependency.call(resource, target);
  else resource.addDependency(target);
}

/** What an integration does once it is bound: the permission to call a function. */
export function completeBind(integration: HttpRouteIntegration, options: HttpRouteIntegrationBindOptions): void {
  method(integration, 'completeBind', 'the permissions of an integration').call(integration, options);
}

/** The id of the L1 inside an L2. */
export const L1_ID = 'Resource';

/** The id of the method that an L2 resource makes for preflights. */
export const OPTIONS_ID = 'OPTIONS';

/** The L1 inside an L2, or the construct itself where it is one. */
export function l1Of(construct: IConstruct): CfnResource | undefined {
  const l1 = CfnResource.isCfnResource(construct) ? construct : construct.node.tryFindChild(L1_ID);
  return l1 && CfnResource.isCfnResource(l1) ? l1 : undefined;
}

/**
 * How many Aspects an L2 brings along that look at nothing but itself:
 * a Role splits its policies by one.
 */
export function ownAspects(construct: IConstruct): number {
  return l1Of(construct)?.cfnResourceType === 'AWS::IAM::Role' ? 1 : 0;
}

/** The root resource of an L2 REST API, whether it is made here or imported. */
export function rootOf(restApi: IConstruct): IConstruct | undefined {
  return restApi.node.tryFindChild('Default');
}

function member<T>(owner: object, name: string, meaning: string): T {
  const value = (owner as Record<string, unknown>)[name];
  if (typeof value !== 'object' || value === null) throw changed(owner, name, meaning);
  return value as T;
}

function method(owner: object, name: string, meaning: string): (...args: unknown[]) => unknown {
  const value = (owner as Record<string, unknown>)[name];
  if (typeof value !== 'function') throw changed(owner, name, meaning);
  return value as (...args: unknown[]) => unknown;
}

function changed(owner: object, name: string, meaning: string): Error {
  return new Error(
    `aws-cdk-lib changed: ${owner.constructor.name} has no ${name}, from which cdk-cors reads ${meaning}. ` +
      'Use an earlier aws-cdk-lib, or a later cdk-cors.',
  );
}
