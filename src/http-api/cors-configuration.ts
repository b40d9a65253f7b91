import type { CfnResource } from 'aws-cdk-lib';
import type { CorsConfiguration } from '../api-gateway/cors-configuration';
import { assignProperty, isTyped, ownProperty } from '../tree/properties';

/** The configurations that are ours. */
const ours = new WeakMap<CfnResource, unknown>();

/** Whether someone else configured CORS on this API. */
export function hasOwnCorsConfiguration(api: CfnResource): boolean {
  const assigned = ownProperty(api, 'CorsConfiguration');
  return assigned !== undefined && assigned !== ours.get(api);
}

/** Gives an API its CORS configuration, or brings the one it got before up to date. */
export function configureCors(api: CfnResource, configuration: CorsConfiguration): void {
  const value = isTyped(api, 'CorsConfiguration') ? configuration : inCloudFormationSpelling(configuration);
  assignProperty(api, 'CorsConfiguration', value);
  ours.set(api, ownProperty(api, 'CorsConfiguration'));
}

function inCloudFormationSpelling(configuration: CorsConfiguration): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(configuration).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}
