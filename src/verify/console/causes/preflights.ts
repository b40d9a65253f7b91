/** What goes wrong with the answer to a preflight before anybody looks at its lists. */
import type { Cause, Fixes, Lead } from '../cause';

const SEE =
  'Open the Network panel and look at the row with the method OPTIONS: its status and its response headers. ' +
  '`cdk-cors probe {url} --origin {pageOrigin} --method PUT` shows the same without a browser.';

/** By status. A preflight carries no cookie, no token, no key and no header of the page. */
const LEADS: readonly Lead[] = [
  {
    status: [403],
    text:
      'The path has no OPTIONS method. ' +
      'A REST API then answers 403 "Missing Authentication Token", and does so for a wrong stage or path as well.',
  },
  {
    status: [401, 403],
    text: 'An authorizer (or IAM) stands in front of OPTIONS. A preflight never carries a token, so it is refused.',
  },
  { status: [403], text: 'OPTIONS asks for an API key, which a preflight never carries.' },
  {
    status: [403],
    text:
      'A resource policy, AWS WAF or CloudFront refuses it: a behavior that does not allow OPTIONS, ' +
      'or one that forwards the Host header of the viewer.',
  },
  {
    status: [404],
    text: 'No route takes OPTIONS on this path, and the HTTP API has no CORS configuration: it answers 404.',
  },
  { status: [405], text: 'OPTIONS reaches the backend, whose web framework does not handle it.' },
  {
    status: [415],
    text: 'The mock integration behind OPTIONS has no request template for what arrives, and refuses everything else.',
  },
  {
    status: [500],
    text:
      'The mock integration behind OPTIONS fails: its request template has to give a number such as ' +
      '{"statusCode": 200}, and an API with binary media types has to convert it to text.',
  },
  {
    status: [500, 502],
    text:
      'OPTIONS reaches the Lambda function, and the function fails on it or returns something that is not a ' +
      'response. Its log says which.',
  },
  { status: [503, 504], text: 'OPTIONS reaches a backend that does not answer in time.' },
  { status: [429], text: 'The API is throttled, and the preflight counts as a request.' },
  {
    status: [400],
    text: 'A request validator stands in front of OPTIONS, or a proxy in front of the API does not take the request.',
  },
];

const ALLOW_OPTIONS: Fixes = {
  rest:
    "`EnableCors.on(api, { allowOrigins: ['{pageOrigin}'] })` adds an OPTIONS method without authorizer, " +
    'key and validator to every path.',
  http:
    "`EnableCors.on(api, { allowOrigins: ['{pageOrigin}'] })`, or `CorsConfiguration` with AllowOrigins, " +
    'AllowMethods and AllowHeaders: API Gateway then answers preflights itself. ' +
    'Routes `ANY` and `$default` with an authorizer need an OPTIONS route without one beside them.',
  lambda:
    'Where OPTIONS reaches the function, answer it with 204 and the three headers before any other code runs: ' +
    '`CorsRuntime` and `withCors(handler)` do.',
  sam:
    '`Cors` of `AWS::Serverless::Api` (with `AllowOrigin`, `AllowMethods`, `AllowHeaders`), ' +
    'and `Auth: { AddDefaultAuthorizerToCorsPreflight: false }`. ' +
    'For `AWS::Serverless::HttpApi`: `CorsConfiguration`.',
  cdk:
    "`defaultCorsPreflightOptions: { allowOrigins: ['{pageOrigin}'] }` of `RestApi`; " +
    '`corsPreflight` of `HttpApi`. ' +
    'No default authorizer on OPTIONS.',
};

export const preflights: readonly Cause[] = [
  {
    id: 'preflight-redirect',
    title: 'The preflight is redirected',
    prints: [
      {
        engine: 'chromium',
        text: 'Redirect is not allowed for a preflight request.',
        preflight: true,
        key: 'PreflightDisallowedRedirect',
      },
      { engine: 'firefox', text: 'CORS request external redirect not allowed', key: 'CORSExternalRedirectNotAllowed' },
    ],
    refines: ['no-origin', 'preflight-status'],
    when: ({ preflight, status = 0 }) => preflight === true && status >= 300 && status < 400,
    happened:
      'The preflight (OPTIONS) to {api} was answered with a redirect{withStatus}, and browsers never follow one there.',
    isNot: 'Headers do not help: a redirected preflight fails whatever it carries.',
    leads: [
      {
        text: 'The page asks for http:// and the server (CloudFront, a load balancer) sends everybody on to https://.',
      },
      {
        text:
          'A slash at the end of the path is missing or too many, ' +
          'and the web framework redirects to the other spelling.',
      },
      { text: 'The host is an old one (without www., another region) that sends visitors on to the new one.' },
      {
        text:
          'Something in front of the API sends requests without a session to a login page, ' +
          'and a preflight carries no cookie.',
      },
    ],
    see: `${SEE} The header Location says where it leads.`,
    fixes: {
      any:
        'Let the page ask for the final URL: https, the exact host, the exact path. ' +
        'Let a login redirect leave OPTIONS alone.',
    },
  },
  {
    id: 'preflight-status',
    title: 'The preflight gets an error status',
    prints: [
      { engine: 'chromium', text: 'It does not have HTTP ok status.', preflight: true, key: 'PreflightInvalidStatus' },
      {
        engine: 'firefox',
        text: 'CORS preflight response did not succeed',
        preflight: true,
        key: 'CORSPreflightDidNotSucceed',
      },
      { engine: 'firefox', text: 'CORS preflight channel did not succeed', preflight: true, older: true },
      { engine: 'webkit', text: 'Preflight response is not successful', preflight: true },
    ],
    refines: ['no-origin', 'origin-not-allowed'],
    when: ({ preflight, status = 0 }) => preflight === true && status >= 400,
    happened:
      'The preflight (OPTIONS) to {api} was answered with {anErrorStatus}; ' +
      'browsers go on only after a status from 200 to 299.',
    isNot: 'A longer list of headers does not help before the status is 2xx (200, 204).',
    leads: LEADS,
    see: SEE,
    fixes: ALLOW_OPTIONS,
  },
  {
    id: 'preflight-no-origin',
    title: 'The answer to the preflight has no Access-Control-Allow-Origin',
    prints: [],
    refines: ['no-origin'],
    when: ({ preflight }) => preflight === true,
    happened: 'The answer to the preflight (OPTIONS) to {api} has no Access-Control-Allow-Origin{withStatus}.',
    isNot:
      'Often not a matter of headers: an OPTIONS that is refused with 401, 403, 404 or 500 reads the same, ' +
      'since the status is not in this text. ' +
      'Look at it in the Network panel first.',
    leads: [
      ...LEADS.slice(0, 2),
      {
        status: [200, 204],
        text:
          'OPTIONS is answered, but not for this page: an API that compares origins sends nothing to one that is ' +
          'not in its list, and {page} has to be there exactly.',
      },
      ...LEADS.slice(2, 5),
      ...LEADS.slice(7, 9),
    ],
    see: SEE,
    fixes: ALLOW_OPTIONS,
  },
];
