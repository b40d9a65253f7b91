import middy6 from '@middy/core';
import type {
  ALBHandler,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  APIGatewayProxyResult,
  APIGatewayProxyResultV2,
  Callback,
  Context,
  LambdaFunctionURLHandler,
  StreamifyHandler,
} from 'aws-lambda';
import { withCors } from 'cdk-cors/lambda';
import middy7 from 'middy-7';

declare const event: APIGatewayProxyEvent;
declare const eventV2: APIGatewayProxyEventV2;
declare const context: Context;

// What AWS's own types call a handler, with the parameters known from there.
export const rest: APIGatewayProxyHandler = withCors(async (event) => ({
  statusCode: 200,
  body: event.path.toUpperCase(),
}));
export const http: APIGatewayProxyHandlerV2 = withCors(async (event) => ({
  statusCode: 200,
  body: event.rawPath.toUpperCase(),
}));
export const text: APIGatewayProxyHandlerV2 = withCors(async (event, { awsRequestId }) => awsRequestId + event.rawPath);
export const url: LambdaFunctionURLHandler = withCors(async (event) => ({ statusCode: 200, body: event.rawPath }));
export const balancer: ALBHandler = withCors(async (event) => ({ statusCode: 200, body: event.path }));
declare const given: APIGatewayProxyHandler;
declare const givenV2: APIGatewayProxyHandlerV2;
export const around: APIGatewayProxyHandler = withCors(given);
export const aroundV2: APIGatewayProxyHandlerV2 = withCors(givenV2);

// A test of the handler calls it with two arguments and reads the result.
const typed = withCors(async (event: APIGatewayProxyEvent, _context: Context) => ({
  statusCode: 200,
  body: event.path,
}));
export const status: number = (await typed(event, context)).statusCode;
const synchronous = withCors(
  (event: APIGatewayProxyEventV2): APIGatewayProxyResultV2 => ({ statusCode: 200, body: event.rawPath }),
);
export const result: APIGatewayProxyResultV2 = await synchronous(eventV2, context);
// @ts-expect-error the event is another one
typed(eventV2, context);

// Callbacks.
export const called: APIGatewayProxyHandler = withCors(
  (event: APIGatewayProxyEvent, _context: Context, callback: Callback<APIGatewayProxyResult>) => {
    callback(null, { statusCode: 200, body: event.path });
  },
);
export const untyped = withCors((event: any, context: any, callback: any) => callback(null, { event, context }));

// Streams.
export const streamed: StreamifyHandler<APIGatewayProxyEvent> = withCors(
  awslambda.streamifyResponse<APIGatewayProxyEvent>(async (event, stream) => {
    stream.write(event.path);
    stream.end();
  }),
);
export const plainStream = withCors(
  awslambda.streamifyResponse(async (_event, stream, context) => {
    awslambda.HttpResponseStream.from(stream, { statusCode: 200 }).end(context.awsRequestId);
  }),
);
export const streams: StreamifyHandler = plainStream;

// middy.
const base = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => ({
  statusCode: 200,
  body: event.path,
});
export const six: APIGatewayProxyHandler = withCors(middy6(base).use({ after: ({ response }) => void response }));
export const seven: APIGatewayProxyHandler = withCors(middy7(base).use({ after: ({ response }) => void response }));
const six2base = middy6<APIGatewayProxyEvent, APIGatewayProxyResult>().handler(base);
export const six2: APIGatewayProxyHandler = withCors(six2base);
const seven2base = middy7<APIGatewayProxyEvent, APIGatewayProxyResult>().handler(base);
export const seven2: APIGatewayProxyHandler = withCors(seven2base);
export const inside6 = middy6(withCors(base));
export const inside7 = middy7(withCors(base));

// @ts-expect-error an event is no handler
withCors(event);
