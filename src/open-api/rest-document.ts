import { type AskedHeaders, togetherAsked } from '../api-gateway/asked-headers';
import { errorHeaders, withErrorHeaders } from '../api-gateway/gateway-response';
import { askedBy } from '../api-gateway/open-api/asked-headers';
import { OpenApiDocument, type Operation } from '../api-gateway/open-api/document';
import { isSecured, isSecuredByRoot } from '../api-gateway/open-api/security';
import type { ErrorOrigin } from '../options/error-origin';
import { withAskedHeaders } from '../policy/asked-headers';
import { errorReaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import { type OwnResponse, ownErrorResponses } from '../warnings/own-headers';
import type { VaryingMethod } from '../warnings/stage-caches';
import type { ResponseBeside } from './gateway-responses-beside';
import { addPreflights, type PreflightFindings } from './preflight-operations';
import { coverResponses, type ResponseFindings } from './responses';

/** What a REST API's document is to follow, and what is known of the API beside it. */
interface RestDocumentCors {
  readonly policy: Policy;
  readonly errorOrigin?: ErrorOrigin;
  /** Whether the API has binary media types besides those that the document lists. */
  readonly takesBinary?: boolean;
  /** Paths whose preflights constructs answer. */
  readonly answeredElsewhere?: string[];
  /** What methods that constructs add beside the document ask for. */
  readonly askedElsewhere?: AskedHeaders;
  /** Gateway responses that constructs customise; they carry the headers already. */
  readonly responsesElsewhere?: ResponseBeside[];
}

/** Problems of a document that a policy alone cannot solve. */
export interface RestDocumentFindings extends ResponseFindings, PreflightFindings {
  /** What the routes ask for, of the document and beside it. */
  readonly asked: AskedHeaders;
  /** Who may call, if the document says so. */
  readonly resourcePolicy: unknown;
  /** Those that can be called. */
  readonly paths: string[];
  /** What the user mapped on gateway responses. */
  readonly ownErrors: OwnResponse[];
  /** Whether an authorizer reads tokens. */
  readonly hasAuthorizers: boolean;
  /** Operations for which only the root of the document says that it asks for an authorizer. */
  readonly securedByRoot: Operation[];
  /** Operations whose responses name the page's origin, each with its integration. */
  readonly varying: VaryingMethod[];
}

/**
 * A REST API's OpenAPI document with CORS in it: an OPTIONS operation on each path that can be
 * called, the headers on the responses of non-proxy integrations, and the gateway's errors. Pure:
 * the document that is given stays as it is, and whatever is not about CORS is the same in the one
 * that is returned. What the user wrote about CORS stays.
 *
 * @param body a document without faults, resolved
 */
export function restDocumentWithCors(
  body: object,
  cors: RestDocumentCors,
): { document: any; findings: RestDocumentFindings } {
  const document = new OpenApiDocument(structuredClone(body));
  const operations = document.operations.filter(({ verb }) => verb !== 'OPTIONS');
  const responses = coverResponses(document, operations, cors.policy, takesBinary(document, cors));
  const varying = cors.policy.origins.varies
    ? operations.flatMap((operation) => withIntegrations(document, operation))
    : [];
  const asked = togetherAsked([
    ...operations.map(askedBy(document)),
    ...(cors.askedElsewhere ? [cors.askedElsewhere] : []),
  ]);
  const preflights = addPreflights(document, withAskedHeaders(cors.policy, asked), cors.answeredElsewhere ?? []);
  const ownErrors = coverGatewayErrors(document, cors);
  return {
    document: document.root,
    findings: {
      ...responses,
      ...preflights,
      asked,
      resourcePolicy: document.root['x-amazon-apigateway-policy'],
      paths: [...new Set(operations.map(({ path }) => path))],
      ownErrors,
      hasAuthorizers: hasAuthorizers(document, operations),
      securedByRoot: operations.filter(({ operation }) => isSecuredByRoot(document, operation)),
      varying,
    },
  };
}

function takesBinary({ root }: OpenApiDocument, cors: RestDocumentCors): boolean {
  const types = root['x-amazon-apigateway-binary-media-types'];
  return Boolean(cors.takesBinary) || (types !== undefined && !(Array.isArray(types) && types.length === 0));
}

function hasAuthorizers(document: OpenApiDocument, operations: Operation[]): boolean {
  return operations.some(({ operation }) => isSecured(document, operation));
}

function withIntegrations(document: OpenApiDocument, operation: Operation): VaryingMethod[] {
  return document.integrationsOf(operation).map((integration) => ({ ...operation, integration }));
}

const GATEWAY_RESPONSES = 'x-amazon-apigateway-gateway-responses';

/**
 * Every error that has no response of its own ends in one of the defaults.
 *
 * @returns what the user mapped there
 */
function coverGatewayErrors(
  document: OpenApiDocument,
  { policy, errorOrigin, responsesElsewhere = [] }: RestDocumentCors,
): OwnResponse[] {
  const headers = errorHeaders(errorReaders(policy, errorOrigin));
  if (Object.keys(headers).length === 0) return [];
  const { root } = document;
  const own: OwnResponse[] = [];
  root[GATEWAY_RESPONSES] ??= {};
  for (const types of document.sides(root[GATEWAY_RESPONSES])) {
    const defaults = ['DEFAULT_4XX', 'DEFAULT_5XX'].filter((type) => types[type] === undefined);
    for (const [type, responses] of Object.entries(types)) {
      for (const response of document.sides(responses)) {
        own.push(...ownErrorResponses(type, response.responseParameters));
        response.responseParameters = withErrorHeaders(response.responseParameters ?? {}, headers);
      }
    }
    for (const type of defaults) types[type] = { responseParameters: withErrorHeaders({}, headers) };
    for (const { type, response, condition } of responsesElsewhere) {
      const isDefault = defaults.includes(type);
      if (types[type] !== undefined && !isDefault) continue;
      const otherwise = isDefault ? types[type] : { Ref: 'AWS::NoValue' };
      if (response) types[type] = condition ? { 'Fn::If': [condition, response, otherwise] } : response;
      else if (isDefault) delete types[type]; // The one that makes it elsewhere says what it is.
    }
  }
  return own;
}
