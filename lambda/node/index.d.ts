/**
 * Wraps the handler of a Lambda function behind API Gateway, so that it answers as the policy of its `CorsRuntime` says.
 *
 * Preflights are answered without the handler. Every other answer gets the CORS headers: also that of a handler that throws, which becomes a
 * 500 and is logged as Lambda logs it. Events of other sources go to the handler as they are. Make it the outermost wrapper, around middy too.
 *
 * @param handler async, or with a callback as its third parameter
 * @throws when the environment variable CORS_POLICY is missing or says nothing that could be followed.
 * @example
 * import { withCors } from 'cdk-cors/lambda';
 *
 * export const handler = withCors(async (event) => ({ statusCode: 200, body: 'hello' }));
 */
export declare function withCors<TEvent = any, TContext = any, TResult = any>(
  // biome-ignore lint/suspicious/noConfusingVoidType: handlers with a callback return nothing
  handler: (event: TEvent, context: TContext, callback: any) => Promise<TResult> | TResult | void,
): (event: TEvent, context: TContext) => Promise<TResult>;
