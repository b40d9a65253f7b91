import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Policy } from '../policy/policy';
import { layerFor } from './layer';
import { runtimePolicy } from './runtime-policy';

/** What a Lambda function is made of that answers nothing but preflights. */
export interface PreflightCode {
  readonly zipFile: string;
  readonly layers: string[];
  readonly variables: Record<string, string>;
}

/**
 * A function that compares origins as every function with a `CorsRuntime` does: by the helper of
 * the layer, which answers each OPTIONS request before a handler is asked.
 *
 * @param verbs of the routes that it answers preflights for
 */
export function preflightCode(policy: Policy, verbs: string[], user: IConstruct): PreflightCode {
  return {
    zipFile:
      "const { withCors } = require('cdk-cors/lambda');\nexports.handler = withCors(async () => ({ statusCode: " +
      '204 }));',
    layers: [layerFor(user).layerVersionArn],
    variables: { CORS_POLICY: Stack.of(user).toJsonString(runtimePolicy(policy, true, verbs)) },
  };
}
