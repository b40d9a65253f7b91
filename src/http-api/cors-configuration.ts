import { type CfnResource, Token } from 'aws-cdk-lib';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ALL_METHODS, inOrder } from '../policy/methods';
import type { Policy } from '../policy/policy';
import { assignProperty, isTyped, ownProperty } from '../tree/properties';

/**
 * The CORS configuration of an API whose routes have these verbs.
 *
 * A wildcard method is written out where it was derived (with credentials `*` counts for nothing), and header names are spelled as API Gateway
 * stores them: any other spelling would show up as drift.
 */
export function corsConfiguration(policy: Policy, verbs: string[]): CfnApi.CorsProperty {
  return {
    allowOrigins: policy.origins.values,
    allowCredentials: policy.credentials,
    allowMethods: allowMethods(policy, verbs),
    allowHeaders: headerNames(policy.allowHeaders),
    exposeHeaders: headerNames(policy.exposeHeaders),
    maxAge: policy.maxAge,
  };
}

function allowMethods({ methods }: Policy, verbs: string[]): string[] {
  if (methods === undefined) return verbs.includes('ANY') ? ALL_METHODS : inOrder(verbs.filter((verb) => verb !== 'OPTIONS'));
  if (Token.isUnresolved(methods)) return methods;
  return methods.includes('*') ? ['*'] : inOrder(methods);
}

function headerNames(names: string[]): string[] | undefined {
  if (Token.isUnresolved(names)) return names;
  return names.length > 0 ? names.map((name) => (Token.isUnresolved(name) ? name : name.toLowerCase())) : undefined;
}

/** The configurations that are ours. */
const ours = new WeakMap<CfnResource, unknown>();

/** Whether someone else configured CORS on this API. */
export function hasOwnCorsConfiguration(api: CfnResource): boolean {
  const assigned = ownProperty(api, 'CorsConfiguration');
  return assigned !== undefined && assigned !== ours.get(api);
}

/** Gives an API its CORS configuration, or brings the one it got before up to date. */
export function configureCors(api: CfnResource, configuration: CfnApi.CorsProperty): void {
  const value = isTyped(api, 'CorsConfiguration') ? configuration : inCloudFormationSpelling(configuration);
  assignProperty(api, 'CorsConfiguration', value);
  ours.set(api, ownProperty(api, 'CorsConfiguration'));
}

function inCloudFormationSpelling(configuration: CfnApi.CorsProperty): Record<string, unknown> {
  return Object.fromEntries(Object.entries(configuration).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]));
}
