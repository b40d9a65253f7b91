import type { Integration } from '../../model/api-model';
import { evaluate } from '../../velocity/evaluate';
import type { VelocityInput, VelocityResult } from '../../velocity/input';
import { isBinary, requestTemplate } from './content-types';
import { mockStatus } from './mock-status';

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
  if (template === undefined) return passThrough(integration, contentType, input);
  if (isBytes(integration, binaryMediaTypes, contentType)) {
    return error(
      'the request counts as binary and its mapping template cannot read bytes: ' +
        'set contentHandling CONVERT_TO_TEXT on the integration',
    );
  }
  const evaluated = evaluate(template, input());
  if (evaluated.unknown) return { kind: 'unknown', why: evaluated.unknown };
  if (evaluated.error) return error(evaluated.error);
  return integration.type === 'MOCK' ? answerOfMock(evaluated.output, evaluated) : { kind: 'backend', evaluated };
}

function answerOfMock(output: string, evaluated?: VelocityResult): Handed {
  const read = mockStatus(output);
  if ('unknown' in read) return { kind: 'unknown', why: read.unknown };
  return 'fault' in read ? error(read.fault) : { kind: 'mock', status: read.status, evaluated };
}

/**
 * Without a template for the content type the body goes through as it is, or not at all. It is then
 * the body that a mock reads its status from.
 */
function passThrough(
  { type, passthroughBehavior, requestTemplates }: Integration,
  contentType: string | undefined,
  input: () => VelocityInput,
): Handed {
  if (requestTemplates.has('$default')) return { kind: 'unknown', why: DEFAULT_DOUBT };
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
  const { body } = input();
  if (body) return answerOfMock(body);
  if (requestTemplates.size === 0) return { kind: 'unknown', why: NO_TEMPLATE_DOUBT };
  return error(`its mock integration has no request template for ${sent}, so nothing names a statusCode`);
}

const DEFAULT_DOUBT = 'whether API Gateway takes the request template $default is not documented for REST APIs';
const NO_TEMPLATE_DOUBT =
  'its mock integration has no request template: AWS documents the default integration response, users report a 500; ' +
  'write {"statusCode": 200}';

function isBytes(
  { contentHandling }: Integration,
  binaryMediaTypes: string[],
  contentType: string | undefined,
): boolean {
  return contentHandling === undefined
    ? isBinary(binaryMediaTypes, contentType)
    : contentHandling === 'CONVERT_TO_BINARY';
}

function error(why: string): Handed {
  return { kind: 'error', type: 'API_CONFIGURATION_ERROR', why };
}
