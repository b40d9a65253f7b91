import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { singleValues } from '../../header-values';
import type { BackendAnswer, BackendRequest } from '../backend';
import type { Invocation } from './call';

/** Where a request arrived: the route that took it. */
export interface RouteOfFunction {
  readonly version: '1.0' | '2.0';
  /** '/items/{id}', or the key of an HTTP API's route. */
  readonly resource: string;
  readonly stage: string;
  readonly pathParameters: Record<string, string>;
}

/**
 * "Payload format version" in
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function eventOf(request: BackendRequest, route: RouteOfFunction): object {
  const mark = request.path.indexOf('?');
  const path = mark < 0 ? request.path : request.path.slice(0, mark);
  const query = mark < 0 ? '' : request.path.slice(mark + 1);
  const isText = Buffer.from(request.body.toString()).equals(request.body);
  const parts: Parts = {
    request,
    route,
    path,
    query,
    headers: singleValues(request.headers),
    body: request.body.length === 0 ? null : request.body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
  return route.version === '1.0' ? version1(parts) : version2(parts);
}

interface Parts {
  readonly request: BackendRequest;
  readonly route: RouteOfFunction;
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

function version1({ request, route, path, query, headers, body, isBase64Encoded }: Parts): object {
  const parameters = [...new URLSearchParams(query)];
  const all = (entries: [string, string][]): Record<string, string[]> => {
    const lists: Record<string, string[]> = {};
    for (const [name, value] of entries) lists[name] = [...(lists[name] ?? []), value];
    return lists;
  };
  return {
    version: '1.0',
    resource: route.resource,
    path,
    httpMethod: request.method,
    headers,
    multiValueHeaders: all(Object.entries(headers)),
    queryStringParameters: orNull(Object.fromEntries(parameters)),
    multiValueQueryStringParameters: orNull(all(parameters)),
    pathParameters: orNull(route.pathParameters),
    stageVariables: null,
    requestContext: {
      resourcePath: route.resource,
      httpMethod: request.method,
      path: `/${route.stage}${path}`,
      stage: route.stage,
      requestId: randomUUID(),
      identity: { sourceIp: '127.0.0.1', userAgent: headers['user-agent'] ?? null },
      protocol: 'HTTP/1.1',
    },
    body,
    isBase64Encoded,
  };
}

function version2({ request, route, path, query, headers, body, isBase64Encoded }: Parts): object {
  const { cookie, ...others } = headers;
  const names = new URLSearchParams(query);
  const parameters = Object.fromEntries([...new Set(names.keys())].map((name) => [name, names.getAll(name).join(',')]));
  return {
    version: '2.0',
    routeKey: route.resource,
    rawPath: route.stage === '$default' ? path : `/${route.stage}${path}`,
    rawQueryString: query,
    ...(cookie && { cookies: cookie.split(/;\s*/) }),
    headers: others,
    ...(query && { queryStringParameters: parameters }),
    ...(orNull(route.pathParameters) && { pathParameters: route.pathParameters }),
    requestContext: {
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      routeKey: route.resource,
      stage: route.stage,
      requestId: randomUUID(),
      timeEpoch: Date.now(),
    },
    ...(body !== null && { body }),
    isBase64Encoded,
  };
}

function orNull<Value extends object>(value: Value): Value | null {
  return Object.keys(value).length > 0 ? value : null;
}

type WholeInvocation = Exclude<Invocation, { streamed: unknown }>;

/** Throws where API Gateway would answer 502. */
export function answerOf(invocation: WholeInvocation, { version }: RouteOfFunction): BackendAnswer {
  if ('error' in invocation)
    throw new Error(`its function failed: ${invocation.error.errorType}: ${invocation.error.errorMessage}`);
  const { result } = invocation;
  const isResponse = typeof result === 'object' && result !== null && 'statusCode' in result;
  if (version === '2.0' && !isResponse) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(result) };
  }
  if (!isResponse) throw new Error('its function returned something without a statusCode');
  const {
    statusCode,
    headers = {},
    multiValueHeaders = {},
    cookies = [],
    body = '',
    isBase64Encoded = false,
  } = result as any;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || !(STATUS_CODES[status] || (status >= 200 && status <= 599)) || status < 200)
    throw new Error(`its function returned ${JSON.stringify(statusCode)} as statusCode`);
  if (typeof body !== 'string' && body !== null) throw new Error('its function returned a body that is not a string');
  const given = Object.entries<any>({ ...headers, ...multiValueHeaders });
  const named = given.map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(named),
      ...(cookies?.length && { 'set-cookie': cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}
