/**
 * Wraps the handler of a Lambda function behind API Gateway, so that it answers as the policy of its
 * `CorsRuntime` says.
 *
 * Preflights are answered without the handler. Every other answer gets the CORS headers: also that of
 * a handler that throws, which becomes a 500 and is logged as Lambda logs it. Streamed responses get
 * them in their prelude. Events of other sources go to the handler as they are. Make it the outermost
 * wrapper, around middy and `awslambda.streamifyResponse` too.
 *
 * @param handler async, or with a callback as its third parameter; or a streaming one
 * @throws when the environment variable CORS_POLICY is missing or says nothing that could be followed.
 * @example
 * import { withCors } from 'cdk-cors/lambda';
 *
 * export const handler = withCors(async (event) => ({ statusCode: 200, body: 'hello' }));
 */
export declare function withCors<TEvent = any, TContext = any, TResult = any, TThird = any>(
  // biome-ignore lint/suspicious/noConfusingVoidType: handlers with a callback return nothing
  handler: (event: TEvent, context: TContext, third: TThird) => Promise<TResult> | TResult | void,
): (event: TEvent, ...given: Given<TContext, TThird>) => Promise<Result<TResult>>;

/** What Lambda gives a handler besides the event: the context; or a stream, and then the context. */
type Given<TContext, TThird> = TContext extends { write(chunk: any): boolean; setContentType(type: string): void }
  ? [stream: TContext, context: TThird]
  : [context: TContext];

/** Of a handler that answers by a callback, nobody knows the result. */
type Result<TResult> = [Exclude<TResult, void>] extends [never] ? any : Exclude<TResult, void>;
