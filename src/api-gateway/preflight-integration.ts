import { preflightHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import { originTemplate } from './mapping-template';

/**
 * What answers preflights on a REST API: a mock, which reads nothing of the request.
 *
 * Where an API takes every media type as binary, API Gateway hands the mock bytes, and fails unless
 * they are converted to text: on the way in, and on the way out where a template reads them.
 */
export const PREFLIGHT_MOCK = {
  type: 'MOCK',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  passthroughBehavior: 'NEVER',
  contentHandling: 'CONVERT_TO_TEXT',
};

export interface PreflightResponse {
  readonly statusCode: string;
  readonly responseParameters: Record<string, string>;
  readonly responseTemplates?: Record<string, string>;
  readonly contentHandling?: string;
}

/**
 * The mock's one response where these methods can be reached: static headers, and Velocity that
 * adds the origin where that depends on the page.
 */
export function preflightResponse(policy: Policy, methods: string[]): PreflightResponse {
  const headers = Object.entries(preflightHeaders(policy, methods));
  const template = policy.origins.fixed === undefined ? originTemplate(policy.origins) : '';
  return {
    statusCode: String(policy.statusCode),
    responseParameters: Object.fromEntries(
      headers.map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
    ),
    ...(template && { responseTemplates: { 'application/json': template }, contentHandling: 'CONVERT_TO_TEXT' }),
  };
}
