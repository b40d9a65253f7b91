import { APP } from '../support/pages';
import { ask, get, options, put, restApi } from '../support/templates';

/** What a stage adds to its API: a cache, variables, a canary. */

const CHOSEN =
  '#set($o = $input.params().header.get("origin"))' +
  `#if($o == "${APP}" || $o == "https://admin.example.com")#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end`;

function stage(properties: object): Record<string, object> {
  return {
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', ...properties },
    },
  };
}

const responding = (template: string, more: object = {}): object => ({
  IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': template } }],
  ...more,
});

describe('a stage with a cache', () => {
  const ALL = [{ HttpMethod: '*', ResourcePath: '/*', CachingEnabled: true }];
  const cached = (MethodSettings: object[] | undefined = ALL, more: object = {}, properties: object = {}): any =>
    restApi(
      [get('/pets', { headers: {}, integration: responding(CHOSEN, more) })],
      stage({ CacheClusterEnabled: true, MethodSettings, ...properties }),
    );

  test('may serve the answer that names another origin', () => {
    expect(ask(cached())).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringMatching(
        /the stage prod caches the answer of GET \/pets, .*method\.request\.header\.origin/,
      ),
    });
    expect(ask(cached([{ HttpMethod: 'GET', ResourcePath: '/~1pets', CachingEnabled: 'true' }])).outcome).toBe(
      'UNKNOWN',
    );
    expect(ask(cached(ALL, {}, { CacheClusterEnabled: 'True' })).outcome).toBe('UNKNOWN');
  });

  test('caches GETs unless told otherwise', () => {
    expect(ask(cached([])).outcome).toBe('UNKNOWN');
    expect(ask(cached([...ALL, { HttpMethod: 'GET', ResourcePath: '/pets', CachingEnabled: false }])).outcome).toBe(
      'ALLOWED',
    );
    const writing = restApi(
      [put('/pets', { headers: {}, integration: responding(CHOSEN) }), options('/pets')],
      stage({ CacheClusterEnabled: true }),
    );
    expect(ask(writing, { method: 'PUT' }).outcome).toBe('ALLOWED');
  });

  test('tells origins apart where they are part of the key', () => {
    expect(ask(cached(ALL, { CacheKeyParameters: ['method.request.header.origin'] })).outcome).toBe('ALLOWED');
  });

  test('does no harm without a cluster, nor to a constant', () => {
    expect(ask(cached(ALL, {}, { CacheClusterEnabled: false })).outcome).toBe('ALLOWED');
    expect(ask(restApi([get('/pets')], stage({ CacheClusterEnabled: true }))).outcome).toBe('ALLOWED');
  });

  test('may be described by a Deployment', () => {
    const StageDescription = { CacheClusterEnabled: true, CachingEnabled: true };
    const Properties = { RestApiId: { Ref: 'Api' }, StageName: 'prod', StageDescription };
    const deployment = { Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties } };
    const method = get('/pets', { headers: {}, integration: responding(CHOSEN) });
    expect(ask(restApi([method], deployment)).outcome).toBe('UNKNOWN');
  });
});

describe('stage variables', () => {
  const REFLECTED = '#set($context.responseOverride.header.Access-Control-Allow-Origin = "$stageVariables.site")';
  const allowing = (properties: object): string | undefined =>
    ask(restApi([get('/pets', { headers: {}, integration: responding(REFLECTED) })], stage(properties))).outcome;

  test('render as they are set, and as nothing where they are not', () => {
    expect(allowing({ Variables: { site: APP } })).toBe('ALLOWED');
    expect(allowing({})).toBe('BLOCKED');
  });

  test.each([
    [100, 'ALLOWED'],
    [0, 'BLOCKED'],
    [10, 'UNKNOWN'],
  ])('of a canary with %s %% of the traffic', (PercentTraffic, outcome) => {
    const Variables = { site: 'https://old.example.com' };
    expect(allowing({ Variables, CanarySetting: { PercentTraffic, StageVariableOverrides: { site: APP } } })).toBe(
      outcome,
    );
  });

  test('that are not set end in a 500 where the URI of an integration names them', () => {
    const integration = { Type: 'HTTP_PROXY', Uri: 'https://${stageVariables.host}/pets' };
    const through = (others: Record<string, object>) => ask(restApi([get('/pets', { integration })], others));
    expect(through(stage({})).response?.status).toBe(500);
    expect(through(stage({ Variables: { host: 'backend.example.com' } })).outcome).toBe('DEPENDS_ON_BACKEND');
    expect(through({}).outcome).toBe('DEPENDS_ON_BACKEND'); // the stage is made elsewhere
  });

  test('that are not set may or may not equal an empty text', () => {
    const compared = `#if($stageVariables.site == "")#set($context.responseOverride.header.Access-Control-Allow-Origin = "${APP}")#end`;
    expect(ask(restApi([get('/pets', { headers: {}, integration: responding(compared) })], stage({}))).outcome).toBe(
      'UNKNOWN',
    );
  });
});
