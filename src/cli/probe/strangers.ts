import { type Stranger, strangersTo } from '../../verify/requests/strangers';
import { type BrowserRequest, CorsOutcome } from '../../verify/verdict';
import type { Judged } from './live-judge';

/** What an API says to a page that nobody listed. */
export interface StrangerVerdict extends Stranger {
  readonly letIn: boolean;
  readonly reason: string;
}

/**
 * Asks for each stranger to these origins what was asked for them, without cookies: who can read
 * with them can read without. A preflight that lets one in is enough.
 */
export async function askStrangers(
  origins: string[],
  ownOrigin: string,
  request: Omit<BrowserRequest, 'origin'>,
  ask: (request: BrowserRequest) => Promise<Judged>,
): Promise<StrangerVerdict[]> {
  const verdicts: StrangerVerdict[] = [];
  for (const stranger of strangersTo(origins).filter(({ origin }) => origin !== ownOrigin)) {
    const { verdict, exchanges } = await ask({ ...request, credentials: false, origin: stranger.origin });
    const isOnlyUnsent = verdict.outcome === CorsOutcome.UNKNOWN && exchanges.at(-1)?.answer.status === 0;
    verdicts.push({
      ...stranger,
      letIn: verdict.outcome === CorsOutcome.ALLOWED || isOnlyUnsent,
      reason: verdict.reason,
    });
  }
  return verdicts;
}
