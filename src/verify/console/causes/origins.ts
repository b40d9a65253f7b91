/** What goes wrong with Access-Control-Allow-Origin. */
import type { Cause, Fixes, Message } from '../cause';

const SEE =
  'Open the Network panel and look at the status and the response headers of the request (not of the preflight). ' +
  '`cdk-cors probe {url} --origin {pageOrigin}` shows the same without a browser.';

const ON_RESPONSES: Fixes = {
  rest:
    "`addCors(api, { allowOrigins: ['{pageOrigin}'] })` adds the header to the integration responses and to the " +
    "gateway's own errors. A proxy integration returns what the backend sends, so the backend has to send it.",
  http:
    "`addCors(api, { allowOrigins: ['{pageOrigin}'] })`, or AllowOrigins of `CorsConfiguration`: " +
    'API Gateway then adds the header to every response.',
  lambda:
    "Return `'Access-Control-Allow-Origin': '{pageOrigin}'` with every response, errors included: " +
    '`CorsRuntime` with `withCors(handler)` or `@with_cors` does.',
  sam:
    'Behind `AWS::Serverless::Api` the function returns the header itself; `Cors` only covers OPTIONS. ' +
    "`GatewayResponses: { DEFAULT_4XX: …, DEFAULT_5XX: … }` covers the gateway's errors. " +
    'For `AWS::Serverless::HttpApi`: `CorsConfiguration`.',
  cdk:
    '`defaultCorsPreflightOptions` only covers OPTIONS: return the header from the function, ' +
    "and add it to the gateway's errors with " +
    "`api.addGatewayResponse('Errors', " +
    "{ type: ResponseType.DEFAULT_5XX, responseHeaders: { 'Access-Control-Allow-Origin': " +
    '"\'{pageOrigin}\'" } })`. For `HttpApi`: `corsPreflight`.',
};

const EXACT_ORIGIN: Fixes = {
  rest:
    "`addCors(api, { allowOrigins: ['{pageOrigin}'] })`, with every origin that a page of yours has: " +
    'it answers with the one that asks.',
  http: 'List `{pageOrigin}` in AllowOrigins of `CorsConfiguration`, or in `allowOrigins` of `addCors`.',
  lambda:
    'Compare the Origin of the request with your list, and return that one origin, with `Vary: Origin`: ' +
    '`CorsRuntime` with `withCors(handler)` or `@with_cors` does.',
  sam:
    '`AllowOrigin: "\'{pageOrigin}\'"` of `AWS::Serverless::Api` takes one origin, in both kinds of quotes; ' +
    '`AllowOrigins` of `AWS::Serverless::HttpApi` takes a list.',
  cdk:
    "`defaultCorsPreflightOptions: { allowOrigins: ['{pageOrigin}'] }`; " +
    'the function behind a proxy integration returns the same value.',
};

const ONE_LAYER: Fixes = {
  rest: 'Behind a proxy integration only the backend sets the header; on any other integration only the gateway does.',
  http: 'With a CORS configuration, API Gateway replaces what the backend sends: leave the header to it.',
  lambda:
    'Let the function set it, or the function URL, or CloudFront: one of them. ' +
    'A function behind a URL with `Cors` sets none.',
  sam: 'Remove the header from the function where `FunctionUrlConfig: { Cors: … }` or `CorsConfiguration` is there.',
  cdk:
    'Remove the header from the function where `addFunctionUrl({ cors })` is there, or the other way round; ' +
    'of two middlewares that set it, keep one.',
};

