import { type Exchanges, Recorder } from '../verify/exchanges';
import { gatewayFor } from '../verify/gateway/gateway-for';
import { judge } from '../verify/judge';
import type { ApiModel } from '../verify/model/api-model';
import { sampleRequests } from '../verify/requests/sample-requests';
import { type BrowserRequest, CorsOutcome, type CorsVerdict } from '../verify/verdict';
import type { Outcome } from './outcomes';
import { Secrets } from './secrets';
import { printable } from './terminal';

/**
 * One cell of route × method × origin: what a browser would make of it, and how it comes to that.
 */
export interface CheckResult extends Exchanges {
  readonly api: ApiModel;
  readonly route: string;
  readonly request: BrowserRequest & { readonly method: string };
  readonly verdict: Verdict;
}

export type Verdict = Omit<CorsVerdict, 'outcome'> & { readonly outcome: Outcome };

/** Tries everything that pages of these origins can ask of an API. */
export function checkResults(
  api: ApiModel,
  origins: string[],
  common: Pick<BrowserRequest, 'headers' | 'credentials'>,
): CheckResult[] {
  const gateway = gatewayFor(api);
  const secrets = new Secrets(common.headers);
  return sampleRequests(api, origins, common).map(({ route, request }) => {
    const recorder = new Recorder(gateway);
    const verdict = judge(recorder, request);
    const result = {
      route: route.name,
      request,
      verdict: practical(verdict, recorder.exchanges),
      ...recorder.exchanges,
    };
    return { api, ...printable(secrets.in(result)) };
  });
}

/**
 * A browser lets a page read an error like anything else; a route that has nothing but errors is of
 * no use to it.
 */
function practical(verdict: CorsVerdict, { response }: Exchanges): Verdict {
  const isBroken =
    verdict.outcome === CorsOutcome.ALLOWED &&
    response?.answer.gatewayError !== undefined &&
    response.answer.status >= 500;
  return isBroken ? { ...verdict, outcome: 'BROKEN', rule: 'gateway-error' } : verdict;
}
