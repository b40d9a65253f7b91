import { isKnown, unknown } from '../../unknown';

export interface MappingSources {
  readonly headers: Record<string, string>;
  readonly query: Record<string, string>;
  readonly pathParameters: Record<string, string>;
  readonly stageVariables: Record<string, string>;
  /** What the backend sends, names in lower case, where somebody knows. */
  readonly backendHeaders?: Record<string, string>;
}

export interface MappedValue {
  /** undefined: nothing is sent, or nothing that a browser would take. */
  readonly value?: string;
  /** The backend decides. */
  readonly isBackends?: boolean;
  readonly note?: string;
}

/**
 * The value that a mapping expression gives: a quoted text, or where to take it from.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export function mappedValue(expression: string, sources: MappingSources): MappedValue {
  if (isQuoted(expression)) return { value: expression.slice(1, -1) };
  if (!isKnown(expression)) return { value: expression };
  if (expression.startsWith('integration.response.')) {
    const [, name] = /^integration\.response\.header\.(.+)$/.exec(expression) ?? [];
    return name && sources.backendHeaders
      ? { value: sources.backendHeaders[name.toLowerCase()] }
      : { isBackends: true };
  }
  if (expression.startsWith('context.')) return { value: unknown(`$${expression}`) };
  if (expression.startsWith('stageVariables.')) {
    const name = expression.slice('stageVariables.'.length);
    return { value: sources.stageVariables[name] ?? unknown(`stage variable ${name}`) };
  }
  const [, kind, name] = /^method\.request\.(header|querystring|path)\.(.+)$/.exec(expression) ?? [];
  if (kind === 'header') return requestHeader(name, sources.headers);
  if (kind === 'querystring') return { value: sources.query[name] };
  if (kind === 'path') return { value: sources.pathParameters[name] };
  return { value: unknown(expression) };
}

export function isQuoted(expression: string): boolean {
  return expression.length > 1 && expression.startsWith("'") && expression.endsWith("'");
}

/** Names are compared case-sensitively, and over HTTP/2 browsers send them in lower case. */
function requestHeader(name: string, headers: Record<string, string>): MappedValue {
  if (Object.hasOwn(headers, name)) return { value: headers[name] };
  const sent = Object.keys(headers).find((header) => header.toLowerCase() === name.toLowerCase());
  return {
    note:
      sent &&
      `it reads method.request.header.${name}, but browsers send the header as "${sent}" ` +
        'and API Gateway compares names case-sensitively',
  };
}
