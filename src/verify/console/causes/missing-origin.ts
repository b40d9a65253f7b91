/**
 * Nothing in the answer lets the page in: it has no Access-Control-Allow-Origin, or may have none.
 */
import type { Cause } from '../cause';
import { EXACT_ORIGIN, ON_RESPONSES, SEE } from './origin-fixes';

export const missingOrigin: readonly Cause[] = [
  {
    id: 'redirected',
    title: 'The request is redirected to another place, which does not allow the page',
    prints: [
      {
        engine: 'webkit',
        text:
          'Cross-origin redirection to {to} denied by Cross-Origin Resource Sharing policy: ' +
          'Origin {origin} is not allowed by Access-Control-Allow-Origin.',
        alone: true,
      },
    ],
    refines: ['no-origin', 'origin-not-allowed', 'other-origin'],
    when: ({ redirectedFrom, status = 0 }) => redirectedFrom !== undefined || (status >= 300 && status < 400),
    happened:
      'The request was redirected{withStatus}, from {firstUrl} to {target}, ' +
      'and an answer on that way does not allow the page.',
    isNot:
      'Not a matter of the API where another host answers at the end, such as a login page: ' +
      'a script cannot log in there.',
    leads: [
      { text: 'The session is over, and something in front of the API sends the request on to a login page.' },
      {
        text:
          'The page asks for http:// or for another spelling of the path, ' +
          'and the redirect carries no Access-Control-Allow-Origin.',
      },
      {
        text:
          'The redirect leads to another origin. ' +
          'The browser then sends "Origin: null" there, which no list of origins has.',
      },
    ],
    see: 'In the Network panel, the row with a status of 3xx and its Location header, and the row after it.',
    fixes: {
      any:
        'Let the page ask for the final URL. ' +
        'Let the API answer 401 in place of a redirect to a login page, and let the page itself go there.',
    },
  },
  {
    id: 'failed-first',
    title: 'The API fails, and its error has no Access-Control-Allow-Origin',
    prints: [],
    refines: ['no-origin', 'origin-not-allowed'],
    when: ({ preflight, status = 0 }) => preflight !== true && status >= 400,
    happened:
      'The request to {api} was answered with {anErrorStatus}, ' +
      'and that error carries no Access-Control-Allow-Origin for {page}.',
    isNot: 'This is rarely CORS: the request failed first. The missing header only hides the error from the page.',
    leads: [
      { status: [401], text: 'The authorizer refuses the token: it is missing, over, or for another audience.' },
      {
        status: [403],
        text: 'The token, API key or signature is refused (authorizer, key, IAM, resource policy, AWS WAF).',
      },
      {
        status: [403],
        text: 'The path or the stage does not exist: a REST API answers 403 "Missing Authentication Token".',
      },
      {
        status: [403],
        text: 'CloudFront in front of the API does not allow the method, or forwards the Host header of the viewer.',
      },
      { status: [404], text: 'No route of the HTTP API takes this method and path, or the backend does not know it.' },
      { status: [400], text: 'The request validator or the backend does not take the request.' },
      { status: [413], text: 'The body is too large: API Gateway takes 10 MB, a Lambda function 6 MB.' },
      { status: [415], text: 'The integration has no template for the content type of the request.' },
      { status: [429], text: 'Too many requests: throttling, a usage plan, or the concurrency limit of the function.' },
      {
        status: [500],
        text:
          'The integration, a mapping template or the Lambda authorizer fails. ' +
          'The execution log of the stage says which.',
      },
      {
        status: [502],
        text: 'The Lambda function crashed, or returned something that is not a response. Its log says which.',
      },
      { status: [503], text: 'The backend is not available, or the integration cannot reach it.' },
      { status: [504], text: 'The function or backend is too slow: API Gateway gives up after 29 or 30 seconds.' },
      {
        text:
          'A preflight that is refused can read the same in this browser: ' +
          'see whether the row with this status has the method OPTIONS.',
      },
    ],
    see: `${SEE} The body of the error and the log of the function tell the rest.`,
    fixes: {
      ...ON_RESPONSES,
      any: 'Repair what failed. Then let errors carry the header as well, so that the page can read the next one.',
    },
  },
  {
    id: 'no-origin',
    title: 'The response has no Access-Control-Allow-Origin',
    prints: [
      {
        engine: 'chromium',
        text: "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        key: 'MissingAllowOriginHeader',
      },
      { engine: 'firefox', text: 'CORS header ‘Access-Control-Allow-Origin’ missing', key: 'CORSMissingAllowOrigin' },
    ],
    happened:
      'The response from {api} has no Access-Control-Allow-Origin{withStatus}, so the browser hides it from {page}.',
    isNot:
      'It may not be CORS at all: an error (4xx, 5xx) that came before the backend reads the same. ' +
      'Look at the status first.',
    leads: [
      {
        text:
          'The Lambda function or backend behind a proxy integration does not send the header. ' +
          'That OPTIONS is answered well does not help.',
      },
      { text: "The request failed, and the gateway's own error (401, 403, 429, 5xx) does not carry the header." },
      {
        text:
          'A non-proxy integration response does not map the header, ' +
          'or the API was not deployed again after it did.',
      },
      { text: '{page} is not in the list of the API: one that compares origins sends nothing to the others.' },
      { text: 'The URL is wrong, and another server answers.' },
    ],
    see: SEE,
    fixes: ON_RESPONSES,
  },
  {
    id: 'origin-not-allowed',
    title: 'Safari: the origin is not allowed',
    prints: [{ engine: 'webkit', text: 'Origin {origin} is not allowed by Access-Control-Allow-Origin', alone: true }],
    happened:
      'Access-Control-Allow-Origin is missing on an answer from {api}{withStatus}, or has another value than {page}.',
    isNot: 'Safari does not tell the two apart, nor whether it speaks of the preflight (OPTIONS) or of the response.',
    leads: [
      {
        when: ({ origin }) => origin === 'null',
        text:
          'The browser sent "Origin: null": it does so after a redirect to another origin, ' +
          'from a sandboxed frame and from a local file.',
      },
      {
        status: [204],
        text: 'A 204 is the usual answer to a preflight: the OPTIONS of the path sends another origin, or none.',
      },
      { text: 'The header names a different origin: another host, scheme or port, a slash at its end, a pattern.' },
      { text: 'The function or backend does not send the header with the actual response.' },
      { text: '{page} is not in the list of the API, which then sends nothing.' },
    ],
    see: SEE,
    fixes: EXACT_ORIGIN,
  },
];
