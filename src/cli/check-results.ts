import { type Exchange, type Exchanges, Recorder } from '../verify/exchanges';
import { gatewayFor } from '../verify/gateway/gateway-for';
import { judge } from '../verify/judge';
import type { ApiModel } from '../verify/model/api-model';
import { sampleRequests } from '../verify/requests/sample-requests';
import { readable } from '../verify/unknown';
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
    const { preflight, response } = recorder.exchanges;
    const result = {
      route: route.name,
      request: { ...request, origin: readable(request.origin), path: readable(request.path) },
      verdict: practical(verdict, recorder.exchanges),
      ...(preflight && { preflight: inWords(preflight) }),
      ...(response && { response: inWords(response) }),
    };
    return { api, ...printable(secrets.in(result)) };
  });
}

/** Values that only the deployment knows, as a person reads them. */
function inWords({ request, answer }: Exchange): Exchange {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, readable(value)]);
  return { request: { ...request, path: readable(request.path), headers: Object.fromEntries(headers) }, answer };
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
