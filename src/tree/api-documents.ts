import type { CfnResource } from 'aws-cdk-lib';
import { property } from './properties';

/**
 * Whether an API is made from an OpenAPI document that stands in the template, so that what is
 * about CORS stands in there too.
 */
export function hasDocument(api: CfnResource): boolean {
  return property(api, 'Body') !== undefined;
}

/** Whether an API is made from an OpenAPI document that only the deployment reads. */
export function hasUnreadableDocument(api: CfnResource): boolean {
  return !hasDocument(api) && property(api, 'BodyS3Location') !== undefined;
}

export function isMadeFromDocument(api: CfnResource): boolean {
  return hasDocument(api) || hasUnreadableDocument(api);
}
