/** The request has credentials, and the answer does not allow them. */
import type { Cause, Fixes } from '../cause';

const SEE =
  'Open the Network panel and look at the response headers, of OPTIONS and of the request itself. ' +
  '`cdk-cors probe {url} --origin {pageOrigin} --credentials` shows the same without a browser.';

const ALLOW_CREDENTIALS: Fixes = {
  any:
    "If the page needs no cookies, leave out `credentials: 'include'` (`withCredentials` of XMLHttpRequest and " +
    'axios): tokens in a header do not need it.',
  rest: "`EnableCors.on(api, { allowOrigins: ['{pageOrigin}'], allowCredentials: true })`.",
  http:
    '`CorsConfiguration` with AllowCredentials: true, and origins by name in AllowOrigins; ' +
    'the same in `EnableCors.on`.',
  lambda:
    "Return `'Access-Control-Allow-Origin': '{pageOrigin}'` and `'Access-Control-Allow-Credentials': 'true'` " +
    '(a text) with every response.',
  sam:
    '`AllowCredentials: true` with `AllowOrigin: "\'{pageOrigin}\'"` of `Cors`; ' +
    'the function behind it returns both headers as well.',
  cdk:
    "`defaultCorsPreflightOptions: { allowOrigins: ['{pageOrigin}'], allowCredentials: true }`; " +
    'the function returns both headers as well.',
};

export const credentials: readonly Cause[] = [
  {
    id: 'star-with-credentials',
    title: 'Access-Control-Allow-Origin is * and the request has credentials',
    prints: [
      {
        engine: 'chromium',
        text:
          "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' " +
          "when the request's credentials mode is 'include'.",
        key: 'WildcardOriginNotAllowed',
      },
      {
        engine: 'firefox',
        text: 'Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’',
        key: 'CORSNotSupportingCredentials',
      },
      {
        engine: 'webkit',
        text: 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.',
        alone: true,
      },
    ],
    happened:
      'The request has credentials (cookies), and Access-Control-Allow-Origin of {api} is *, ' +
      'which with credentials is not a wildcard.',
    leads: [
      {
        text:
          'The API is open to every page (*), and the page asks for cookies: ' +
          'with them the API has to name the exact origin.',
      },
      { text: 'A library sends credentials without need.' },
    ],
    see: SEE,
    fixes: ALLOW_CREDENTIALS,
  },
  {
    id: 'allow-credentials',
    title: 'Access-Control-Allow-Credentials is not true',
    prints: [
      {
        engine: 'chromium',
        text:
          "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which must be " +
          "'true' when the request's credentials mode is 'include'.",
        key: 'InvalidAllowCredentials',
      },
      {
        engine: 'firefox',
        text: 'expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’',
        key: 'CORSMissingAllowCredentials',
      },
      {
        engine: 'webkit',
        text: 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".',
        alone: true,
      },
    ],
    happened:
      'The request has credentials (cookies), and Access-Control-Allow-Credentials of {api} is {credentialsValue}.',
    leads: [
      {
        when: ({ gaps }) => !gaps.value,
        text: 'Nobody sends the header: it is missing on OPTIONS, on the response, or on both.',
      },
      {
        when: ({ gaps }) => gaps.value !== '',
        text:
          'It has to be exactly true: in lower case, once, and a text. ' +
          'Where it is false, leave the header out or send true.',
      },
      { text: 'A library sends credentials without need.' },
    ],
    see: SEE,
    fixes: ALLOW_CREDENTIALS,
  },
];
