import { cureOf } from '../../verify/explain';
import { nameOf } from '../subject';
import type { Cell, Exchange } from './cells';

/** What to do about a request that is not allowed for certain. */
export interface Advice {
  /** Where on the way of the request it failed. */
  readonly step: string;
  readonly change: string;
  /** The construct path or logical id of what is to change, or its place in a document. */
  readonly where: string;
  /** The rule: the Fetch Standard's, and the page of AWS's guide about it. */
  readonly links: string[];
}

export function adviceOn(cell: Cell): Advice | undefined {
  const { rule } = cell.verdict;
  if (rule === 'ok') return undefined;
  const { step, link } = RULES[rule];
  return { step, change: cureOf(rule), where: placeOf(cell), links: [...(link ? [FETCH + link] : []), guideOf(cell)] };
}

const FETCH = 'https://fetch.spec.whatwg.org/#';
const AWS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/';

const RULES: Record<string, { step: string; link?: string }> = {
  request: { step: 'before anything is sent', link: 'forbidden-method' },
  'preflight-answer': { step: 'the status of the preflight', link: 'cors-preflight-fetch' },
  'preflight-origin': { step: 'the origin in the answer to the preflight', link: 'concept-cors-check' },
  'preflight-credentials': { step: 'the credentials in the answer to the preflight', link: 'cors-protocol-and-credentials' },
  'preflight-method': { step: 'the methods in the answer to the preflight', link: 'http-access-control-allow-methods' },
  'preflight-header': { step: 'the headers in the answer to the preflight', link: 'http-access-control-allow-headers' },
  'response-origin': { step: 'the origin in the response', link: 'concept-cors-check' },
  'response-credentials': { step: 'the credentials in the response', link: 'cors-protocol-and-credentials' },
  deployment: { step: 'the deployment' },
  backend: { step: 'what the backend answers', link: 'concept-cors-check' },
  unknown: { step: 'what nobody knows before the deployment' },
};

/** AWS's page on CORS for this kind of API, at the passage that fits. */
function guideOf({ api, verdict: { rule } }: Cell): string {
  if (api.kind === 'HTTP') return `${AWS}http-api-cors.html`;
  const passage =
    rule === 'backend' ? '#apigateway-enable-cors-proxy' : rule.startsWith('response-') ? '#apigateway-enable-cors-nonproxy' : '';
  return `${AWS}how-to-cors.html${passage}`;
}

/** The method or route that gave the decisive answer; where none did, the place where one is missing. */
function placeOf(cell: Cell): string {
  const { api, route, verdict } = cell;
  if (verdict.rule === 'deployment' || verdict.rule === 'request') return nameOf(api);
  const answeredBy = decisiveExchange(cell)?.answer.answeredBy;
  if (answeredBy !== undefined) return answeredBy;
  return api.kind === 'HTTP' ? `the CORS configuration of ${nameOf(api)}` : `${route} of ${nameOf(api)}`;
}

/** The exchange that the verdict was decided by. */
export function decisiveExchange({ verdict: { rule }, preflight, response }: Cell): Exchange | undefined {
  if (rule.startsWith('preflight-')) return preflight;
  if (rule.startsWith('response-')) return response;
  const exchanges = [preflight, response].filter((exchange) => exchange !== undefined);
  const open = (exchange: Exchange): boolean =>
    rule === 'backend' ? exchange.answer.decidedBy === 'backend' : Boolean(exchange.answer.unknown);
  return exchanges.find(open) ?? exchanges[0];
}
