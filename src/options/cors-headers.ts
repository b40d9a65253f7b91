/**
 * Lists of request headers for `allowHeaders`, alone or put together with names of your own: in
 * TypeScript `[...CorsHeaders.DEFAULT, 'X-Tenant']`.
 *
 * `allowHeaders` left out needs none of them: what the API's own authorizers, keys, signatures and
 * validators ask for is added on its own.
 *
 * @see https://fetch.spec.whatwg.org/#http-access-control-allow-headers
 * @example
 * const cors: CorsPolicyOptions = {
 *   allowOrigins: ['https://app.example.com'],
 *   allowHeaders: CorsHeaders.AWS_SIGNED,
 * };
 */
export class CorsHeaders {
  /**
   * What API Gateway's console and aws-cdk-lib let through: `Content-Type`, `X-Amz-Date`,
   * `Authorization`, `X-Api-Key`, `X-Amz-Security-Token`, `X-Amz-User-Agent`.
   */
  public static readonly DEFAULT: string[] = list(
    'Content-Type',
    'X-Amz-Date',
    'Authorization',
    'X-Api-Key',
    'X-Amz-Security-Token',
    'X-Amz-User-Agent',
  );

  /**
   * What a request carries that an AWS SDK for browsers signs: `Authorization`, `X-Amz-Date`,
   * `X-Amz-Security-Token`, `X-Amz-Content-Sha256`, `X-Amz-User-Agent`, `amz-sdk-invocation-id`,
   * `amz-sdk-request`.
   */
  public static readonly AWS_SIGNED: string[] = list(
    'Authorization',
    'X-Amz-Date',
    'X-Amz-Security-Token',
    'X-Amz-Content-Sha256',
    'X-Amz-User-Agent',
    'amz-sdk-invocation-id',
    'amz-sdk-request',
  );

  /**
   * What tracing scripts add to a page's requests on their own: those of W3C Trace Context and
   * OpenTelemetry, AWS X-Ray, Sentry, Datadog and Zipkin.
   */
  public static readonly TRACING: string[] = list(
    'traceparent',
    'tracestate',
    'baggage',
    'X-Amzn-Trace-Id',
    'sentry-trace',
    'x-datadog-trace-id',
    'x-datadog-parent-id',
    'x-datadog-origin',
    'x-datadog-sampling-priority',
    'x-datadog-tags',
    'b3',
    'x-b3-traceid',
    'x-b3-spanid',
    'x-b3-parentspanid',
    'x-b3-sampled',
    'x-b3-flags',
  );

  private constructor() {}
}

/** Shared by all who spread it, so that none of them may change it. */
function list(...names: string[]): string[] {
  return Object.freeze(names) as unknown as string[];
}
