import type { IntegrationResponse, RestMethod } from '../../model/api-model';
import { evaluate, type VelocityInput, type VelocityResult } from '../../velocity/evaluate';
import { responseTemplates } from './content-types';
import { type MappingSources, mappedValue } from './header-values';

export interface MethodResponse {
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

/**
 * The integration response becomes the method response: mapped headers first, then what the template overrides.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
export function methodResponse(
  method: RestMethod,
  response: IntegrationResponse,
  apiIsBinary: boolean,
  accept: string | undefined,
  sources: MappingSources,
  input: () => VelocityInput,
  requestOverrides: VelocityResult | undefined,
): MethodResponse {
  const mapped = mappedHeaders(response, sources);
  const failed = (error: string): MethodResponse => ({ ...mapped, status: 500, body: '', error });
  if (!method.methodResponses.has(response.statusCode))
    return failed(`its integration response ${response.statusCode} has no method response ${response.statusCode}`);
  const templates = responseTemplates(response.templates, accept);
  if (templates.length > 0 && isBytes(response, apiIsBinary)) {
    return failed(
      'its response counts as binary and the response template cannot read bytes: set contentHandling CONVERT_TO_TEXT on the integration response',
    );
  }
  const results = templates.map((template) => evaluate(template, input()));
  const [result, other] = results;
  if (result?.error) return failed(result.error);
  const unknown = results.find((each) => each.unknown)?.unknown ?? (other && differs(result, other) ? ACCEPT_DOUBT : undefined);
  return {
    ...mapped,
    status: result?.statusOverride ?? requestOverrides?.statusOverride ?? Number(response.statusCode),
    headers: overridden(mapped.headers, requestOverrides, result),
    body: result?.output ?? '',
    unknown,
    notes: [...mapped.notes, ...[requestOverrides, result].flatMap((each) => each?.misspelled?.map(misspelledNote) ?? [])],
  };
}

const ACCEPT_DOUBT =
  'the response has several templates and the browser accepts anything (Accept: */*): AWS documents that the first one is used, measurements found application/json';

function mappedHeaders(response: IntegrationResponse, sources: MappingSources): Pick<MethodResponse, 'headers' | 'fromBackend' | 'notes'> {
  const headers: Record<string, string> = {};
  const fromBackend: string[] = [];
  const notes: string[] = [];
  for (const [name, expression] of response.headers) {
    const mapped = mappedValue(expression, sources);
    if (mapped.value !== undefined) headers[name.toLowerCase()] = mapped.value;
    if (mapped.fromBackend) fromBackend.push(name.toLowerCase());
    if (mapped.note) notes.push(mapped.note);
  }
  return { headers, fromBackend, notes };
}

/** The response template has the last word. */
function overridden(headers: Record<string, string>, ...results: (VelocityResult | undefined)[]): Record<string, string> {
  const merged = { ...headers };
  for (const result of results)
    for (const [name, value] of Object.entries(result?.headerOverrides ?? {})) merged[name.toLowerCase()] = value;
  return merged;
}

function misspelledNote(name: string): string {
  return `its mapping template reads the header ${name}, but browsers send "${name.toLowerCase()}" and API Gateway compares names case-sensitively`;
}

function differs(a: VelocityResult, b: VelocityResult): boolean {
  return JSON.stringify([a.headerOverrides, a.statusOverride, a.error]) !== JSON.stringify([b.headerOverrides, b.statusOverride, b.error]);
}

function isBytes({ contentHandling }: IntegrationResponse, apiIsBinary: boolean): boolean {
  return contentHandling === undefined ? apiIsBinary : contentHandling === 'CONVERT_TO_BINARY';
}
