import type { Integration, IntegrationResponse, RestMethod } from '../../model/api-model';
import { isKnown, knownParts, readable } from '../../unknown';
import { evaluateOnce } from '../../velocity/evaluate-once';
import type { VelocityInput, VelocityResult } from '../../velocity/input';
import { responseTemplates } from './content-types';
import { sentName } from './header-names';
import { isQuoted, type MappingSources, mappedValue } from './header-values';

export interface MethodResponse {
  /** 0: depends on what the backend sends. */
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** Why API Gateway answers 500 instead. */
  readonly error?: string;
  readonly unknown?: string;
  /** Header names whose value the backend decides. */
  readonly fromBackend: string[];
  readonly notes: string[];
}

/** What a response is mapped with. */
export interface ResponseContext {
  /** Whether the API takes every body as bytes. */
  readonly apiIsBinary: boolean;
  /** The media type that the client asks for first. */
  readonly accept: string | undefined;
  readonly sources: MappingSources;
  readonly input: () => VelocityInput;
  /** What the template of the request overrode already. */
  readonly requestOverrides: VelocityResult | undefined;
}

/**
 * The integration response becomes the method response: mapped headers first, then what the
 * template overrides.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function methodResponse(
  method: RestMethod,
  response: IntegrationResponse,
  { apiIsBinary, accept, sources, input, requestOverrides }: ResponseContext,
): MethodResponse {
  const mapped = mappedHeaders(response, method.integration?.type, sources);
  const failed = (error: string): MethodResponse => ({ ...mapped, status: 500, body: '', error });
  if (!method.methodResponses.has(response.statusCode))
    return failed(`its integration response ${response.statusCode} has no method response ${response.statusCode}`);
  const templates = responseTemplates(response.templates, accept);
  if (templates.length > 0 && isBytes(response, apiIsBinary)) {
    return failed(
      'its response counts as binary and the response template cannot read bytes: ' +
        'set contentHandling CONVERT_TO_TEXT on the integration response',
    );
  }
  const open = templates.find((template) => isWhollyOpen(template));
  if (open !== undefined)
    return { ...mapped, status: 0, body: '', unknown: `its response template is ${readable(open)}` };
  const results = templates.map((template) => evaluateOnce(template, input()));
  const [result, other] = results;
  if (result?.error) return failed(result.error);
  const unknown =
    results.find((each) => each.unknown)?.unknown ?? (other && differs(result, other) ? ACCEPT_DOUBT : undefined);
  return {
    ...mapped,
    status: statusOf(response, result, requestOverrides),
    headers: override(override(mapped.headers, requestOverrides), result),
    body: result?.output ?? '',
    unknown,
    notes: [...mapped.notes, ...notesOf(requestOverrides), ...notesOf(result)],
  };
}

/**
 * Parts of a text seldom override a header; a template of which nothing is seen may hold anything.
 */
function isWhollyOpen(template: string): boolean {
  return !isKnown(template) && knownParts(template).every((part) => part.trim() === '');
}

function statusOf(
  { statusCode }: IntegrationResponse,
  result: VelocityResult | undefined,
  requestOverrides: VelocityResult | undefined,
): number {
  const decisive = result?.statusUnknown || result?.statusOverride !== undefined ? result : requestOverrides;
  return decisive?.statusUnknown ? 0 : (decisive?.statusOverride ?? Number(statusCode));
}

const ACCEPT_DOUBT =
  'the response has several templates and the browser accepts anything (Accept: */*): ' +
  'AWS documents that the first one is used, measurements found application/json';

function mappedHeaders(
  response: IntegrationResponse,
  type: Integration['type'] | undefined,
  sources: MappingSources,
): Pick<MethodResponse, 'headers' | 'fromBackend' | 'notes'> {
  const { fixed, varying } = preparedHeaders(response, type);
  const headers = { ...fixed };
  const fromBackend: string[] = [];
  const notes: string[] = [];
  for (const [name, expression] of varying) {
    const { value, isBackends, note } = mappedValue(expression, sources);
    if (value !== undefined) headers[name] = value;
    if (isBackends) fromBackend.push(name);
    if (note) notes.push(note);
  }
  return { headers, fromBackend, notes };
}

interface PreparedHeaders {
  /** Quoted values. */
  readonly fixed: Record<string, string>;
  readonly varying: [name: string, expression: string][];
}

/**
 * Names as they are sent, and what needs no look at the request told apart: once for each response.
 */
function preparedHeaders(response: IntegrationResponse, type: Integration['type'] | undefined): PreparedHeaders {
  let headers = prepared.get(response);
  if (!headers) {
    const all = Array.from(response.headers, ([name, expression]): [string, string] => [
      sentName(name, type),
      expression,
    ]);
    const fixed = all
      .filter(([, expression]) => isQuoted(expression))
      .map(([name, expression]) => [name, expression.slice(1, -1)]);
    headers = { fixed: Object.fromEntries(fixed), varying: all.filter(([, expression]) => !isQuoted(expression)) };
    prepared.set(response, headers);
  }
  return headers;
}

const prepared = new WeakMap<IntegrationResponse, PreparedHeaders>();

/** The mock's request template comes first, the response template has the last word. */
function override(headers: Record<string, string>, result: VelocityResult | undefined): Record<string, string> {
  for (const name in result?.headerOverrides) headers[name.toLowerCase()] = result.headerOverrides[name];
  return headers;
}

function notesOf(result: VelocityResult | undefined): string[] {
  return (result?.misspelled ?? []).map(
    (name) =>
      `its mapping template reads the header ${name}, ` +
      `but browsers send "${name.toLowerCase()}" and API Gateway compares names case-sensitively`,
  );
}

function differs(a: VelocityResult, b: VelocityResult): boolean {
  return (
    JSON.stringify([a.headerOverrides, a.statusOverride, a.error]) !==
    JSON.stringify([b.headerOverrides, b.statusOverride, b.error])
  );
}

function isBytes({ contentHandling }: IntegrationResponse, apiIsBinary: boolean): boolean {
  return contentHandling === undefined ? apiIsBinary : contentHandling === 'CONVERT_TO_BINARY';
}
