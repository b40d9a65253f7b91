import { defaultBranches } from '../api-gateway/cloudformation-conditions';
import { corsConfiguration } from '../api-gateway/cors-configuration';
import { fixedRequest } from '../api-gateway/method-agnostic-request';
import { OpenApiDocument, type Operation, routeKeyOf } from '../api-gateway/open-api/document';
import { isSecured } from '../api-gateway/open-api/security';
import type { RouteKey } from '../api-gateway/route-key';
import { swallowedPreflights } from '../api-gateway/shadowed-preflights';
import type { Policy } from '../policy/policy';
import { openOperation } from './open-operation';

/** What an HTTP API's document is to follow, and what is known of the API beside it. */
export interface HttpDocumentCors {
  readonly policy: Policy;
  /**
   * The integration that answers preflights, asked for where one is needed; `undefined`: that of
   * each route itself.
   */
  readonly preflights?: () => unknown;
  /** Those that are constructs. */
  readonly routesElsewhere?: RouteKey[];
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
  /**
   * Routes without an authorizer, whose integration gets their preflights as it gets everything
   * else.
   */
  readonly open: Operation[];
}

interface DocumentRoute extends RouteKey {
  /** Unless the route is a construct. */
  readonly operation?: Operation;
}

const CORS = 'x-amazon-apigateway-cors';

/**
 * An HTTP API's OpenAPI document with CORS in it: the configuration, and OPTIONS routes without an
 * authorizer where a route takes preflights from API Gateway. Pure: the document that is given
 * stays as it is, and whatever is not about CORS is the same in the one that is returned.
 *
 * @param body a document without faults, resolved
 */
export function httpDocumentWithCors(
  body: object,
  { policy, preflights, routesElsewhere = [] }: HttpDocumentCors,
): { document: any; findings: HttpDocumentFindings } {
  const document = new OpenApiDocument(structuredClone(body));
  const { operations, root } = document;
  const isClosed = ({ operation }: Operation) => isSecured(document, operation);
  const hasOwnCors = root[CORS] !== undefined;
  const routes: DocumentRoute[] = [...operations.map(routeOf), ...routesElsewhere];
  if (!hasOwnCors) {
    root[CORS] = withoutGaps(
      corsConfiguration(
        policy,
        routes.map(({ verb }) => verb),
      ),
    );
  }
  return {
    document: root,
    findings: {
      hasOwnCors,
      hasAuthorizers: operations.some(isClosed),
      closedOptions: operations.filter((operation) => operation.verb === 'OPTIONS' && isClosed(operation)),
      ...addPreflights(document, routes, isClosed, preflights),
    },
  };
}

function addPreflights(
  document: OpenApiDocument,
  routes: DocumentRoute[],
  isClosed: (operation: Operation) => boolean,
  preflights?: () => unknown,
) {
  const findings = { opened: new Set<Operation>(), unsafe: new Set<Operation>(), open: new Set<Operation>() };
  for (const { path, by } of swallowedPreflights(routes.filter((route) => isCertain(document, route)))) {
    const { operation } = by;
    if (!operation || (by.path !== undefined && !mayLackOptions(document, operation.item))) continue;
    const add = (integration: unknown) =>
      addPreflight(document, path, by.path === undefined ? undefined : operation.item, integration);
    const chosen = preflights?.();
    if (chosen !== undefined) add(chosen);
    else if (!isClosed(operation)) findings.open.add(operation);
    else if (isFixed(document, operation)) findings.unsafe.add(operation);
    else {
      add(operation.operation['x-amazon-apigateway-integration']);
      findings.opened.add(operation);
    }
  }
  return { opened: [...findings.opened], unsafe: [...findings.unsafe], open: [...findings.open] };
}

function routeOf(operation: Operation): DocumentRoute {
  return { ...routeKeyOf(operation), operation };
}

/**
 * Whether no condition takes an OPTIONS route away, which would leave the preflights to the others.
 */
function isCertain(document: OpenApiDocument, { verb, operation }: DocumentRoute): boolean {
  return (
    verb !== 'OPTIONS' ||
    !operation ||
    !itemsAt(document, operation.path).some((item) => mayLackOptions(document, item))
  );
}

function mayLackOptions(document: OpenApiDocument, { options }: any): boolean {
  return document.outcomes(options).includes(undefined);
}

/** Into the path item of the route; for those of `$default`, into that of the path. */
function addPreflight(document: OpenApiDocument, path: string, own: any, integration: unknown): void {
  const responses = { default: { description: 'What API Gateway adds the CORS headers to' } };
  for (const item of own ? [own] : itemsAt(document, path))
    item.options = defaultBranches(item.options, () =>
      openOperation(document, path, item, responses, structuredClone(integration)),
    );
}

function itemsAt(document: OpenApiDocument, path: string): any[] {
  const { paths } = document.root;
  paths[path] ??= {};
  return document.sides(paths[path]);
}

/** Whether a preflight would have the backend do the same as any other request. */
function isFixed(document: OpenApiDocument, operation: Operation): boolean {
  return document.integrationsOf(operation).some(
    ({ integrationSubtype, type, httpMethod = 'ANY' }) =>
      fixedRequest({
        action: integrationSubtype,
        type: String(type).toUpperCase(),
        method: String(httpMethod).toUpperCase(),
      }) !== undefined,
  );
}

function withoutGaps<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
