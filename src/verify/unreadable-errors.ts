import { corsCheck } from './browser/cors-check';
import { normalizeMethod } from './browser/methods';
import type { Gateway, GatewayAnswer } from './gateway/gateway';
import type { HttpRoute, IntegrationResponse, RestMethod } from './model/api-model';
import type { Rule } from './rules';
import { readable } from './unknown';
import { javaRegexOfAll } from './velocity/java-regex';
import { Unknowable } from './velocity/values';
import type { BrowserRequest } from './verdict';

/** An error that a route can end in, and that the page would take for a fault of CORS. */
export interface UnreadableError {
  /**
   * A gateway response such as UNAUTHORIZED,
   * or the integration response that the template declares for a status.
   */
  readonly error: string;
  readonly status: number;
  readonly rule: Rule;
  readonly reason: string;
  /** What the page would get in its place. */
  readonly answer: GatewayAnswer;
}

/**
 * The errors of a route that a page could not read: those of the gateway that this request can end
 * in, and those that the template declares for other statuses of the backend. What nobody knows is
 * left out.
 */
export function unreadableErrors(
  gateway: Gateway,
  called: (RestMethod | HttpRoute)[],
  request: BrowserRequest,
): UnreadableError[] {
  const [first, ...others] = (gateway.sides ?? [{ gateway }]).map((side) => errorsAt(side.gateway, called, request));
  return first.filter(({ error }) => others.every((errors) => errors.some((other) => other.error === error)));
}

function errorsAt(gateway: Gateway, called: (RestMethod | HttpRoute)[], request: BrowserRequest): UnreadableError[] {
  const method = normalizeMethod(request.method ?? 'GET');
  const headers = { accept: '*/*', ...request.headers, origin: request.origin };
  const ask = (options: object) =>
    gateway.answer({ method, path: request.path, headers }, { ...options, authorized: true });
  const judged = (error: string, answer: GatewayAnswer): UnreadableError[] => {
    if (answer.unknown || answer.decidedBy === 'backend') return [];
    const { rule, reason } = corsCheck(
      { origin: request.origin, credentials: request.credentials ?? false },
      answer,
      'response',
    );
    const isBlocked = rule === 'response-origin' || rule === 'response-credentials';
    return isBlocked ? [{ error, status: answer.status, rule, reason: readable(reason), answer }] : [];
  };
  return [
    ...unique(called.flatMap((each) => gatewayErrorsOf(each, method))).flatMap((type) =>
      judged(type, ask({ gatewayError: type })),
    ),
    ...called.flatMap(declaredStatuses).flatMap((option) => {
      const answer = ask(option);
      const isOwn = answer.gatewayError === undefined && answer.status >= 400;
      return isOwn ? judged(`the integration response ${answer.status}`, answer) : [];
    }),
  ];
}

function unique(types: string[]): string[] {
  return [...new Set(types)];
}

function gatewayErrorsOf(called: RestMethod | HttpRoute, method: string): string[] {
  const { type } = called.authorization;
  if (!('methodResponses' in called)) {
    const refusals = type === 'NONE' ? [] : ['UNAUTHORIZED', 'ACCESS_DENIED'];
    return [...refusals, 'THROTTLED', 'INTEGRATION_FAILURE', 'INTEGRATION_TIMEOUT'];
  }
  const takesBody = /^(PUT|POST|PATCH)$/.test(method);
  return [
    ...REFUSALS[type],
    ...(called.apiKey === 'NONE' ? [] : ['INVALID_API_KEY', 'QUOTA_EXCEEDED']),
    ...(called.requiredParameters.length > 0 ? ['BAD_REQUEST_PARAMETERS'] : []),
    ...(called.validatesBody ? ['BAD_REQUEST_BODY'] : []),
    ...(takesBody ? ['REQUEST_TOO_LARGE'] : []),
    'THROTTLED',
    ...(called.integration?.type === 'MOCK' ? [] : ['INTEGRATION_FAILURE', 'INTEGRATION_TIMEOUT']),
  ];
}

const LAMBDA = ['UNAUTHORIZED', 'ACCESS_DENIED', 'AUTHORIZER_FAILURE'];

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const REFUSALS: Record<RestMethod['authorization']['type'], string[]> = {
  NONE: [],
  AWS_IAM: ['MISSING_AUTHENTICATION_TOKEN', 'INVALID_SIGNATURE', 'EXPIRED_TOKEN', 'ACCESS_DENIED'],
  TOKEN: LAMBDA,
  REQUEST: LAMBDA,
  COGNITO: ['UNAUTHORIZED'],
  JWT: ['UNAUTHORIZED'],
  UNKNOWN: ['UNAUTHORIZED'],
};

/** What makes the integration give each of its responses but the default one. */
function declaredStatuses(called: RestMethod | HttpRoute): object[] {
  const integration = 'methodResponses' in called ? called.integration : undefined;
  if (!integration || integration.type.endsWith('_PROXY')) return [];
  if (integration.type === 'MOCK') {
    const texts = [...integration.requestTemplates.values()];
    const named = texts.flatMap((text) =>
      [...text.matchAll(/statusCode["']?\s*:\s*(\d{3})\b/g)].map(([, status]) => status),
    );
    const statuses = [...new Set(named)];
    return statuses.length > 1 ? statuses.map((mockStatus) => ({ mockStatus })) : [];
  }
  return integration.responses.flatMap((response) => {
    const backendStatus = statusFor(response, integration.isLambda);
    return backendStatus === undefined ? [] : [{ backendStatus }];
  });
}

/** A status that its pattern takes: its own, if that is one of them. */
function statusFor({ selectionPattern, statusCode }: IntegrationResponse, isLambda: boolean): number | undefined {
  if (selectionPattern === undefined) return undefined;
  if (isLambda) return Number(statusCode);
  const pattern = javaRegexOfAll(selectionPattern);
  if (pattern instanceof Unknowable) return undefined;
  return [Number(statusCode), ...STATUSES].find((status) => pattern.test(String(status)));
}

const STATUSES = Array.from({ length: 200 }, (_, index) => 400 + index);
