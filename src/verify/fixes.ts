/**
 * What to change where a request is decided by a rule, in the terms of the kind of API; where the
 * kind is not known, of a REST API.
 */
export function fixFor(rule: string, kind?: 'REST' | 'HTTP'): string {
  return (kind === 'HTTP' && OF_HTTP_APIS[rule]) || FIXES[rule] || 'See the reason above.';
}

const FIXES: Record<string, string> = {
  request: 'Change the request: no browser sends it.',
  'preflight-answer':
    'Let an OPTIONS method without authorizer, API key and validator answer this path with a status from 200 to 299.',
  'preflight-origin': 'Add the origin to what the answer to OPTIONS allows, spelled exactly as the browser sends it.',
  'preflight-credentials':
    'Send Access-Control-Allow-Credentials: true with the answer to OPTIONS, and an exact origin instead of *.',
  'preflight-method': 'List the method in Access-Control-Allow-Methods of the answer to OPTIONS.',
  'preflight-header': 'List the header in Access-Control-Allow-Headers of the answer to OPTIONS.',
  'response-origin':
    'Send Access-Control-Allow-Origin with the real response too, and with the gateway responses that stand for errors.',
  'response-credentials':
    'Send Access-Control-Allow-Credentials: true with the real response too, and an exact origin instead of *.',
  'gateway-error': 'Repair the method, or send what it asks for: the request never gets an answer of its integration.',
  deployment: 'Repair the template: CloudFormation cannot deploy it.',
  backend: 'No template shows what a backend answers: test the backend, or let API Gateway send the headers.',
  unknown: 'Take the doubt out of the template, or test this request against the deployed API.',
};

const ORIGIN =
  "List the origin in AllowOrigins of the API's CORS configuration, spelled exactly as the browser sends it.";
const CREDENTIALS = "Set AllowCredentials: true in the API's CORS configuration, and list origins instead of *.";

/** One CORS configuration speaks for preflights and real responses. */
const OF_HTTP_APIS: Record<string, string> = {
  'preflight-answer':
    'Let API Gateway answer: give the API a CORS configuration, and list methods instead of ANY and $default. Or put an OPTIONS route without an authorizer beside them, with an integration that answers it with a status from 200 to 299.',
  'preflight-origin': ORIGIN,
  'preflight-credentials': CREDENTIALS,
  'preflight-method': "List the method in AllowMethods of the API's CORS configuration.",
  'preflight-header': "List the header in AllowHeaders of the API's CORS configuration.",
  'response-origin': ORIGIN,
  'response-credentials': CREDENTIALS,
  backend:
    'No template shows what a backend answers: test that it answers OPTIONS with a status from 200 to 299. Or let API Gateway answer: with a CORS configuration it does so where no route takes OPTIONS.',
};
