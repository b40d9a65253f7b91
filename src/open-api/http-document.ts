import { type AskedHeaders, togetherAsked } from '../api-gateway/asked-headers';
import { defaultBranches } from '../api-gateway/cloudformation-conditions';
import { corsConfiguration } from '../api-gateway/cors-configuration';
import { fixedRequest } from '../api-gateway/method-agnostic-request';
import { askedBy } from '../api-gateway/open-api/asked-headers';
import { OpenApiDocument, type Operation, routeKeyOf } from '../api-gateway/open-api/document';
import { isSecured } from '../api-gateway/open-api/security';
import { corsMappingFault } from '../api-gateway/reserved-headers';
import type { RouteKey } from '../api-gateway/route-key';
import { swallowedPreflights } from '../api-gateway/shadowed-preflights';
import { withAskedHeaders } from '../policy/asked-headers';
import type { Policy } from '../policy/policy';
import { asText } from '../text/as-text';
import { openOperation } from './open-operation';

/** What an HTTP API's document is to follow, and what is known of the API beside it. */
interface HttpDocumentCors {
  readonly policy: Policy;
  /** What answers the preflights of a route; default: its own integration, where that may. */
  readonly answererOf?: (route: AskedRoute) => Answerer;
  /**
   * What answers preflights that no route takes, in the place of API Gateway, which is then told
   * nothing of CORS: functions compare origins.
   */
  readonly unrouted?: () => unknown;
  /** Those that are constructs. */
  readonly routesElsewhere?: RouteKey[];
  /** What these ask for. */
  readonly askedElsewhere?: AskedHeaders;
}

/** Problems of a document that a policy alone cannot solve. */
export interface HttpDocumentFindings {
  readonly hasOwnCors: boolean;
  /** What the routes ask for, of the document and beside it. */
  readonly asked: AskedHeaders;
  /** What the routes take, of the document and beside it. */
  readonly verbs: string[];
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
  /** What the deployment would fail at. */
  readonly faults: string[];
}

/** A route that takes preflights from API Gateway. */
export interface AskedRoute {
  readonly operation: Operation;
  /** Whether an authorizer refuses preflights. */
  readonly isClosed: boolean;
  /**
   * Whether the integration is seen whole and learns the method, so that anyone may send OPTIONS.
   */
  readonly isSafeToOpen: boolean;
}

/** `'none'`: no OPTIONS route is added. `'route'`: the integration of the route itself. */
export type Answerer = 'none' | 'route' | { readonly integration: unknown };

interface DocumentRoute extends RouteKey {
  /** Unless the route is a construct. */
  readonly operation?: Operation;
}

const CORS = 'x-amazon-apigateway-cors';
const INTEGRATION = 'x-amazon-apigateway-integration';

/**
 * An HTTP API's OpenAPI document with CORS in it: the configuration, and OPTIONS routes without an
 * authorizer where a route takes preflights from API Gateway. Pure: the document that is given
 * stays as it is, and whatever is not about CORS is the same in the one that is returned.
 *
 * @param body a document without faults, resolved
 */
export function httpDocumentWithCors(
  body: object,
  { policy, answererOf = ownIntegration, unrouted, routesElsewhere = [], askedElsewhere }: HttpDocumentCors,
): { document: any; findings: HttpDocumentFindings } {
  const document = new OpenApiDocument(structuredClone(body));
  const { operations, root } = document;
  const isClosed = ({ operation }: Operation) => isSecured(document, operation);
  const hasOwnCors = root[CORS] !== undefined;
  const routes: DocumentRoute[] = [...operations.map(routeOf), ...routesElsewhere];
  const asked = togetherAsked([...operations.map(askedBy(document)), ...(askedElsewhere ? [askedElsewhere] : [])]);
  const verbs = routes.map(({ verb }) => verb);
  if (!hasOwnCors && !unrouted) root[CORS] = withoutGaps(corsConfiguration(withAskedHeaders(policy, asked), verbs));
  const certain = routes.filter((route) => isCertain(document, route));
  const added = addPreflights(document, certain, isClosed, answererOf);
  if (unrouted) answerUnrouted(document, certain, unrouted);
  return {
    document: root,
    findings: {
      hasOwnCors,
      asked,
      verbs,
      hasAuthorizers: operations.some(isClosed),
      closedOptions: operations.filter((operation) => operation.verb === 'OPTIONS' && isClosed(operation)),
      faults: operations.flatMap((operation) => mappingFaults(document, operation)),
      ...added,
    },
  };
}

function mappingFaults(document: OpenApiDocument, operation: Operation): string[] {
  return document.integrationsOf(operation).flatMap(({ requestParameters, responseParameters }) => {
    const fault = corsMappingFault(requestParameters, responseParameters);
    return fault ? [`${operation.verb} ${operation.path}: ${fault}`] : [];
  });
}

function addPreflights(
  document: OpenApiDocument,
  routes: DocumentRoute[],
  isClosed: (operation: Operation) => boolean,
  answererOf: (route: AskedRoute) => Answerer,
) {
  const findings = { opened: new Set<Operation>(), unsafe: new Set<Operation>(), open: new Set<Operation>() };
  for (const { path, by } of swallowedPreflights(routes)) {
    const { operation } = by;
    if (!operation || (by.path !== undefined && !mayLackOptions(document, operation.item))) continue;
    const add = (integration: unknown) =>
      addPreflight(document, path, by.path === undefined ? undefined : operation.item, integration);
    const asked = { operation, isClosed: isClosed(operation), isSafeToOpen: isSafeToOpen(document, operation) };
    const answerer = answererOf(asked);
    if (answerer === 'none') findings[asked.isClosed ? 'unsafe' : 'open'].add(operation);
    else if (answerer === 'route') {
      add(operation.operation[INTEGRATION]);
      findings.opened.add(operation);
    } else add(answerer.integration);
  }
  return { opened: [...findings.opened], unsafe: [...findings.unsafe], open: [...findings.open] };
}

/** As if API Gateway were a route that takes whatever no other one does. */
function answerUnrouted(document: OpenApiDocument, routes: DocumentRoute[], integration: () => unknown): void {
  if (routes.some(({ path }) => path === undefined)) return;
  const service: DocumentRoute = { verb: 'ANY' };
  for (const { path, by } of swallowedPreflights([...routes, service]))
    if (by === service) addPreflight(document, path, undefined, integration());
}

/** What `PreflightHandler.backend()` means. */
export function ownIntegration({ isClosed, isSafeToOpen: isSafe }: AskedRoute): Answerer {
  return isClosed && isSafe ? 'route' : 'none';
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

function isSafeToOpen(document: OpenApiDocument, operation: Operation): boolean {
  const outcomes = document.outcomes(operation.operation[INTEGRATION]);
  return outcomes.every((outcome) => isSeenWhole(outcome) && !actsOnAnyRequest(outcome));
}

/** What is behind another file's reference, a transform or an attribute may be anything. */
function isSeenWhole(integration: any): boolean {
  if (typeof integration !== 'object' || integration === null) return false;
  return !Object.keys(integration).some((key) => key === '$ref' || key === 'Ref' || key.startsWith('Fn::'));
}

function actsOnAnyRequest({ integrationSubtype, type, httpMethod = 'ANY' }: any): boolean {
  const method = typeof httpMethod === 'string' ? httpMethod.toUpperCase() : httpMethod;
  return fixedRequest({ action: integrationSubtype, type: asText(type).toUpperCase(), method }) !== undefined;
}

function withoutGaps<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
