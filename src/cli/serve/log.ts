import { corsCheck, type Finding } from '../../verify/browser/cors-check';
import { preflightCheck } from '../../verify/browser/preflight';
import { readable } from '../../verify/unknown';
import { CorsOutcome } from '../../verify/verdict';
import { singleValues } from '../header-values';
import { shown } from '../outcomes';
import { Secrets } from '../secrets';
import { printable, type Terminal } from '../terminal';
import type { Outcome } from './local-api';

/**
 * One request: what came and went, what the gateway did with it,
 * and what a browser makes of the answer.
 */
export function logLines(unsafe: Outcome, mocked: boolean, terminal: Terminal): string {
  const outcome = shownOf(unsafe);
  const { request, answer, reply } = outcome;
  const { bold, dim } = terminal.colors;
  const { origin } = request.headers;
  return [
    `${bold(`${request.method} ${request.path}`)} ${reply.status} ` +
      `${dim(origin === undefined ? 'from no page' : `from ${origin}`)}`,
    ...(answer.trail.length > 0 ? [`  ${dim(readable(answer.trail.join('; ')))}`] : []),
    ...(origin === undefined ? [] : [`  ${verdictOn(outcome, origin, mocked, terminal)}`]),
  ].join('\n');
}

/** A request's headers and query may hold tokens, and what came with it may be anything. */
function shownOf({ request, answer, reply, ...rest }: Outcome): Outcome {
  const query = request.path.slice(request.path.indexOf('?') + 1);
  const secrets = new Secrets(Object.entries(request.headers), query);
  const headers = singleValues(reply.headers);
  const shownReply = { status: reply.status, headers, body: '' };
  return printable(
    secrets.in({ request: { ...request, body: '' }, answer: { ...answer, body: '' }, reply: shownReply, ...rest }),
  );
}

function verdictOn(outcome: Outcome, origin: string, mocked: boolean, terminal: Terminal): string {
  const { answer } = outcome;
  if (answer.unknown) return `${shown(CorsOutcome.UNKNOWN, terminal)}: ${readable(answer.unknown)}`;
  const { rule, reason } = browserCheck(outcome, origin);
  if (mocked && outcome.forwarded && !outcome.ran && answer.decidedBy === 'backend') {
    const said =
      rule === 'ok'
        ? 'the mock backend lets the page in, and the real one has to do so too'
        : `with the mock backend, ${readable(reason)}`;
    return `${shown(CorsOutcome.DEPENDS_ON_BACKEND, terminal)}: ${said}`;
  }
  const verdict = rule === 'ok' ? CorsOutcome.ALLOWED : rule === 'unknown' ? CorsOutcome.UNKNOWN : CorsOutcome.BLOCKED;
  return [shown(verdict, terminal), readable(reason)].filter(Boolean).join(rule === 'ok' ? ', ' : ': ');
}

/**
 * A preflight does not say whether the request will have credentials:
 * what holds only without them is worth a remark.
 */
function browserCheck({ request, answer, reply }: Outcome, origin: string): Finding {
  const headers = { ...singleValues(reply.headers), ...answer.headers };
  const sent = { status: reply.status, headers };
  const method = request.headers['access-control-request-method'];
  if (request.method !== 'OPTIONS' || method === undefined)
    return corsCheck({ origin, credentials: 'cookie' in request.headers }, sent, 'response');
  const asked = (request.headers['access-control-request-headers'] ?? '').split(',').map((name) => name.trim());
  const fetched = {
    origin,
    method,
    headers: Object.fromEntries(asked.filter(Boolean).map((name) => [name, NEEDS_LISTING])),
  };
  const without = preflightCheck({ ...fetched, credentials: false }, sent);
  if (without.rule !== 'ok') return without;
  const withCredentials = preflightCheck({ ...fetched, credentials: true }, sent);
  return withCredentials.rule === 'ok' ? without : { rule: 'ok', reason: 'without credentials' };
}

/** So long a value is on no safelist: whatever the browser asks about has to be allowed by name. */
const NEEDS_LISTING = 'x'.repeat(129);
