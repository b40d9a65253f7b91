import type { OpenApiObject } from '../../../api-gateway/open-api/document';
import type { FoundResource } from '../../template/all-resources';
import { isObject } from '../../template/cloudformation-template';
import { listOf, textOf } from '../properties';

/** The OpenAPI document of an API, if it has one. */
export interface DocumentOfApi {
  readonly document?: OpenApiObject;
  /** Why there is one that cannot be read. */
  readonly unreadable?: string;
}

/**
 * The Body of an API, or the document behind BodyS3Location where that is an asset of the assembly.
 */
export function documentOfApi({ name, scope, properties }: FoundResource): DocumentOfApi {
  const { Body, BodyS3Location } = properties;
  if (isObject(Body)) return { document: Body };
  if (Body !== undefined) return { unreadable: `the Body of ${name} is known only after deployment` };
  if (BodyS3Location === undefined) return {};
  const document = scope.asset(textOf(BodyS3Location?.Key));
  if (isObject(document)) return { document };
  return { unreadable: `the OpenAPI document of ${name} is in S3, not in the template` };
}

/**
 * What an import puts before every path: nothing, unless it is asked to `prepend` the document's
 * base path, or what is behind its first part (`split`).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
export function basePathOf(document: OpenApiObject, mode: unknown): string {
  if (mode !== 'prepend' && mode !== 'split') return '';
  const [server] = listOf(document.servers);
  const url = textOf(document.basePath ?? server?.url).replace(/\{([^{}]*)\}/g, (_, name) =>
    textOf(server?.variables?.[name]?.default),
  );
  const parts = url
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
    .split('/')
    .filter(Boolean);
  return (mode === 'split' ? parts.slice(1) : parts).map((part) => `/${part}`).join('');
}
