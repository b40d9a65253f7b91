/** The answer to the preflight does not list the method, or a header, of the request. */
import type { Cause, Fixes } from '../cause';

const SEE =
  'Open the Network panel and look at the response headers of the row with the method OPTIONS. ' +
  '`cdk-cors probe {url} --origin {pageOrigin} --method PUT` shows the same without a browser.';

const METHODS: Fixes = {
  rest: '`EnableCors.on(api, …)` lists the methods that each path has; with `allowMethods` it lists exactly those.',
  http: 'List `{method}` in AllowMethods of `CorsConfiguration`.',
  lambda: 'Where the function answers OPTIONS, return `Access-Control-Allow-Methods` with `{method}` in it.',
  sam:
    '`AllowMethods: "\'GET,PUT,DELETE\'"` of `Cors` of `AWS::Serverless::Api`, in both kinds of quotes; ' +
    'a list for `AWS::Serverless::HttpApi`.',
  cdk:
    "`defaultCorsPreflightOptions: { allowMethods: ['{method}'] }`, or `Cors.ALL_METHODS`; " +
    '`allowMethods` of `corsPreflight`.',
};

const HEADERS: Fixes = {
  rest: "`EnableCors.on(api, { allowOrigins: ['{pageOrigin}'], allowHeaders: [...CorsHeaders.DEFAULT, '{header}'] })`.",
  http: 'List `{header}` in AllowHeaders of `CorsConfiguration`, or in `allowHeaders` of `EnableCors.on`.',
  lambda: 'Where the function answers OPTIONS, return `Access-Control-Allow-Headers` with `{header}` in it.',
  sam:
    '`AllowHeaders: "\'content-type,{header}\'"` of `Cors` of `AWS::Serverless::Api`, in both kinds of quotes; ' +
    'a list for `AWS::Serverless::HttpApi`.',
  cdk:
    "`defaultCorsPreflightOptions: { allowHeaders: [...Cors.DEFAULT_HEADERS, '{header}'] }`; " +
    '`allowHeaders` of `corsPreflight`.',
};

const TRACING =
  /^(traceparent|tracestate|baggage|sentry-trace|x-datadog-.*|b3|x-b3-.*|x-amzn-trace-id|newrelic|uber-trace-id)$/i;

