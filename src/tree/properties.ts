import type { CfnResource } from 'aws-cdk-lib';

/**
 * A property of an L1 as it stands now, unresolved: typed L1s spell it `restApiId`, raw `CfnResource`s `RestApiId`, and an override of the
 * user's (`addPropertyOverride`) wins over both.
 */
export function property(resource: CfnResource, name: string): any {
  const l1 = resource as any;
  const override = l1.rawOverrides?.Properties?.[name];
  if (override !== undefined) return override;
  const typed = name.charAt(0).toLowerCase() + name.slice(1);
  return typed in l1 ? l1[typed] : l1._cfnProperties?.[name];
}
