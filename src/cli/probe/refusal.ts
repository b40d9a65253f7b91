/**
 * Which of the layers in front of an API's code answered with an error or a redirect,
 * and what that usually means.
 */
export interface Refusal {
  readonly layer: string;
  /** What AWS calls it: the error type, the code of S3. */
  readonly error?: string;
  readonly meaning: string;
}

interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** undefined for an answer that refuses nothing. */
export function refusalOf(answer: Answer, host: string): Refusal | undefined {
  if (answer.status < 300) return undefined;
  return (
    redirect(answer) ??
    functionUrl(answer, host) ??
    apiGateway(answer) ??
    cloudFront(answer) ??
    loadBalancer(answer) ??
    s3(answer) ??
    httpApi(answer) ??
    behindApiGateway(answer) ?? {
      layer: answer.headers.server
        ? `a server that calls itself ${answer.headers.server}`
        : 'a server that does not say what it is',
      meaning:
        'Nothing in the answer is typical of API Gateway, CloudFront or a load balancer: ' +
        'look at what stands behind this name.',
    }
  );
}

function redirect({ status, headers }: Answer): Refusal | undefined {
  if (status >= 400 || status === 304 || headers.location === undefined) return undefined;
  const [layer, meaning] = /^awselb\//.test(headers.server ?? '')
    ? ['a load balancer', 'A listener rule redirects, usually from http to https. Ask the https URL.']
    : headers.server === 'CloudFront'
      ? [
          'CloudFront',
          'Its viewer protocol policy redirects http to https, or an edge function redirects. ' +
            'Ask the URL that it names.',
        ]
      : ['a redirect', 'The URL is not the one of the API: often a slash at the end, www. or http instead of https.'];
  return { layer, meaning: `${meaning} Browsers follow no redirect of a preflight.` };
}

function functionUrl({ status, headers }: Answer, host: string): Refusal | undefined {
  if (!/\.lambda-url\.[a-z0-9-]+\.on\.aws$/.test(host.replace(/:\d+$/, ''))) return undefined;
  const error = errorType(headers);
  if (error === undefined) return undefined;
  const meaning = /AccessDenied|Forbidden/.test(error)
    ? 'The URL wants a signature (AuthType AWS_IAM), or its function has no permission for callers without one.'
    : status === 429
      ? 'The function is throttled: its concurrency is used up.'
      : 'The Lambda service answers in place of the function: see the function’s log.';
  return { layer: 'the function URL', error, meaning };
}

/**
 * REST APIs name their errors:
 * https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
 */
function apiGateway({ status, headers, body }: Answer): Refusal | undefined {
  const error = errorType(headers);
  if (error === undefined) return undefined;
  const known = ERROR_TYPES.find(([types]) => types.test(error))?.[1];
  if (known)
    return { layer: 'API Gateway', error, meaning: typeof known === 'string' ? known : known(status, messageOf(body)) };
  return {
    layer: 'an AWS service',
    error,
    meaning: 'API Gateway itself has no error of this name: the service behind the integration refuses.',
  };
}

const ERROR_TYPES: [RegExp, string | ((status: number, message: string) => string)][] = [
  [
    /^ForbiddenException$/,
    'No stage or path mapping of this host takes the URL (the stage in the path, ' +
      'the base path of a custom domain, an API that is not deployed or whose ' +
      'default endpoint is disabled), a route wants an API key, or AWS WAF blocks the request.',
  ],
  [
    /^AccessDeniedException$/,
    (_, message) =>
      /anonymous/i.test(message)
        ? 'The resource policy of the API refuses callers without a signature. ' +
          'A preflight never has one: the policy has to let OPTIONS in.'
        : 'A policy refuses: the resource policy of the API, an IAM policy, or what the authorizer returned. ' +
          'A preflight carries nothing that could convince it.',
  ],
  [
    /^MissingAuthenticationTokenException$/,
    'No route takes this method on this path, whatever the name suggests; ' +
      'or the route wants a signature (IAM). ' +
      'For a preflight: there is no OPTIONS here.',
  ],
  [
    /^(ThrottledException|TooManyRequestsException)$/,
    'Throttling: the rate or burst limit of the stage, the route or the account is used up.',
  ],
  [/^LimitExceededException$/, 'The quota of the usage plan that the API key belongs to is used up.'],
  [
    /^UnauthorizedException$/,
    'The authorizer got no token, or one that it does not take. A preflight never carries one: OPTIONS has to be open.',
  ],
  [
    new RegExp(
      '^(IncompleteSignature|InvalidSignature|SignatureDoesNotMatch|' +
        'UnrecognizedClient|ExpiredToken|InvalidClientTokenId)(Exception)?$',
    ),
    'The route wants a signature (IAM), and this one is missing, wrong or too old. ' +
      'A preflight never has one: OPTIONS has to be open.',
  ],
  [/^BadRequestException$/, 'A request validator misses a parameter, a header or a body, or the request is malformed.'],
  [
    /^UnsupportedMediaTypeException$/,
    'No mapping template takes this content type, and passing it through is switched off.',
  ],
  [/^RequestTooLargeException$/, 'The body is larger than 10 MB.'],
  [/^NotFoundException$/, 'API Gateway found no resource for this path.'],
  [
    /^(InternalServerError|InternalFailure|ServiceUnavailable|GatewayTimeout|EndpointRequestTimedOut)Exception$/,
    (status) =>
      status === 504
        ? 'The integration did not answer in time.'
        : status === 502
          ? 'The function behind the integration failed, or returned something that is not a response.'
          : 'The integration or the authorizer failed, or is configured wrongly: ' +
            'the execution log of the stage says what.',
  ],
];

