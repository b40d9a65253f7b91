import type { Exchange } from '../../verify/exchanges';
import { type BrowserRequest, CorsOutcome, type CorsVerdict } from '../../verify/verdict';
import { shown } from '../outcomes';
import { guideTo, ruleOf } from '../rules';
import type { Terminal } from '../terminal';

/** What was sent, what came back, and what a browser makes of it. */
export function explain(
  url: URL,
  request: BrowserRequest,
  verdict: CorsVerdict,
  exchanges: Exchange[],
  terminal: Terminal,
): string {
  return [
    ...exchanges.map((exchange) => exchangeLines(url, exchange, terminal)),
    verdictLines(request, verdict, exchanges, terminal),
  ].join('\n\n');
}

function exchangeLines(url: URL, { request, answer }: Exchange, { colors: { bold, dim } }: Terminal): string {
  const title = 'access-control-request-method' in request.headers ? 'Preflight' : 'Request';
  const sent = Object.entries(request.headers).map(
    ([name, value]) => `  > ${name}: ${SECRETS.has(name) ? '…' : value}`,
  );
  const received = Object.entries(answer.headers).map(([name, value]) => {
    const line = `  < ${name}: ${value}`;
    return /^(access-control-|vary$|location$)/.test(name) ? line : dim(line);
  });
  return [
    `${bold(title)}: ${request.method} ${url.origin}${request.path}`,
    ...sent,
    ...(answer.status > 0 ? [`  < ${bold(String(answer.status))}`, ...received] : ['  not sent']),
  ].join('\n');
}

/** Not for a terminal's scrollback, nor for a log of CI. */
const SECRETS = new Set(['authorization', 'x-api-key', 'x-amz-security-token']);

function verdictLines(
  request: BrowserRequest,
  { outcome, rule, reason }: CorsVerdict,
  exchanges: Exchange[],
  terminal: Terminal,
): string {
  const { bold, dim, cyan } = terminal.colors;
  const headline = `${shown(outcome, terminal)} ${request.method} from ${request.origin}${request.credentials ? ' with credentials' : ''}`;
  if (outcome !== CorsOutcome.BLOCKED) return `${headline}\n  ${reason}`;
  const kind = kindOf(exchanges);
  const { step, change, standard } = ruleOf(rule, kind);
  const links = [standard, kind && guideTo(kind, rule)].filter((link) => link !== undefined);
  return [
    `${headline}: ${bold(rule)} ${dim(step)}`,
    `  ${reason}`,
    `  ${bold('Change')} ${change}`,
    ...links.map((link) => `  ${dim('See')} ${cyan(link)}`),
  ].join('\n');
}

/** Each kind of API numbers its requests in a header of its own. */
function kindOf(exchanges: Exchange[]): 'REST' | 'HTTP' | undefined {
  if (exchanges.some(({ answer }) => 'x-amz-apigw-id' in answer.headers)) return 'REST';
  return exchanges.some(({ answer }) => 'apigw-requestid' in answer.headers) ? 'HTTP' : undefined;
}
