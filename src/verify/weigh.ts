import type { Finding } from './browser/cors-check';
import type { GatewayAnswer } from './gateway/gateway';
import { readable } from './unknown';

/** What fails or passes whichever of the possible answers comes is certain. */
export function weigh(answer: GatewayAnswer, check: Check, what: string, errorIsAsked = true): Finding {
  const { alternatives = [], ...likely } = answer;
  const finding = weighOne(likely, check, what);
  const isUseful = (each: GatewayAnswer): boolean =>
    weighOne(each, check, what).rule === 'ok' && (errorIsAsked || each.gatewayError === undefined);
  const other =
    alternatives.find((each) => isUseful(each.answer) !== isUseful(likely)) ??
    // What is added to a backend's answer for one page is not what is added to the one in the
    // cache.
    alternatives.find((each) => finding.rule === 'backend' && each.answer.cause === 'distribution-cache');
  if (!other || finding.rule === 'unknown') return finding;
  const reason = `what comes of ${what} is open: ${other.why}`;
  return { rule: 'unknown', reason: explained(reason, other.answer.cause === undefined ? likely.trail : []) };
}

type Check = (answer: GatewayAnswer) => Finding;

/**
 * The browser's own check where the gateway decides; otherwise who decides.
 * What fails regardless still fails.
 */
function weighOne(answer: GatewayAnswer, check: Check, what: string): Finding {
  const { decidedBy, headersAreFinal, trail } = answer;
  if (answer.unknown)
    return { rule: 'unknown', reason: explained(`what comes of ${what} is open: ${answer.unknown}`, trail) };
  if (decidedBy === 'backend') {
    const atBest = headersAreFinal && check({ ...answer, status: 200 });
    if (atBest && atBest.rule !== 'ok') return { ...atBest, reason: explained(atBest.reason, trail) };
    const whose = headersAreFinal ? `the status of ${what} is the backend's` : `${what} is the backend's`;
    return { rule: 'backend', reason: explained(`${whose}, which no template shows`, trail) };
  }
  const finding = byCause(check(answer), answer);
  return finding.rule === 'ok' ? finding : { ...finding, reason: explained(finding.reason, trail) };
}

/**
 * Where the gateway left out all headers for a method or header that it does not list,
 * that is what to change.
 */
function byCause(finding: Finding, { unlisted }: GatewayAnswer): Finding {
  return unlisted && finding.rule === 'preflight-origin' ? { ...finding, rule: `preflight-${unlisted}` } : finding;
}

/** A reason, and what led to it. */
export function explained(reason: string, trail: string[]): string {
  return trail.length > 0 ? `${reason} (${trail.map(readable).join('; ')})` : reason;
}
