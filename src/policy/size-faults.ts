import { Token } from 'aws-cdk-lib';
import { originTemplate } from '../api-gateway/mapping-template';
import { preflightHeaders, responseHeaders } from './header-values';
import type { CheckedOptions } from './policy';

/**
 * Values that are too large for API Gateway: without this check they fail at deployment, or when a
 * browser asks.
 */
export function sizeFaults(policy: CheckedOptions): string[] {
  return [...headerFaults(policy), ...templateFaults(policy)];
}

function headerFaults(policy: CheckedOptions): string[] {
  const origin = Math.max(0, ...policy.origins.exact.map(bytes));
  const sizes = [preflightHeaders(policy, ['ANY']), responseHeaders(policy)].map(
    (headers) =>
      Object.values(headers).reduce((sum, value) => sum + bytes(value), 0) + (policy.origins.varies ? origin : 0),
  );
  const size = Math.max(...sizes);
  return size > 10_240
    ? [
        `cors: the header values of one response add up to ${size} bytes, ` +
          'and API Gateway sends no more than 10240. ' +
          'List fewer names in allowHeaders, exposeHeaders or allowMethods.',
      ]
    : [];
}

function templateFaults(policy: CheckedOptions): string[] {
  const size = originTemplate(policy.origins).length;
  return size > 300_000
    ? [
        `cors.allowOrigins: ${policy.origins.values.length} origins need a mapping template of ${size} bytes, ` +
          'and API Gateway takes no more than 300000. ' +
          'Cover several with one pattern, such as "https://*.example.com".',
      ]
    : [];
}

/** Deploy-time values have no length yet. */
function bytes(value: string): number {
  return Token.isUnresolved(value) ? 0 : Buffer.byteLength(value);
}
