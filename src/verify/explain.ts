import type { BrowserRequest, CorsOutcome, CorsVerdict, SimulatedResponse } from './verdict';

/** What a failed assertion prints: the request, the answers, the rule, and what to change. */
export function explainFailure(request: BrowserRequest, verdict: CorsVerdict, expected: CorsOutcome): string {
  return [
    `Expected a browser to find ${requestLine(request)} ${expected}, but it is ${verdict.outcome} (${verdict.rule}).`,
    '',
    `  ${verdict.reason}.`,
    ...section('The page asks for', requestLines(request)),
    ...section('The preflight is answered with', responseLines(verdict.preflight)),
    ...section('The response is', responseLines(verdict.response)),
    ...section('What to change', [cure(verdict, expected)]),
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
      `${cureOf('gateway-error')} If the error is what you mean, ask for it: gatewayError: '${gatewayError}'.`,
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

function cure({ rule, outcome }: CorsVerdict, expected: CorsOutcome): string {
  if (outcome === 'ALLOWED') return 'Take the origin, method or header out of what the API allows, if it is not meant to be there.';
  if (outcome === 'BLOCKED' && expected === 'BLOCKED') return '';
  return cureOf(rule);
}

/** What to change where a request is decided by this rule. */
export function cureOf(rule: string): string {
  return CURES[rule] ?? 'See the reason above.';
}

const CURES: Record<string, string> = {
  request: 'Change the request: no browser sends it.',
  'preflight-answer': 'Let an OPTIONS method without authorizer, API key and validator answer this path with a status from 200 to 299.',
  'preflight-origin': 'Add the origin to what the answer to OPTIONS allows, spelled exactly as the browser sends it.',
  'preflight-credentials': 'Send Access-Control-Allow-Credentials: true with the answer to OPTIONS, and an exact origin instead of *.',
  'preflight-method': 'List the method in Access-Control-Allow-Methods of the answer to OPTIONS.',
  'preflight-header': 'List the header in Access-Control-Allow-Headers of the answer to OPTIONS.',
  'response-origin': 'Send Access-Control-Allow-Origin with the real response too, and with the gateway responses that stand for errors.',
  'response-credentials': 'Send Access-Control-Allow-Credentials: true with the real response too, and an exact origin instead of *.',
  'gateway-error': 'Repair the method, or send what it asks for: the request never gets an answer of its integration.',
  deployment: 'Repair the template: CloudFormation cannot deploy it.',
  backend: 'No template shows what a backend answers: test the backend, or let API Gateway send the headers.',
  unknown: 'Take the doubt out of the template, or test this request against the deployed API.',
};
