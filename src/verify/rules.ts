import type { ApiKind } from './model/api-model';
import { CorsOutcome } from './verdict';

/**
 * Everything that can decide a verdict, one row each: the step of the request, what becomes of it,
 * what to change, and where the Fetch Standard and AWS's guide say so. The judge, the assertions,
 * the plugin and the command line read it here.
 */
interface RuleRow {
  readonly outcome: CorsOutcome;
  /** Where on the way of the request it is decided. */
  readonly step: string;
  /** What to change, in the terms of a REST API. */
  readonly fix: string;
  readonly fixForHttpApis?: string;
  readonly fixForFunctionUrls?: string;
  /** The passage of the Fetch Standard. */
  readonly standard?: string;
  /**
   * The passage of AWS's guide to REST APIs; default: its page about CORS. HTTP APIs have one page.
   */
  readonly guide?: string;
}

const ORIGIN_OF_HTTP_APIS =
  "List the origin in AllowOrigins of the API's CORS configuration, spelled exactly as the browser sends it.";
const CREDENTIALS_OF_HTTP_APIS =
  "Set AllowCredentials: true in the API's CORS configuration, and list origins instead of *.";
const ORIGIN_OF_URLS =
  'List the origin in AllowOrigins of Cors of the function URL, spelled exactly as the browser sends it, ' +
  'and let the function send no Access-Control-Allow-Origin. ' +
  'Or give the URL no Cors and have the function send it (withCors does).';
const CREDENTIALS_OF_URLS = 'Set AllowCredentials: true in Cors of the function URL, and list origins instead of *.';
/** The page has a passage for each type of integration. */
const BY_INTEGRATION = 'how-to-cors.html#apigateway-enable-cors-';

const { ALLOWED, BLOCKED, BROKEN, DEPENDS_ON_BACKEND, UNKNOWN } = CorsOutcome;

export const RULES = {
  ok: { outcome: ALLOWED, step: 'nothing', fix: '' },
  request: {
    outcome: BLOCKED,
    step: 'before anything is sent',
    fix: 'Change the request: no browser sends it.',
    standard: 'forbidden-method',
  },
  'preflight-answer': {
    outcome: BLOCKED,
    step: 'the status of the preflight',
    fix:
      'Let an OPTIONS method without authorizer, API key and validator answer this path with a status from 200 ' +
      'to 299.',
    fixForHttpApis:
      'Let API Gateway answer: give the API a CORS configuration, and list methods instead of ANY and $default. ' +
      'Or put an OPTIONS route without an authorizer beside them, ' +
      'with an integration that answers it with a status from 200 to 299.',
    fixForFunctionUrls:
      'Give the function URL Cors: Lambda then answers preflights itself. ' +
      'Or have the function answer OPTIONS with a status from 200 to 299 (withCors does).',
    standard: 'cors-preflight-fetch',
  },
  'preflight-origin': {
    outcome: BLOCKED,
    step: 'the origin in the answer to the preflight',
    fix: 'Add the origin to what the answer to OPTIONS allows, spelled exactly as the browser sends it.',
    fixForHttpApis: ORIGIN_OF_HTTP_APIS,
    fixForFunctionUrls: ORIGIN_OF_URLS,
    standard: 'concept-cors-check',
  },
  'preflight-credentials': {
    outcome: BLOCKED,
    step: 'the credentials in the answer to the preflight',
    fix: 'Send Access-Control-Allow-Credentials: true with the answer to OPTIONS, and an exact origin instead of *.',
    fixForHttpApis: CREDENTIALS_OF_HTTP_APIS,
    fixForFunctionUrls: CREDENTIALS_OF_URLS,
    standard: 'cors-protocol-and-credentials',
  },
  'preflight-method': {
    outcome: BLOCKED,
    step: 'the methods in the answer to the preflight',
    fix: 'List the method in Access-Control-Allow-Methods of the answer to OPTIONS.',
    fixForHttpApis: "List the method in AllowMethods of the API's CORS configuration.",
    fixForFunctionUrls: 'List the method in AllowMethods of Cors of the function URL.',
    standard: 'http-access-control-allow-methods',
  },
  'preflight-header': {
    outcome: BLOCKED,
    step: 'the headers in the answer to the preflight',
    fix: 'List the header in Access-Control-Allow-Headers of the answer to OPTIONS.',
    fixForHttpApis: "List the header in AllowHeaders of the API's CORS configuration.",
    fixForFunctionUrls: 'List the header in AllowHeaders of Cors of the function URL.',
    standard: 'http-access-control-allow-headers',
  },
  'response-origin': {
    outcome: BLOCKED,
    step: 'the origin in the response',
    fix:
      'Send Access-Control-Allow-Origin with the actual response too, ' +
      'and with the gateway responses that stand for errors.',
    fixForHttpApis: ORIGIN_OF_HTTP_APIS,
    fixForFunctionUrls: ORIGIN_OF_URLS,
    standard: 'concept-cors-check',
    guide: BY_INTEGRATION,
  },
  'response-credentials': {
    outcome: BLOCKED,
    step: 'the credentials in the response',
    fix: 'Send Access-Control-Allow-Credentials: true with the actual response too, and an exact origin instead of *.',
    fixForHttpApis: CREDENTIALS_OF_HTTP_APIS,
    fixForFunctionUrls: CREDENTIALS_OF_URLS,
    standard: 'cors-protocol-and-credentials',
    guide: BY_INTEGRATION,
  },
  'response-headers': {
    outcome: BLOCKED,
    step: 'the headers that the script may read',
    fix: 'List the header in Access-Control-Expose-Headers of the actual response: exposeHeaders of the policy.',
    fixForHttpApis: "List the header in ExposeHeaders of the API's CORS configuration.",
    fixForFunctionUrls: 'List the header in ExposeHeaders of Cors of the function URL.',
    standard: 'http-access-control-expose-headers',
    guide: BY_INTEGRATION,
  },
  wider: {
    outcome: ALLOWED,
    step: 'who else is let in',
    fix: 'Take out of what the API allows whatever lets this origin in, and list exact origins.',
    standard: 'concept-cors-check',
  },
  'gateway-error': {
    outcome: BROKEN,
    step: 'the integration',
    fix: 'Repair the method, or send what it asks for: the request never gets an answer of its integration.',
    guide: 'supported-gateway-response-types.html',
  },
  deployment: {
    outcome: BLOCKED,
    step: 'the deployment',
    fix: 'Repair the template: CloudFormation cannot deploy it.',
  },
  backend: {
    outcome: DEPENDS_ON_BACKEND,
    step: 'the answer of the backend',
    fix: 'No template shows what a backend answers: test the backend, or let API Gateway send the headers.',
    fixForHttpApis:
      'No template shows what a backend answers: test that it answers OPTIONS with a status from 200 to 299. ' +
      'Or let API Gateway answer: with a CORS configuration it does so where no route takes OPTIONS.',
    fixForFunctionUrls:
      'No template shows what the function answers: test it. ' +
      'With Cors the function must send no Access-Control-Allow-Origin, without Cors it has to, ' +
      'and answer OPTIONS with a status from 200 to 299.',
    standard: 'concept-cors-check',
    guide: `${BY_INTEGRATION}proxy`,
  },
  unknown: {
    outcome: UNKNOWN,
    step: 'something that is known only after deployment',
    fix: 'Take the doubt out of the template, or test this request against the deployed API.',
  },
} as const satisfies Record<string, RuleRow>;

