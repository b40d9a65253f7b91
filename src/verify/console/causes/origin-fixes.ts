/** Where to look, and what to change, when Access-Control-Allow-Origin is missing or wrong. */
import type { Fixes } from '../cause';

export const SEE =
  'Open the Network panel and look at the status and the response headers of the request (not of the preflight). ' +
  '`cdk-cors probe {url} --origin {pageOrigin}` shows the same without a browser.';

export const ON_RESPONSES: Fixes = {
  rest:
    "`EnableCors.on(api, { allowOrigins: ['{pageOrigin}'] })` adds the header to the integration responses and to " +
    "the gateway's own errors. A proxy integration returns what the backend sends, so the backend has to send it.",
  http:
    "`EnableCors.on(api, { allowOrigins: ['{pageOrigin}'] })`, or AllowOrigins of `CorsConfiguration`: " +
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

export const EXACT_ORIGIN: Fixes = {
  rest:
    "`EnableCors.on(api, { allowOrigins: ['{pageOrigin}'] })`, with every origin that a page of yours has: " +
    'it answers with the one that asks.',
  http: 'List `{pageOrigin}` in AllowOrigins of `CorsConfiguration`, or in `allowOrigins` of `EnableCors.on`.',
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

export const ONE_LAYER: Fixes = {
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