export const lists: readonly Cause[] = [
  {
    id: 'method',
    title: 'The method is not in Access-Control-Allow-Methods',
    prints: [
      {
        engine: 'chromium',
        text: 'Method {method} is not allowed by Access-Control-Allow-Methods in preflight response.',
        preflight: true,
        key: 'MethodDisallowedByPreflightResponse',
      },
      {
        engine: 'firefox',
        text: 'Did not find method in CORS header ‘Access-Control-Allow-Methods’',
        preflight: true,
        key: 'CORSMethodNotFound',
      },
      {
        engine: 'webkit',
        text: 'Method {method} is not allowed by Access-Control-Allow-Methods.',
        preflight: true,
        alone: true,
      },
    ],
    happened:
      'The answer to the preflight (OPTIONS) to {api} does not list {theMethod} in Access-Control-Allow-Methods.',
    leads: [
      {
        when: ({ gaps: { method = '' } }) => method !== method.toUpperCase(),
        text:
          'The page writes {method} in lower case: methods are compared by case, and fetch leaves it as it is. ' +
          'Write it in upper case.',
      },
      { text: 'The list was written by hand and lacks the method.' },
      { text: 'The header is missing: only GET, HEAD and POST pass without it.' },
      { text: 'It is *, and the request has credentials, with which * is not a wildcard.' },
    ],
    see: SEE,
    fixes: METHODS,
  },
  {
    id: 'response-header-sent',
    title: 'The page sends a response header',
    prints: [],
    refines: ['header'],
    when: ({ gaps }) => /^(access-control-(allow|expose)-|access-control-max-age$)/i.test(gaps.header ?? ''),
    happened: 'The page sends {header} as a request header; it is a response header, which belongs to the server.',
    isNot: 'Not a header to allow: the API does not need it.',
    leads: [
      {
        text:
          "A script sets {header} in fetch, axios or a client's defaults, in the hope that it helps. " +
          'It does nothing but harm.',
      },
    ],
    see: 'Search the code of the page for the name of the header.',
    fixes: { any: 'Remove {header} from what the page sends.' },
  },
  {
    id: 'tracing-header',
    title: 'A tracing script adds a header',
    prints: [],
    refines: ['header'],
    when: ({ gaps }) => TRACING.test(gaps.header ?? ''),
    happened: 'The answer to the preflight (OPTIONS) to {api} does not list {header} in Access-Control-Allow-Headers.',
    leads: [{ text: 'A monitoring or tracing script adds {header} to the requests of the page on its own.' }],
    see: SEE,
    fixes: {
      ...HEADERS,
      any: 'Allow the header, or tell the tracing script to leave this API out (its list of origins to propagate to).',
      rest:
        '`EnableCors.on(api, ' +
        "{ allowOrigins: ['{pageOrigin}'], allowHeaders: [...CorsHeaders.DEFAULT, ...CorsHeaders.TRACING] })`.",
    },
  },
  {
    id: 'header',
    title: 'A request header is not in Access-Control-Allow-Headers',
    prints: [
      {
        engine: 'chromium',
        text: 'Request header field {header} is not allowed by Access-Control-Allow-Headers in preflight response.',
        preflight: true,
        key: 'HeaderDisallowedByPreflightResponse',
      },
      {
        engine: 'firefox',
        text:
          'header ‘{header}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS ' +
          'preflight response',
        preflight: true,
        key: 'CORSMissingAllowHeaderFromPreflight',
      },
      {
        engine: 'firefox',
        text: 'missing token ‘{header}’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel',
        preflight: true,
        older: true,
      },
      {
        engine: 'webkit',
        text: 'Request header field {header} is not allowed by Access-Control-Allow-Headers.',
        preflight: true,
        alone: true,
      },
    ],
    happened:
      'The answer to the preflight (OPTIONS) to {api} does not list {theHeader} in Access-Control-Allow-Headers.',
    leads: [
      {
        when: ({ gaps }) => gaps.header?.toLowerCase() === 'content-type',
        text: 'The page sends JSON. Its content-type, application/json, needs to be allowed.',
      },
      {
        text:
          'The list was written by hand and lacks the header. ' +
          'Browsers name one header at a time: look for others that the page sends.',
      },
      { text: 'It is *, and the request has credentials, with which * is not a wildcard.' },
      {
        when: ({ gaps }) => gaps.header?.toLowerCase() === 'authorization',
        text: 'It is *, which by the Fetch Standard does not cover Authorization: list it by name.',
      },
      { text: 'OPTIONS reaches a backend that answers it without the header.' },
    ],
    see: SEE,
    fixes: HEADERS,
  },
  {
    id: 'list-syntax',
    title: 'A list in the answer to the preflight cannot be read',
    prints: [
      {
        engine: 'chromium',
        text: 'Cannot parse Access-Control-Allow-{list} response header field in preflight response.',
        preflight: true,
        key: 'InvalidAllowMethodsPreflightResponse',
      },
      {
        engine: 'firefox',
        text: 'invalid token ‘{value}’ in CORS header ‘Access-Control-Allow-{list}’',
        preflight: true,
        key: 'CORSInvalidAllowHeader',
      },
      {
        engine: 'webkit',
        text: 'Header Access-Control-Allow-{list} has an invalid value: {value}',
        preflight: true,
        alone: true,
      },
    ],
    happened:
      'Access-Control-Allow-{list} of the answer to the preflight is not a list of names with commas between ' +
      'them{withValue}.',
    leads: [
      { text: 'The names have a semicolon or a space between them where a comma belongs.' },
      {
        text:
          'Quotes or brackets are one layer too many: a JSON list, ' +
          'or a mapping value in quotes that a function returns.',
      },
    ],
    see: SEE,
    fixes: {
      any: 'Write the names with commas between them and without quotes: content-type,authorization.',
      rest: 'Give `EnableCors.on` lists: it writes the header.',
    },
  },
  {
    id: 'authorization-under-star',
    title: 'Firefox warns: * does not cover Authorization',
    prints: [
      {
        engine: 'firefox',
        text: 'When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered.',
        preflight: true,
      },
    ],
    happened:
      'Access-Control-Allow-Headers is * and the page sends Authorization. ' +
      'This is a warning: the request went through.',
    leads: [
      {
        text:
          'By the Fetch Standard * does not cover Authorization. ' +
          'Browsers still let it pass, and ask again before every request.',
      },
    ],
    see: SEE,
    fixes: { ...HEADERS, any: 'List Authorization by name.' },
  },
];
