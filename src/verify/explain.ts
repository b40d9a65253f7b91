import type { Judgement } from './judgement';
import type { BrowserRequest, CorsOutcome, SimulatedResponse } from './verdict';

/** All about a verdict: the request, the answers, the rule, and what to change. */
export function explain(request: BrowserRequest, verdict: Judgement): string {
  const headline = `A browser finds ${requestLine(request)} ${verdict.outcome} (${verdict.rule}).`;
  return [headline, ...details(request, verdict, verdict.fix)].join('\n');
}

/** What a failed assertion prints. */
export function explainFailure(request: BrowserRequest, verdict: Judgement, expected: CorsOutcome): string {
  const { outcome, rule } = verdict;
  const headline = `Expected a browser to find ${requestLine(request)} ${expected}, but it is ${outcome} (${rule}).`;
  return [headline, ...details(request, verdict, fixFrom(verdict, expected))].join('\n');
}

function fixFrom({ outcome, rule, fix, response }: Judgement, expected: CorsOutcome): string | undefined {
  if (outcome === 'ALLOWED')
    return 'Take the origin, method or header out of what the API allows, if it is not meant to be there.';
  if (outcome === 'BLOCKED' && expected === 'BLOCKED') return undefined;
  const isMeant = rule === 'gateway-error' && response;
  return isMeant ? `${fix} If the error is what you mean, ask for it with gatewayError.` : fix;
}

function details(request: BrowserRequest, verdict: Judgement, fix: string | undefined): string[] {
  return [
    '',
    `  ${verdict.reason}.`,
    ...section('The page asks for', requestLines(request)),
    ...section('The preflight is answered with', responseLines(verdict.preflight)),
    ...section('The response is', responseLines(verdict.response)),
    ...section('Chromium prints', verdict.consoleMessage ? [verdict.consoleMessage] : []),
    ...section('What to change', fix ? [fix] : []),
  ];
}

function requestLine({ method, path, origin }: BrowserRequest): string {
  return `${method ?? 'GET'} ${path} from ${origin}`;
}

function requestLines(request: BrowserRequest): string[] {
  const headers = Object.entries(request.headers ?? {}).map(
    ([name, value]) => `${name}: ${isSecret(name) ? '…' : value}`,
  );
  return [requestLine(request) + (request.credentials ? ', with credentials' : ''), ...headers];
}

/** Not for the log of a build. */
function isSecret(name: string): boolean {
  return /^(authorization|cookie|x-api-key|x-amz-security-token)$/i.test(name);
}

function responseLines(response: SimulatedResponse | undefined): string[] {
  if (!response) return [];
  const headers = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`);
  return [response.status === 0 ? 'whatever the backend answers' : String(response.status), ...headers];
}

function section(title: string, lines: string[]): string[] {
  return lines.length > 0 ? ['', `${title}:`, ...lines.map((line) => `  ${line}`)] : [];
}
