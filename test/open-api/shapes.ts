import { type Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** How a method of a shape is answered. */
export interface Backend {
  readonly integration: (fn: lambda.IFunction) => apigateway.Integration;
  /** The same as `x-amazon-apigateway-integration`. */
  readonly described: (fn: lambda.IFunction) => Record<string, unknown>;
  /** Of the gateway; those of proxies are their backends'. */
  readonly responses: Response[];
}

/** A REST API, apart from how it is written down. */
export interface Shape {
  /** Verbs by path, each with its backend. */
  readonly paths: Record<string, Record<string, Backend>>;
  readonly binaryMediaTypes?: string[];
  /** Status, and headers as mapping expressions, by type. */
  readonly gatewayResponses?: Record<string, Record<string, string>>;
  /** Whether every method asks for an API key. */
  readonly keys?: boolean;
  /** Whether every method asks for a signature. */
  readonly iam?: boolean;
}

const TEMPLATES = { 'application/json': '{"statusCode": 200}' };

interface Response {
  statusCode: string;
  selectionPattern?: string;
  responseParameters?: Record<string, string>;
  responseTemplates?: Record<string, string>;
  contentHandling?: apigateway.ContentHandling;
}

export function mock(...responses: Response[]): Backend {
  const answers = responses.length > 0 ? responses : [{ statusCode: '200' }];
  return {
    integration: () => new apigateway.MockIntegration({ requestTemplates: TEMPLATES, integrationResponses: answers }),
    described: () => ({ type: 'mock', requestTemplates: TEMPLATES, responses: byPattern(answers) }),
    responses: answers,
  };
}

export function http(...responses: Response[]): Backend {
  const answers = responses.length > 0 ? responses : [{ statusCode: '200' }];
  return {
    integration: () =>
      new apigateway.HttpIntegration('https://backend.example.com/', {
        proxy: false,
        options: { integrationResponses: answers },
      }),
    described: () => ({
      type: 'http',
      httpMethod: 'GET',
      uri: 'https://backend.example.com/',
      responses: byPattern(answers),
    }),
    responses: answers,
  };
}

export function httpProxy(): Backend {
  return {
    integration: () => new apigateway.HttpIntegration('https://backend.example.com/'),
    described: () => ({ type: 'http_proxy', httpMethod: 'GET', uri: 'https://backend.example.com/' }),
    responses: [],
  };
}

export function lambdaProxy(): Backend {
  return {
    integration: (fn) => new apigateway.LambdaIntegration(fn),
    described: (fn) => ({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`,
    }),
    responses: [],
  };
}

function byPattern(responses: Response[]): Record<string, unknown> {
  return Object.fromEntries(
    responses.map(({ selectionPattern = 'default', ...response }) => [selectionPattern, response]),
  );
}

export function treeOf(stack: Stack, id: string, shape: Shape, fn: lambda.IFunction): apigateway.RestApi {
  const api = new apigateway.RestApi(stack, id, { binaryMediaTypes: shape.binaryMediaTypes });
  for (const [path, verbs] of Object.entries(shape.paths)) {
    const resource = path === '/' ? api.root : api.root.resourceForPath(path);
    for (const [verb, backend] of Object.entries(verbs)) {
      resource.addMethod(verb, backend.integration(fn), {
        methodResponses: statusesOf(backend).map((statusCode) => ({
          statusCode,
          responseParameters: Object.fromEntries(mappedOn(backend, statusCode).map((name) => [name, true])),
        })),
        apiKeyRequired: shape.keys,
        authorizationType: shape.iam ? apigateway.AuthorizationType.IAM : undefined,
      });
    }
  }
  for (const [type, headers] of Object.entries(shape.gatewayResponses ?? {})) {
    api.addGatewayResponse(`${id}${type}`, { type: apigateway.ResponseType.of(type), responseHeaders: headers });
  }
  return api;
}

/** Headers that the user maps by hand are declared by hand too. */
function mappedOn({ responses }: Backend, status: string): string[] {
  return responses
    .filter(({ statusCode }) => statusCode === status)
    .flatMap((response) => Object.keys(response.responseParameters ?? {}));
}

function statusesOf({ responses }: Backend): string[] {
  return [...new Set(responses.map(({ statusCode }) => statusCode))];
}

export type Version = '2.0' | '3.0.1';

export function documentOf(shape: Shape, version: Version, fn: lambda.IFunction): Record<string, unknown> {
  const is2 = version === '2.0';
  const schemes = {
    key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    iam: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  };
  const security = [...(shape.keys ? [{ key: [] }] : []), ...(shape.iam ? [{ iam: [] }] : [])];
  return {
    ...(is2
      ? { swagger: version, securityDefinitions: schemes }
      : { openapi: version, components: { securitySchemes: schemes } }),
    info: { title: 'Shape', version: '1' },
    ...(shape.binaryMediaTypes && { 'x-amazon-apigateway-binary-media-types': shape.binaryMediaTypes }),
    paths: Object.fromEntries(
      Object.entries(shape.paths).map(([path, verbs]) => [path, pathItem(path, verbs, is2, fn, security)]),
    ),
    ...(shape.gatewayResponses && {
      'x-amazon-apigateway-gateway-responses': Object.fromEntries(
        Object.entries(shape.gatewayResponses).map(([type, headers]) => [
          type,
          { responseParameters: prefixed(headers) },
        ]),
      ),
    }),
  };
}

function pathItem(
  path: string,
  verbs: Record<string, Backend>,
  is2: boolean,
  fn: lambda.IFunction,
  security: object[],
): Record<string, unknown> {
  const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name);
  const type = is2 ? { type: 'string' } : { schema: { type: 'string' } };
  return {
    ...(names.length > 0 && { parameters: names.map((name) => ({ name, in: 'path', required: true, ...type })) }),
    ...Object.fromEntries(
      Object.entries(verbs).map(([verb, backend]) => [
        verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase(),
        {
          ...(security.length > 0 && { security }), // on each operation: imports do not promise to read it at the root
          responses: Object.fromEntries(
            (backend.responses.length > 0 ? statusesOf(backend) : ['200']).map((status) => [
              status,
              {
                description: 'as declared',
                headers: Object.fromEntries(mappedOn(backend, status).map((name) => [name.slice(23), type])),
              },
            ]),
          ),
          'x-amazon-apigateway-integration': backend.described(fn),
        },
      ]),
    ),
  };
}

function prefixed(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value]));
}

export function specOf(stack: Stack, id: string, document: Record<string, unknown>): apigateway.SpecRestApi {
  return new apigateway.SpecRestApi(stack, id, { apiDefinition: apigateway.ApiDefinition.fromInline(document) });
}

export function functionOf(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Fn', {
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_LATEST,
  });
}

/** A function that a pure test can name. */
export const SOME_FUNCTION = { functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:Pets' } as lambda.IFunction;

export function logicalIdOf(stack: Stack, api: apigateway.RestApiBase): string {
  return Token.asString(stack.resolve((api.node.defaultChild as apigateway.CfnRestApi).logicalId));
}