/**
 * Its own pages are HTML, and end in its name; an error of the origin behind it has
 * `x-cache: Error from cloudfront` as well.
 */
function cloudFront({ status, body }: Answer): Refusal | undefined {
  if (!/Generated by cloudfront|The request could not be satisfied/i.test(body)) return undefined;
  const meaning =
    CLOUDFRONT_PAGES.find(([text]) => text.test(body))?.[1] ??
    (status >= 500
      ? 'CloudFront got no answer from its origin: name, protocol, ' +
        'certificate or time limit of the origin are wrong, or the API is down.'
      : 'The distribution refuses: a signed URL is missing, AWS WAF blocks, or no distribution has this name.');
  return { layer: "CloudFront's own error page", meaning };
}

const CLOUDFRONT_PAGES: [RegExp, string][] = [
  [
    /not configured to allow the HTTP request method/i,
    'The behaviour that takes this path does not allow the method: ' +
      'its AllowedMethods need OPTIONS for preflights, and all seven for an API.',
  ],
  [/block access from your country/i, 'The distribution is closed to this country (geographic restriction).'],
  [/Request blocked/i, 'AWS WAF blocks the request at CloudFront, or the distribution is not open to it.'],
  [
    /(wasn['’]t able to connect|can['’]t connect|failed to contact) (to )?the (origin|server)/i,
    'CloudFront cannot reach its origin, or no distribution has this name.',
  ],
];

function loadBalancer({ status, headers, body }: Answer): Refusal | undefined {
  if (!/^awselb\//.test(headers.server ?? '') && !/<center>awselb\//.test(body)) return undefined;
  const meaning =
    status >= 500
      ? 'No target behind it answered: they are not healthy, too slow, or closed the connection.'
      : status === 403
        ? 'AWS WAF blocks the request at the load balancer.'
        : 'A rule of its listener answers (a fixed response, or a login), and no target was asked.';
  return { layer: 'a load balancer', meaning };
}

function s3({ headers, body }: Answer): Refusal | undefined {
  if (headers.server !== 'AmazonS3') return undefined;
  const [, error] = /<Code>(\w{1,60})<\/Code>/.exec(body) ?? [];
  return {
    layer: 'S3',
    error,
    meaning: 'The request reached a bucket instead of the API: the path belongs to another behaviour or another name.',
  };
}

/**
 * HTTP APIs do not name their errors, but their texts are always the same;
 * a backend could write them as well.
 */
function httpApi({ status, headers, body }: Answer): Refusal | undefined {
  if (!('apigw-requestid' in headers) || !/^\s*\{\s*"message"\s*:\s*"[^"]*"\s*\}\s*$/.test(body)) return undefined;
  const meaning = HTTP_API_ERRORS[`${status} ${messageOf(body)}`];
  return meaning === undefined
    ? undefined
    : { layer: 'API Gateway (HTTP API), by its wording', error: messageOf(body), meaning };
}

const HTTP_API_ERRORS: Record<string, string> = {
  '401 Unauthorized':
    'The authorizer got no token, or one that it does not take. A preflight never carries one: OPTIONS has to be open.',
  '403 Forbidden': 'The authorizer or an IAM policy refuses.',
  '404 Not Found': 'No route of this stage takes the method and the path; the stage may be missing in the URL.',
  '413 Request Entity Too Large': 'The body is larger than 10 MB.',
  '429 Too Many Requests': 'Throttling: the rate or burst limit of the stage or the route is used up.',
  '500 Internal Server Error':
    'The integration or the authorizer failed, or the function returned something that is not a response.',
  '503 Service Unavailable': 'The integration did not answer in time, or could not be reached.',
};

function behindApiGateway({ headers }: Answer): Refusal | undefined {
  if (!('apigw-requestid' in headers) && !('x-amz-apigw-id' in headers)) return undefined;
  return {
    layer: 'the backend behind API Gateway',
    meaning: 'API Gateway names its own errors, and does not name this one: the integration answered so.',
  };
}

/** 'AccessDeniedException:http://internal.amazon.com/…' → 'AccessDeniedException' */
function errorType(headers: Record<string, string>): string | undefined {
  const [, type] = /^\s*([\w.]{1,100})/.exec(headers['x-amzn-errortype'] ?? '') ?? [];
  return type;
}

function messageOf(body: string): string {
  try {
    const { message, Message } = JSON.parse(body);
    return String(message ?? Message ?? '');
  } catch {
    return '';
  }
}
