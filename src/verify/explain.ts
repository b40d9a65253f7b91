import { fixFor } from './fixes';
import type { ApiModel } from './model/api-model';
import type { BrowserRequest, CorsOutcome, CorsVerdict, SimulatedResponse } from './verdict';

/** What a failed assertion prints: the request, the answers, the rule, and what to change. */
export function explainFailure(
  request: BrowserRequest,
  verdict: CorsVerdict,
  expected: CorsOutcome,
  { kind }: ApiModel,
): string {
  return [
    `Expected a browser to find ${requestLine(request)} ${expected}, but it is ${verdict.outcome} (${verdict.rule}).`,
    '',
    `  ${verdict.reason}.`,
    ...section('The page asks for', requestLines(request)),
    ...section('The preflight is answered with', responseLines(verdict.preflight)),
    ...section('The response is', responseLines(verdict.response)),
    ...section('Chromium prints', verdict.consoleMessage ? [verdict.consoleMessage] : []),
    ...section('What to change', [cure(verdict, expected, kind)]),
  ].join('\n');
}

/** What a passing verdict does not show: the page reads an error that nobody asked for. */
export function explainAccident(request: BrowserRequest, verdict: CorsVerdict, gatewayError: string): string {
  return [
    `Expected a browser to find ${requestLine(request)} ALLOWED, but all that the page can read is API Gateway's own error ${gatewayError}.`,
    '',
    `  ${verdict.reason}.`,
    ...section('The page asks for', requestLines(request)),
    ...section('The response is', responseLines(verdict.response)),
    ...section('What to change', [
      `${fixFor('gateway-error')} If the error is what you mean, ask for it: gatewayError: '${gatewayError}'.`,
    ]),
  ].join('\n');
}

function requestLine({ method, path, origin }: BrowserRequest): string {
  return `${method ?? 'GET'} ${path} from ${origin}`;
}

function requestLines(request: BrowserRequest): string[] {
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return [requestLine(request) + (request.credentials ? ', with credentials' : ''), ...headers];
}

function responseLines(response: SimulatedResponse | undefined): string[] {
  if (!response) return [];
  const headers = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`);
  return [response.status === 0 ? 'what the backend answers' : String(response.status), ...headers];
}

function section(title: string, lines: string[]): string[] {
  return lines.length > 0 ? ['', `${title}:`, ...lines.map((line) => `  ${line}`)] : [];
}

function cure({ rule, outcome }: CorsVerdict, expected: CorsOutcome, kind: ApiModel['kind']): string {
  if (outcome === 'ALLOWED')
    return 'Take the origin, method or header out of what the API allows, if it is not meant to be there.';
  if (outcome === 'BLOCKED' && expected === 'BLOCKED') return '';
  return fixFor(rule, kind);
}
