/** Whether a browser that came to a verdict could have printed the message that was pasted. */
import { type Incident, recognize } from '../../verify/console/recognize';
import type { Exchanges } from '../../verify/exchanges';
import type { Judgement } from '../../verify/judgement';

/** Chromium says whether it means the preflight; the others may leave it open. */
export function couldPrint(incident: Incident, verdict: Judgement, { preflight }: Exchanges): boolean {
  const { engine, preflight: isOfPreflight = false } = incident.message;
  switch (verdict.outcome) {
    case 'BLOCKED':
      if (engine === 'chromium' && verdict.consoleMessage) return isAlike(incident, verdict.consoleMessage);
      return verdict.rule.startsWith('preflight-') ? isOfPreflight || engine !== 'chromium' : !isOfPreflight;
    case 'DEPENDS_ON_BACKEND':
      return !isOfPreflight || preflight?.answer.decidedBy === 'backend';
    case 'UNKNOWN':
      return true;
    default:
      return false;
  }
}

/** What the status or the URL adds is not compared. */
function isAlike({ cause, message }: Incident, printed: string): boolean {
  const [own] = recognize(printed);
  if (!own || Boolean(own.message.preflight) !== Boolean(message.preflight)) return false;
  const known = [cause.id, ...(cause.refines ?? [])];
  return [own.cause.id, ...(own.cause.refines ?? [])].some((id) => known.includes(id));
}
