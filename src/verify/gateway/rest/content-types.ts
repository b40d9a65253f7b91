import type { Integration } from '../../model/api-model';
import { isKnown, readable } from '../../unknown';

/** Which template serves which content, and what API Gateway takes for bytes. */

/** `application/json; charset=utf-8` → `application/json`: only the MIME type counts. */
export function mimeType(value: string | undefined): string | undefined {
  const type = value?.split(/[,;]/)[0].trim().toLowerCase();
  return type === '' ? undefined : type;
}

/**
 * The request template for a Content-Type; without the header `application/json` is taken.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
export function requestTemplate(templates: Map<string, string>, contentType: string | undefined): string | undefined {
  return byType(templates, contentType ?? 'application/json');
}

/**
 * The response templates that an Accept header may choose. A browser's (any type) matches none:
 * then AWS's documentation has the first one, measurements `application/json`.
 */
export function responseTemplates(templates: Map<string, string>, accept: string | undefined): string[] {
  const all = Array.from(templates.values());
  const json = byType(templates, 'application/json');
  const matching = accept === undefined ? (json ?? all[0]) : byType(templates, accept);
  if (matching !== undefined) return [matching];
  return [...new Set(json === undefined ? all.slice(0, 1) : [all[0], json])];
}

/** A key with a parameter, such as `application/json; charset=utf-8`, is never found. */
function byType(templates: Map<string, string>, type: string): string | undefined {
  for (const [key, template] of templates) if (key.trim().toLowerCase() === type) return template;
  return undefined;
}

/**
 * Whether a request's body counts as bytes. With "any type" among the binary media types it does
 * even where there is no Content-Type, as on a preflight.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function isBinary(binaryMediaTypes: string[], contentType: string | undefined): boolean {
  return binaryMediaTypes.some(
    (pattern) => pattern === '*/*' || (contentType !== undefined && mimeType(pattern) === contentType),
  );
}

/**
 * Why nobody can tell whether the templates of an integration meet bytes, which they cannot read.
 */
export function bytesDoubt(
  binaryMediaTypes: string[],
  { contentHandling, requestTemplates, responses }: Integration,
): string | undefined {
  const open = binaryMediaTypes.find((type) => !isKnown(type));
  const isLeftOpen = (handling: string | undefined, templates: Map<string, string>): boolean =>
    handling === undefined && templates.size > 0;
  const matters =
    isLeftOpen(contentHandling, requestTemplates) ||
    responses.some((response) => isLeftOpen(response.contentHandling, response.templates));
  return open !== undefined && matters
    ? 'whether its mapping templates meet bytes, which is a 500, ' +
        `depends on the binary media type ${readable(open)}: set contentHandling CONVERT_TO_TEXT`
    : undefined;
}
