import type { CfnResource } from 'aws-cdk-lib';
import type { CorsConfiguration } from '../api-gateway/cors-configuration';
import { markOwn, ownDetail } from '../tree/own-constructs';
import { assignProperty, isTyped, ownProperty } from '../tree/properties';

/** Whether someone else configured CORS on this API. */
export function hasOwnCorsConfiguration(api: CfnResource): boolean {
  const assigned = ownProperty(api, 'CorsConfiguration');
  return assigned !== undefined && assigned !== ownDetail(api, 'cors-configuration');
}

/** Gives an API its CORS configuration, or brings the one it got before up to date. */
export function configureCors(api: CfnResource, configuration: CorsConfiguration): void {
  const value = isTyped(api, 'CorsConfiguration') ? configuration : inCloudFormationSpelling(configuration);
  assignProperty(api, 'CorsConfiguration', value);
  markOwn(api, 'cors-configuration', ownProperty(api, 'CorsConfiguration'));
}

function inCloudFormationSpelling(configuration: CorsConfiguration): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(configuration).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}
