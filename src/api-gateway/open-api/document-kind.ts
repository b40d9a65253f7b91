import { asText } from '../../text/as-text';

/**
 * Whether a document is for a REST or an HTTP API, told by what only one of them has.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 */
interface DocumentKind {
  readonly kind: 'REST' | 'HTTP';
  /** What a reader should know where the document does not settle it. */
  readonly note?: string;
}

/**
 * A REST API ignores properties for HTTP APIs at its import, and generators write them there; an
 * HTTP API cannot be made from a document with properties that only REST APIs have. So one sign of
 * a REST API outweighs the others.
 */
export function kindOfDocument(document: Record<string, any>): DocumentKind {
  const signs: Signs = { rest: new Set(), http: new Set() };
  if (document.swagger !== undefined) signs.rest.add('OpenAPI 2.0');
  collect(document, signs);
  const [rest] = signs.rest;
  const [http] = signs.http;
  if (rest === undefined && http !== undefined) return { kind: 'HTTP' };
  if (rest === undefined) return { kind: 'REST', note: `nothing in it says for which kind of API it is. ${AS_REST}` };
  if (http === undefined) return { kind: 'REST' };
  return { kind: 'REST', note: `it has ${http}, for HTTP APIs, beside ${rest}, which only REST APIs have. ${AS_REST}` };
}

const AS_REST = 'It is read as one for a REST API; --kind http reads it as one for an HTTP API.';

interface Signs {
  readonly rest: Set<string>;
  readonly http: Set<string>;
}

function collect(value: any, signs: Signs): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries<any>(value)) {
    if (REST_KEYS.test(key)) signs.rest.add(key);
    if (HTTP_KEYS.test(key)) signs.http.add(key);
    const type = typeof item?.type === 'string' ? item.type.toLowerCase() : '';
    const shared =
      key === 'x-amazon-apigateway-integrations' && typeof item === 'object' ? Object.values(item ?? {}) : [];
    const integrations: any[] = key === 'x-amazon-apigateway-integration' ? [item] : shared;
    for (const integration of integrations) {
      const kind = asText(integration?.type).toLowerCase();
      if (/^(mock|http|aws)$/.test(kind)) signs.rest.add(`an integration of type ${kind}`);
    }
    if (key === 'x-amazon-apigateway-authorizer' && /^(cognito_user_pools|token)$/.test(type))
      signs.rest.add(`an authorizer of type ${type}`);
    if (key === 'x-amazon-apigateway-authorizer' && type === 'jwt') signs.http.add('a JWT authorizer');
    if (key === 'x-amazon-apigateway-authtype' && item === 'cognito_user_pools') signs.rest.add('a Cognito authorizer');
    collect(item, signs);
  }
}

const REST_KEYS = new RegExp(
  `^(x-amazon-apigateway-(${[
    'gateway-responses',
    'request-validators?',
    'binary-media-types',
    'policy',
    'api-key-source',
    'minimum-compression-size',
    'endpoint-configuration',
    'documentation',
    'auth',
  ].join('|')})|requestTemplates|responseTemplates|passthroughBehavior|contentHandling|cacheKeyParameters)$`,
);
const HTTP_KEYS = new RegExp(
  '^(x-amazon-apigateway-(cors|integrations|importexport-version)|' +
    'payloadFormatVersion|integrationSubtype|isDefaultRoute|/?\\$default|' +
    'authorizerPayloadFormatVersion|enableSimpleResponses)$',
);