export const origins: readonly Cause[] = [
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
      { text: 'The function or backend does not send the header with the real response.' },
      { text: '{page} is not in the list of the API, which then sends nothing.' },
    ],
    see: SEE,
    fixes: EXACT_ORIGIN,
  },
  {
    id: 'several-origins',
    title: 'Access-Control-Allow-Origin has several values',
    prints: [
      {
        engine: 'chromium',
        text: "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one is allowed.",
        key: 'MultipleAllowOriginValues',
      },
      {
        engine: 'firefox',
        text: 'Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed',
        key: 'CORSMultipleAllowOriginNotAllowed',
      },
      { engine: 'webkit', text: 'Access-Control-Allow-Origin cannot contain more than one origin.', alone: true },
    ],
    refines: ['other-origin', 'not-an-origin'],
    when: ({ gaps }) => gaps.value?.includes(',') === true,
    happened: 'Access-Control-Allow-Origin of {api} has several values{withValue}; browsers take exactly one origin.',
    leads: [
      {
        when: ({ gaps }) => !isList(gaps.value),
        text:
          'Two layers both set the header: the function and its function URL, the backend and the gateway, ' +
          'or CloudFront as well.',
      },
      {
        when: ({ gaps }) => gaps.value === undefined || isList(gaps.value),
        text: 'A list of all allowed origins is written into one header. It takes a single origin: the one that asks.',
      },
      {
        when: ({ gaps }) => !isList(gaps.value),
        text: 'Two middlewares of one server set it, one with * and one with the origin.',
      },
    ],
    see: SEE,
    fixes: {
      ...ONE_LAYER,
      any: 'Send one value, set by one layer. Of a list, send the one origin that asks, with `Vary: Origin`.',
    },
  },
  {
    id: 'not-an-origin',
    title: 'Access-Control-Allow-Origin is not an origin',
    prints: [
      {
        engine: 'chromium',
        text: "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.",
        key: 'InvalidAllowOriginValue',
      },
    ],
    refines: ['other-origin'],
    when: ({ gaps: { value } }) =>
      value !== undefined && (value === '' || /^'.*'$/.test(value) || !/[:*]|^null$/.test(value)),
    happened: "Access-Control-Allow-Origin of {api} is '{value}', which is not an origin.",
    leads: [
      {
        when: ({ gaps }) => gaps.value === '',
        text: 'The value is empty: an environment or stage variable that is not set.',
      },
      {
        when: ({ gaps }) => /^'.*'$/.test(gaps.value ?? "''"),
        text:
          'The quotes are one layer too many. ' +
          'REST API mappings are written with quotes; a function returns the value without them.',
      },
      {
        when: ({ gaps }) => gaps.value !== '',
        text: 'The scheme is missing: an origin is scheme://host, such as {pageOrigin}.',
      },
    ],
    see: SEE,
    fixes: EXACT_ORIGIN,
  },
  {
    id: 'other-origin',
    title: 'Access-Control-Allow-Origin names another origin',
    prints: [
      {
        engine: 'chromium',
        text:
          "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the supplied " +
          'origin.',
        key: 'AllowOriginMismatch',
      },
      {
        engine: 'firefox',
        text: 'CORS header ‘Access-Control-Allow-Origin’ does not match ‘{value}’',
        key: 'CORSAllowOriginNotMatchingOrigin',
      },
    ],
    happened:
      "Access-Control-Allow-Origin of {api} is '{value}', and the page is {page}: " +
      'browsers compare them character by character.',
    leads: [
      {
        when: ({ gaps }) => gaps.value?.endsWith('/') === true,
        text: 'The value has a slash at its end. An origin has none.',
      },
      {
        when: ({ gaps }) => gaps.value?.includes('*') === true,
        text: 'A * inside an origin is not a wildcard to browsers, which take it literally: send the one exact origin.',
      },
      {
        when: ({ gaps }) => gaps.value === 'null',
        text: 'The value is "null", which only a sandboxed frame or a local file sends.',
      },
      { when: differsIn(/^[a-z][a-z0-9+.-]*:/i), text: 'Only the scheme differs: http is not https.' },
      { when: differsIn(/:\d+$/), text: 'Only the port differs, and it counts.' },
      { when: differsIn(/\/\/www\./, '//'), text: 'Only www. differs, and it counts.' },
      {
        when: ({ gaps, origin }) => gaps.value !== origin && gaps.value?.toLowerCase() === origin?.toLowerCase(),
        text: 'Only upper and lower case differ: browsers send the host in lower case.',
      },
      {
        text:
          'The API allows one fixed origin, and this page has a different one (staging, localhost, ' +
          'the bare domain).',
      },
      {
        text:
          'A cache keeps the answer for one page and gives it to another: `Vary: Origin` is missing, ' +
          'or CloudFront has no Origin in its cache key.',
      },
    ],
    see: SEE,
    fixes: EXACT_ORIGIN,
  },
];

/** A list of different origins, not one value twice and not a star beside an origin. */
function isList(value: string | undefined): boolean {
  const items = value?.split(',').map((item) => item.trim()) ?? [];
  return items.length > 1 && new Set(items).size === items.length && !items.includes('*');
}

/** Whether the value and the origin are the same once this is taken out of both. */
function differsIn(part: RegExp, replacement = ''): (message: Message) => boolean {
  return ({ gaps: { value }, origin }) =>
    value !== undefined &&
    origin !== undefined &&
    value !== origin &&
    value.replace(part, replacement) === origin.replace(part, replacement);
}
