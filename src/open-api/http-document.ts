import { fixedRequest } from '../policy/fixed-request';
import { httpCors } from '../policy/http-cors';
import type { Policy } from '../policy/policy';
import { type RouteKey, type SwallowedPreflight, swallowedPreflights } from '../policy/route-key';
import { OpenApiDocument, type Operation } from './open-api-document';
import { openOperation } from './open-operation';

/** What an HTTP API's document is to follow, and what is known of the API beside it. */
export interface HttpDocumentCors {
  readonly policy: Policy;
  /** The integration that answers preflights; left out, that of each route itself. */
  readonly preflights?: unknown;
  /** Of routes that are constructs: upper-case, or `ANY`. */
  readonly verbsElsewhere?: string[];
}

/** What a person should know about a document that CORS alone cannot mend. */
export interface HttpDocumentFindings {
  readonly hasOwnCors: boolean;
  /** Whether an authorizer reads tokens. */
  readonly hasAuthorizers: boolean;
  /** OPTIONS routes of the user's that refuse preflights, as they have an authorizer. */
  readonly closedOptions: Operation[];
  /** Routes whose own integration now gets their preflights without a token. */
  readonly opened: Operation[];
  /** Routes whose preflights stay closed, because opening them would open more. */
  readonly unsafe: Operation[];
  /** Routes without an authorizer, whose integration gets their preflights as it gets everything else. */
  readonly open: Operation[];
}

interface DocumentRoute extends RouteKey {
  readonly operation: Operation;
}

const CORS = 'x-amazon-apigateway-cors';

/**
 * An HTTP API's OpenAPI document with CORS in it: the configuration, and OPTIONS routes without an authorizer where a route takes preflights from
 * API Gateway. Pure: the document that is given stays as it is, and whatever is not about CORS is the same in the one that is returned.
 *
 * @param body a document without faults, resolved
 */
export function httpDocumentWithCors(body: object, cors: HttpDocumentCors): { document: any; findings: HttpDocumentFindings } {
  const document = new OpenApiDocument(structuredClone(body));
  const { operations, root } = document;
  const isClosed = (operation: Operation) => document.authorizersOf(operation).length > 0;
  const hasOwnCors = root[CORS] !== undefined;
  if (!hasOwnCors) {
    const verbs = [...operations.map(({ verb }) => verb), ...(cors.verbsElsewhere ?? [])];
    root[CORS] = withoutGaps(httpCors(cors.policy, verbs.length > 0 ? verbs : ['ANY']));
  }
  return {
    document: root,
    findings: {
      hasOwnCors,
      hasAuthorizers: operations.some(isClosed),
      closedOptions: operations.filter((operation) => operation.verb === 'OPTIONS' && isClosed(operation)),
      ...addPreflights(document, operations, isClosed, cors.preflights),
    },
  };
}

function addPreflights(
  document: OpenApiDocument,
  operations: Operation[],
  isClosed: (operation: Operation) => boolean,
  preflights: unknown,
) {
  const findings = { opened: new Set<Operation>(), unsafe: new Set<Operation>(), open: new Set<Operation>() };
  for (const swallowed of swallowedPreflights(operations.map(routeOf))) {
    const { operation } = swallowed.by;
    if (preflights !== undefined) addPreflight(document, swallowed, preflights);
    else if (!isClosed(operation)) findings.open.add(operation);
    else if (isFixed(document, operation)) findings.unsafe.add(operation);
    else {
      addPreflight(document, swallowed, operation.operation['x-amazon-apigateway-integration']);
      findings.opened.add(operation);
    }
  }
  return { opened: [...findings.opened], unsafe: [...findings.unsafe], open: [...findings.open] };
}

function routeOf(operation: Operation): DocumentRoute {
  const isDefault = operation.path === '/$default' || operation.operation.isDefaultRoute === true;
  return { verb: operation.verb, path: isDefault ? undefined : operation.path, operation };
}

/** Into the path item of the route, or, for those of `$default`, of the path. */
function addPreflight(document: OpenApiDocument, { path, by }: SwallowedPreflight<DocumentRoute>, integration: unknown): void {
  const items = by.path === undefined ? itemsAt(document, path) : [by.operation.item];
  const responses = { default: { description: 'What API Gateway adds the CORS headers to' } };
  for (const item of items) item.options ??= openOperation(document, path, item, responses, structuredClone(integration));
}

function itemsAt(document: OpenApiDocument, path: string): any[] {
  const { paths } = document.root;
  paths[path] ??= {};
  return document.sides(paths[path]);
}

/** Whether a preflight would have the backend do the same as any other request. */
function isFixed(document: OpenApiDocument, operation: Operation): boolean {
  return document
    .integrationsOf(operation)
    .some(
      ({ integrationSubtype, type, httpMethod = 'ANY' }) =>
        fixedRequest({ action: integrationSubtype, type: String(type).toUpperCase(), method: String(httpMethod).toUpperCase() }) !==
        undefined,
    );
}

function withoutGaps<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