/**
 * What to change where a distribution in front of an API, or the function behind it, decided it, by
 * cause: whatever the rule is, the API alone is not at fault.
 */
const CAUSES: Record<string, string> = {
  'function-url-twice':
    'Let one of them send it: take Cors off the function URL, ' +
    'or have its function send no Access-Control-Allow-Origin (no CorsRuntime, no withCors).',
  'distribution-methods':
    'Let the behavior take the method, and OPTIONS: allowedMethods: AllowedMethods.ALLOW_ALL (AllowedMethods ' +
    'in the template).',
  'distribution-host':
    "Do not forward the viewer's Host: originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER, " +
    'and a cache policy without Host in its key.',
  'distribution-origin':
    'Forward Origin and the headers of preflights: originRequestPolicy: ' +
    'OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.',
  'distribution-header':
    'Forward what the API asks for: originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER; ' +
    'Authorization goes only so, or in the headers of the cache policy.',
  'distribution-custom-header': 'Take the header out of the customHeaders (OriginCustomHeaders) of the origin.',
  'distribution-stage': 'Put the stage into originPath (OriginPath) of the origin, as RestApiOrigin does.',
  'distribution-prefix':
    'Put the resources of the API below the prefix of the path pattern: CloudFront does not take it off. ' +
    'Or take it off in a function at viewer-request.',
  'distribution-root': 'Leave defaultRootObject out, or have the API answer that path.',
  'distribution-error-page':
    'Take the status out of errorResponses (CustomErrorResponses), which hold for the API too, ' +
    'and rewrite paths in a function on the behavior of the site instead. Let the API answer OPTIONS.',
  'distribution-policy':
    'Let the response headers policy allow what the API allows, or leave its corsBehavior (CorsConfig) out: ' +
    "with originOverride it takes the place of the API's headers.",
  'distribution-cache':
    'Put Origin into the cache key: a CachePolicy with headerBehavior: ' +
    'CacheHeaderBehavior.allowList("Origin"). ' +
    'Or cachePolicy: CachePolicy.CACHING_DISABLED.',
};

/** What to change, where something in front of the API or behind it is the cause. */
export function fixForCause(cause: string | undefined): string | undefined {
  return cause === undefined ? undefined : CAUSES[cause];
}

/** The name of what decided a verdict. */
export type Rule = keyof typeof RULES;

/**
 * What to change where a request is decided by a rule; where the kind of API is not known,
 * in the terms of a REST API.
 */
export function fixFor(rule: Rule, kind?: ApiKind): string {
  const row: RuleRow = RULES[rule];
  const own = { REST: undefined, HTTP: row.fixForHttpApis, FUNCTION_URL: row.fixForFunctionUrls };
  return (kind && own[kind]) ?? row.fix;
}

/** The passage of the Fetch Standard, where it is one of the standard's rules. */
export function standardFor(rule: Rule): string | undefined {
  const { standard }: RuleRow = RULES[rule];
  return standard && `https://fetch.spec.whatwg.org/#${standard}`;
}

/**
 * AWS's page for this kind of API, at the passage that fits.
 *
 * @param integration type of the one that answers, where one does and it is known
 */
export function guideTo(kind: ApiKind, rule: Rule, integration?: string): string {
  if (kind === 'FUNCTION_URL') return 'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors';
  const { guide = 'how-to-cors.html' }: RuleRow = RULES[rule];
  const page = kind === 'HTTP' ? 'http-api-cors.html' : guide === BY_INTEGRATION ? passageOn(integration) : guide;
  return `https://docs.aws.amazon.com/apigateway/latest/developerguide/${page}`;
}

function passageOn(integration: string | undefined): string {
  if (integration === undefined || integration === 'UNKNOWN') return 'how-to-cors.html';
  return `${BY_INTEGRATION}${integration.endsWith('_PROXY') ? 'proxy' : 'nonproxy'}`;
}
