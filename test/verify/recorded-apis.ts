/** The APIs of test/vectors/recorded-aws.json: what is usual is left out there, and put back here. */
export interface RecordedApi {
  readonly kind?: 'HTTP';
  /** Of the API itself. */
  readonly properties?: object;
  /** 'GET /pets' → properties of the method: open, with a method response 200, unless they say otherwise. */
  readonly methods?: Record<string, object>;
  /** Paths of resources without methods. */
  readonly resources?: string[];
  readonly gatewayResponses?: Record<string, object>;
  /** Of the stage `prod`. */
  readonly stage?: object;
  /** 'GET /pets' → properties of the route, which leads to the one integration. */
  readonly routes?: Record<string, object>;
  readonly integration?: object;
  /** Authorizers, validators, models: by logical id. */
  readonly others?: Record<string, { Type: string; Properties: object }>;
}

export function templateOf(api: RecordedApi): object {
  return { Resources: api.kind === 'HTTP' ? httpResources(api) : restResources(api) };
}

function restResources(api: RecordedApi): Record<string, object> {
  const RestApiId = { Ref: 'Api' };
  const all: Record<string, object> = { Api: resource('RestApi', { Name: 'Recorded', ...api.properties }) };
  const ids = new Map<string, object>([['', { 'Fn::GetAtt': ['Api', 'RootResourceId'] }]]);
  const idOf = (path: string): object => {
    let id = ids.get(path);
    if (!id) {
      const at = path.lastIndexOf('/');
      const ParentId = idOf(path.slice(0, at));
      id = { Ref: `Resource${ids.size}` };
      all[`Resource${ids.size}`] = resource('Resource', { RestApiId, ParentId, PathPart: path.slice(at + 1) });
      ids.set(path, id);
    }
    return id;
  };
  for (const path of api.resources ?? []) idOf(path);
  for (const [key, properties] of Object.entries(api.methods ?? {})) {
    const [HttpMethod, path] = key.split(' ');
    const usual = { RestApiId, HttpMethod, AuthorizationType: 'NONE', MethodResponses: [{ StatusCode: '200' }] };
    all[key] = resource('Method', { ...usual, ResourceId: idOf(path === '/' ? '' : path), ...properties });
  }
  for (const [ResponseType, properties] of Object.entries(api.gatewayResponses ?? {}))
    all[ResponseType] = resource('GatewayResponse', { RestApiId, ResponseType, ...properties });
  all.Stage = resource('Stage', { RestApiId, StageName: 'prod', ...api.stage });
  return { ...all, ...belonging(api, { RestApiId }) };
}

function httpResources(api: RecordedApi): Record<string, object> {
  const ApiId = { Ref: 'Api' };
  const Target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Backend' }]] };
  const routes = Object.entries(api.routes ?? {}).map(([RouteKey, properties], index) => [
    `Route${index}`,
    resource('Route', { ApiId, RouteKey, Target, ...properties }, 'ApiGatewayV2'),
  ]);
  return {
    Api: resource('Api', { Name: 'Recorded', ProtocolType: 'HTTP', ...api.properties }, 'ApiGatewayV2'),
    Backend: resource('Integration', { ApiId, ...api.integration }, 'ApiGatewayV2'),
    Stage: resource('Stage', { ApiId, StageName: '$default' }, 'ApiGatewayV2'),
    ...Object.fromEntries(routes),
    ...belonging(api, { ApiId }),
  };
}

function belonging({ others = {} }: RecordedApi, owner: object): Record<string, object> {
  return Object.fromEntries(
    Object.entries(others).map(([id, { Type, Properties }]) => [id, { Type, Properties: { ...owner, ...Properties } }]),
  );
}

function resource(type: string, properties: object, service = 'ApiGateway'): object {
  return { Type: `AWS::${service}::${type}`, Properties: properties };
}
