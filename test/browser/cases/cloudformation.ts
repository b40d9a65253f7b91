/**
 * CloudFormation as people write it by hand: nothing here knows of any construct, so that the judge
 * sees what the simulator has to read.
 */

/** Header name → mapping expression, or an intrinsic function that makes one. */
export type Mapping = Record<string, string | object>;

/** The properties of an `AWS::ApiGateway::Method`, without those that say where it is. */
export interface Method {
  readonly Integration?: Record<string, unknown>;
  readonly MethodResponses?: object[];
  readonly [property: string]: unknown;
}

export interface RestApiExtras {
  readonly binaryMediaTypes?: string[];
  /** By response type. */
  readonly gatewayResponses?: Record<string, Mapping>;
}

/** Path → verb → method. */
export function restApi(paths: Record<string, Record<string, Method>>, extras: RestApiExtras = {}): object {
  const Resources: Record<string, object> = {
    Api: resource('RestApi', { Name: 'pets', BinaryMediaTypes: extras.binaryMediaTypes }, {}),
    Validator: resource('RequestValidator', { ValidateRequestParameters: true }),
    Tokens: resource('Authorizer', {
      Type: 'TOKEN',
      Name: 'tokens',
      IdentitySource: 'method.request.header.Authorization',
    }),
  };
  const methods = Object.entries(paths).flatMap(([path, verbs]) => {
    const ResourceId = addPath(Resources, path);
    return Object.entries(verbs).map(([verb, method]) => {
      const id = `Method${nameOf(path)}${verb}`;
      Resources[id] = resource('Method', { ResourceId, HttpMethod: verb, AuthorizationType: 'NONE', ...method });
      return id;
    });
  });
  for (const [type, mapping] of Object.entries(extras.gatewayResponses ?? {})) {
    Resources[`Error${nameOf(type)}`] = resource('GatewayResponse', {
      ResponseType: type,
      ResponseParameters: parameters('gatewayresponse', mapping),
    });
  }
  Resources.Deployment = { ...resource('Deployment', {}), DependsOn: methods };
  Resources.Stage = resource('Stage', { DeploymentId: { Ref: 'Deployment' }, StageName: 'prod' });
  return JSON.parse(JSON.stringify({ Resources }));
}

/** Status → header mapping; the lowest one is for whatever no other one is for. */
export type Statuses = Record<string, Mapping>;

/**
 * A method that API Gateway answers on its own, with these headers; `settings` change its
 * integration.
 */
export function mock(headers: Mapping, status = '200', settings: object = {}): Method {
  return mockOf({ [status]: headers }, settings);
}

export function mockOf(statuses: Statuses, settings: object, responseSettings: object = {}): Method {
  const { IntegrationResponses, MethodResponses } = responses(statuses, responseSettings);
  const RequestTemplates = { 'application/json': '{"statusCode": 200}' };
  return { Integration: { Type: 'MOCK', RequestTemplates, IntegrationResponses, ...settings }, MethodResponses };
}

/** A backend whose answer API Gateway rebuilds. */
export function http(statuses: Statuses, responseSettings: object = {}): Method {
  const { IntegrationResponses, MethodResponses } = responses(statuses, responseSettings);
  const Uri = 'https://backend.example.com/';
  return { Integration: { Type: 'HTTP', IntegrationHttpMethod: 'GET', Uri, IntegrationResponses }, MethodResponses };
}

/** A Lambda function that answers for itself. */
export const proxy: Method = {
  Integration: {
    Type: 'AWS_PROXY',
    IntegrationHttpMethod: 'POST',
    Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:pets/invocations',
  },
};

export interface CorsHeaders {
  readonly origin?: string;
  readonly methods?: string;
  readonly headers?: string;
  readonly credentials?: string;
  readonly expose?: string;
  readonly maxAge?: string;
}

/** Headers with fixed values, as mapping expressions. */
export function cors(values: CorsHeaders): Record<string, string> {
  const names = { origin, methods, headers, credentials, expose, maxAge };
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [names[key as keyof CorsHeaders], `'${value}'`]),
  );
}

const origin = 'Access-Control-Allow-Origin';
const methods = 'Access-Control-Allow-Methods';
const headers = 'Access-Control-Allow-Headers';
const credentials = 'Access-Control-Allow-Credentials';
const expose = 'Access-Control-Expose-Headers';
const maxAge = 'Access-Control-Max-Age';

function resource(type: string, properties: object, api: object = { RestApiId: { Ref: 'Api' } }): object {
  return { Type: `AWS::ApiGateway::${type}`, Properties: { ...api, ...properties } };
}

/** Adds the resources that lead to a path, and returns how to refer to the last one. */
function addPath(resources: Record<string, object>, path: string): object {
  if (path === '/') return { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
  const slash = path.lastIndexOf('/');
  const id = `Path${nameOf(path)}`;
  resources[id] ??= resource('Resource', {
    ParentId: addPath(resources, path.slice(0, slash) || '/'),
    PathPart: path.slice(slash + 1),
  });
  return { Ref: id };
}

const nameOf = (path: string): string => path.replaceAll('{', 'Any').replace(/[\W_]/g, '');

function responses(statuses: Statuses, settings: object) {
  const entries = Object.entries(statuses);
  return {
    IntegrationResponses: entries.map(([StatusCode, mapping], i) => ({
      StatusCode,
      SelectionPattern: i === 0 ? undefined : StatusCode,
      ResponseParameters: parameters('method.response', mapping),
      ...settings,
    })),
    MethodResponses: entries.map(([StatusCode, mapping]) => ({
      StatusCode,
      ResponseParameters: Object.fromEntries(
        Object.keys(parameters('method.response', mapping)).map((name) => [name, true]),
      ),
    })),
  };
}

function parameters(place: 'method.response' | 'gatewayresponse', mapping: Mapping): Mapping {
  return Object.fromEntries(Object.entries(mapping).map(([name, value]) => [`${place}.header.${name}`, value]));
}
