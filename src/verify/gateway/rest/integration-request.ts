import type { Integration } from '../../model/api-model';
import { isKnown, readable } from '../../unknown';
import { evaluate } from '../../velocity/evaluate';
import type { VelocityInput, VelocityResult } from '../../velocity/input';
import { isBinary, requestTemplate } from './content-types';

/** What comes of handing the request to the integration. */
export type Handed =
  /** Ends in this gateway response. */
  | { readonly kind: 'error'; readonly type: string; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string }
  /** The status that a mock names, and what its template overrides already. */
  | { readonly kind: 'mock'; readonly status: string; readonly evaluated?: VelocityResult }
  | { readonly kind: 'backend'; readonly evaluated?: VelocityResult };

/**
 * The integration request: choose the template by Content-Type, run it, and for a mock read the
 * status it names.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function integrationRequest(
  integration: Integration,
  binaryMediaTypes: string[],
  contentType: string | undefined,
  input: () => VelocityInput,
): Handed {
  const template = requestTemplate(integration.requestTemplates, contentType);
  const isMock = integration.type === 'MOCK';
  if (template === undefined) return passThrough(integration, contentType);
  if (isBytes(integration, binaryMediaTypes, contentType)) {
    return error(
      'the request counts as binary and its mapping template cannot read bytes: set contentHandling CONVERT_TO_TEXT on the integration',
    );
  }
  const evaluated = evaluate(template, input());
  if (evaluated.unknown) return { kind: 'unknown', why: evaluated.unknown };
  if (evaluated.error) return error(evaluated.error);
  if (!isMock) return { kind: 'backend', evaluated };
  const status = mockStatus(evaluated.output);
  if (status === undefined && !isKnown(evaluated.output))
    return { kind: 'unknown', why: `its request template gives ${readable(evaluated.output.trim())}` };
  return status === undefined
    ? error('the request template of its mock integration names no statusCode, as in {"statusCode": 200}')
    : { kind: 'mock', status, evaluated };
}

/**
 * Without a template for the content type the body goes through as it is, or not at all. A mock
 * learns no status that way.
 */
function passThrough(
  { type, passthroughBehavior, requestTemplates }: Integration,
  contentType: string | undefined,
): Handed {
  const refuses =
    passthroughBehavior === 'NEVER' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && requestTemplates.size > 0);
  const sent = contentType ?? 'no Content-Type, which counts as application/json';
  if (refuses)
    return {
      kind: 'error',
      type: 'UNSUPPORTED_MEDIA_TYPE',
      why: `it has no request template for ${sent} (passthroughBehavior ${passthroughBehavior})`,
    };
  if (type !== 'MOCK') return { kind: 'backend' };
  return error(`its mock integration has no request template for ${sent}, so nothing names a statusCode`);
}

function isBytes(
  { contentHandling }: Integration,
  binaryMediaTypes: string[],
  contentType: string | undefined,
): boolean {
  return contentHandling === undefined
    ? isBinary(binaryMediaTypes, contentType)
    : contentHandling === 'CONVERT_TO_BINARY';
}

/** API Gateway reads the mock's JSON leniently: `{ statusCode: 200 }` without quotes works. */
function mockStatus(output: string): string | undefined {
  return output.match(/["']?statusCode["']?\s*:\s*["']?(\d{3})\b/)?.[1];
}

function error(why: string): Handed {
  return { kind: 'error', type: 'API_CONFIGURATION_ERROR', why };
}
