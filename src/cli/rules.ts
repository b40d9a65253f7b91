import { fixFor } from '../verify/fixes';

/** What a verdict's rule means to a person. */
export interface Rule {
  /** Where on the way of the request it is decided. */
  readonly step: string;
  readonly change: string;
  /** Where the Fetch Standard says so. */
  readonly standard?: string;
}

export function ruleOf(rule: string, kind?: 'REST' | 'HTTP'): Rule {
  const [step, anchor] = STEPS[rule];
  return { step, change: fixFor(rule, kind), standard: anchor && `https://fetch.spec.whatwg.org/#${anchor}` };
}

const STEPS: Record<string, [step: string, anchor?: string]> = {
  request: ['before anything is sent', 'forbidden-method'],
  'preflight-answer': ['the status of the preflight', 'cors-preflight-fetch'],
  'preflight-origin': ['the origin in the answer to the preflight', 'concept-cors-check'],
  'preflight-credentials': ['the credentials in the answer to the preflight', 'cors-protocol-and-credentials'],
  'preflight-method': ['the methods in the answer to the preflight', 'http-access-control-allow-methods'],
  'preflight-header': ['the headers in the answer to the preflight', 'http-access-control-allow-headers'],
  'response-origin': ['the origin in the response', 'concept-cors-check'],
  'response-credentials': ['the credentials in the response', 'cors-protocol-and-credentials'],
  'gateway-error': ['the integration'],
  deployment: ['the deployment'],
  backend: ['what the backend answers', 'concept-cors-check'],
  unknown: ['what nobody knows before the deployment'],
};

/** AWS's page for this kind of API, at the passage that fits. */
export function guideTo(kind: 'REST' | 'HTTP', rule: string): string {
  if (kind === 'HTTP') return `${GUIDE}http-api-cors.html`;
  if (rule === 'gateway-error') return `${GUIDE}supported-gateway-response-types.html`;
  const passage =
    rule === 'backend'
      ? '#apigateway-enable-cors-proxy'
      : rule.startsWith('response-')
        ? '#apigateway-enable-cors-nonproxy'
        : '';
  return `${GUIDE}how-to-cors.html${passage}`;
}

const GUIDE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/';
