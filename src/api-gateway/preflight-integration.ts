import { type ComparedOrigins, originTemplate } from './mapping-template';

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

interface PreflightResponse {
  readonly statusCode: string;
  readonly responseParameters: Record<string, string>;
  readonly responseTemplates?: Record<string, string>;
  readonly contentHandling?: string;
}

/**
 * The mock's one response: static headers, and Velocity that adds the page's origin.
 *
 * @param origins those to compare with the page's, where no header can be written down
 */
export function preflightResponse(
  statusCode: number,
  headers: Record<string, string>,
  origins?: ComparedOrigins,
): PreflightResponse {
  const template = origins ? originTemplate(origins) : '';
  return {
    statusCode: String(statusCode),
    responseParameters: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
    ),
    ...(template && { responseTemplates: { 'application/json': template }, contentHandling: 'CONVERT_TO_TEXT' }),
  };
}
