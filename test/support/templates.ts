import { CorsSimulator } from '../../src/verify/simulator';
import type { BrowserRequest, CorsVerdict } from '../../src/verify/verdict';
import { APP } from './pages';

/** Templates by hand, as small as a story allows. */

export interface MethodOf {
  readonly verb: string;
  /** '/pets/{id}' */
  readonly path: string;
  /** Properties that replace those of an open mock which answers 200 with `headers`. */
  readonly properties?: object;
  readonly integration?: object;
  readonly headers?: Record<string, string>;
  readonly status?: string;
}

export const ALLOW_APP = { 'Access-Control-Allow-Origin': `'${APP}'` };
export const PREFLIGHT = {
  ...ALLOW_APP,
  'Access-Control-Allow-Methods': "'GET,PUT,POST,DELETE,PATCH'",
  'Access-Control-Allow-Headers': "'content-type,authorization'",
};

/** A REST API with these methods, and with other resources beside them. */
export function restApi(methods: MethodOf[], others: Record<string, object> = {}, api: object = {}): any {
  const resources: Record<string, any> = {
    Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'Api', ...api } },
  };
  for (const method of methods) {
    const resource = resourceFor(method.path, resources);
    resources[`${method.verb}${idOf(method.path)}`] = {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        ResourceId: resource,
        HttpMethod: method.verb,
        ...mockProperties(method),
        ...method.properties,
      },
    };
  }
  return { Resources: { ...resources, ...others } };
}

/** The preflight of a path that lets the app in. */
export function options(path: string, more: Partial<MethodOf> = {}): MethodOf {
  return { verb: 'OPTIONS', path, headers: PREFLIGHT, status: '204', ...more };
}

export function get(path: string, more: Partial<MethodOf> = {}): MethodOf {
  return { verb: 'GET', path, headers: ALLOW_APP, ...more };
}

export function put(path: string, more: Partial<MethodOf> = {}): MethodOf {
  return { verb: 'PUT', path, headers: ALLOW_APP, ...more };
}

export function gatewayResponse(type: string, headers: Record<string, string>, more: object = {}): object {
  return {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResponseType: type,
      ResponseParameters: prefixed('gatewayresponse.header.', headers),
      ...more,
    },
  };
}

/** Asks as the app's page, for /pets, unless told otherwise. */
export function ask(template: any, request: Partial<BrowserRequest> = {}): CorsVerdict {
  return CorsSimulator.fromTemplate(template).request({ origin: APP, path: '/pets', ...request });
}

export function prefixed<T>(prefix: string, headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [prefix + name, value]));
}

function mockProperties({ headers = {}, status = '200', integration }: MethodOf): object {
  return {
    AuthorizationType: 'NONE',
    Integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode": 200}' },
      IntegrationResponses: [{ StatusCode: status, ResponseParameters: prefixed('method.response.header.', headers) }],
      ...integration,
    },
    MethodResponses: [
      {
        StatusCode: status,
        ResponseParameters: Object.fromEntries(
          Object.keys(headers).map((name) => [`method.response.header.${name}`, true]),
        ),
      },
    ],
  };
}

function resourceFor(path: string, resources: Record<string, any>): object {
  if (path === '/') return { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
  const id = idOf(path);
  const at = path.lastIndexOf('/');
  if (!resources[id]) {
    const ParentId = resourceFor(path.slice(0, at) || '/', resources);
    resources[id] = {
      Type: 'AWS::ApiGateway::Resource',
      Properties: { RestApiId: { Ref: 'Api' }, ParentId, PathPart: path.slice(at + 1) },
    };
  }
  return { Ref: id };
}

function idOf(path: string): string {
  return path.replace(/[^a-zA-Z0-9]+/g, 'X');
}
