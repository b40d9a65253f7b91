import type { Exchange } from '../../verify/exchanges';
import { fixFor, guideTo, RULES, standardFor } from '../../verify/rules';
import { CorsOutcome } from '../../verify/verdict';
import { shown } from '../outcomes';
import type { Terminal } from '../terminal';
import { excerptOf } from './excerpt';
import type { Probed } from './live-judge';
import { refusalOf } from './refusal';
import type { StrangerVerdict } from './strangers';

/** What was sent, what came back, who refused it, and what a browser makes of it. */
export function explain(probed: Probed, host: string, terminal: Terminal): string {
  const { url, exchanges } = probed;
  const sections = exchanges.map((exchange) => exchangeLines(url, exchange, host, terminal));
  return [...sections, verdictLines(probed, terminal)].join('\n\n');
}

/** Which strangers get in; where all do, one line says it. */
export function strangerLines(strangers: StrangerVerdict[], terminal: Terminal): string {
  const { bold, dim, red, green } = terminal.colors;
  const letIn = strangers.filter((stranger) => stranger.letIn);
  const asked = `${bold('Strangers')}: ${strangers.length} origins that are not listed were asked for`;
  if (letIn.length === 0) return `${asked}, and ${green('none gets in')}.`;
  const lines = letIn.map(({ origin, likeness }) => `  ${red('✗')} ${origin} ${dim(likeness)}`);
  const advice =
    `  ${bold('Change')} Compare whole origins, byte for byte: no beginnings, ends or parts of them, ` +
    'and no expression without ^ and $.';
  return [`${asked}, and ${red(`${letIn.length} get in`)}: ${bold('wider')}`, ...lines, advice].join('\n');
}

function exchangeLines(
  url: string,
  { request, answer }: Exchange,
  host: string,
  { colors: { bold, dim } }: Terminal,
): string {
  const title = 'access-control-request-method' in request.headers ? 'Preflight' : 'Request';
  const sent = Object.entries(request.headers).map(([name, value]) => `  > ${name}: ${value}`);
  const received = Object.entries(answer.headers).map(([name, value]) => {
    const line = `  < ${name}: ${value}`;
    return /^(access-control-|vary$|location$)/.test(name) ? line : dim(line);
  });
  const excerpt = answer.status >= 300 ? excerptOf(answer.body) : '';
  const refusal = answer.status === 0 ? undefined : refusalOf(answer, host);
  return [
    `${bold(title)}: ${request.method} ${url}${request.path}`,
    ...sent,
    ...(answer.status > 0 ? [`  < ${bold(String(answer.status))}`, ...received] : ['  not sent']),
    ...(excerpt ? [dim(`  < ${excerpt}`)] : []),
    ...(refusal
      ? [`  ${bold('Refused by')} ${[refusal.layer, refusal.error].filter(Boolean).join(', ')}: ${refusal.meaning}`]
      : []),
  ].join('\n');
}

function verdictLines(
  { request, verdict: { outcome, rule, reason }, exchanges, ...probed }: Probed,
  terminal: Terminal,
): string {
  const { bold, dim, cyan } = terminal.colors;
  const headline =
    `${shown(outcome, terminal)} ${request.method} from ` +
    `${request.origin}${request.credentials ? ' with credentials' : ''}`;
  if (outcome !== CorsOutcome.BLOCKED) return `${headline}\n  ${reason}`;
  const kind = kindOf(exchanges);
  const { step } = RULES[rule];
  const links = probed.change
    ? []
    : [standardFor(rule), kind && guideTo(kind, rule)].filter((link) => link !== undefined);
  return [
    `${headline}: ${bold(rule)} ${dim(step)}`,
    `  ${reason}`,
    `  ${bold('Change')} ${probed.change ?? fixFor(rule, kind)}`,
    ...links.map((link) => `  ${dim('See')} ${cyan(link)}`),
  ].join('\n');
}

/** Each kind of API numbers its requests in a header of its own. */
function kindOf(exchanges: Exchange[]): 'REST' | 'HTTP' | undefined {
  if (exchanges.some(({ answer }) => 'x-amz-apigw-id' in answer.headers)) return 'REST';
  return exchanges.some(({ answer }) => 'apigw-requestid' in answer.headers) ? 'HTTP' : undefined;
}
