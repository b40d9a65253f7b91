import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, CfnParameter, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { CorsSimulator } from '../../src/verify/simulator';
import { APP } from '../support/pages';
import { ALLOW_APP, ask, get, prefixed, restApi } from '../support/templates';

const PETS = { origin: APP, path: '/pets' };

/** A template whose GET /pets allows what this value turns out to be. */
function allowing(value: unknown, more: object = {}): any {
  return { ...restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': value as string } })]), ...more };
}

describe('intrinsic functions', () => {
  test.each([
    ['a parameter’s default', { 'Fn::Sub': "'${Origin}'" }],
    ['Fn::Join', { 'Fn::Join': ['', ["'", { Ref: 'Origin' }, "'"]] }],
    ['Fn::Sub with values of its own', { 'Fn::Sub': ["'https://${Host}.example.com'", { Host: 'app' }] }],
    [
      'Fn::Select and Fn::Split',
      { 'Fn::Sub': ["'${One}'", { One: { 'Fn::Select': ['1', { 'Fn::Split': [' ', `http://x ${APP}`] }] } }] },
    ],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Origins', 'dev', 'value'] }],
    ['Fn::If whose condition is known', { 'Fn::If': ['IsDev', `'${APP}'`, "'https://prod.example.com'"] }],
    ['Fn::If whose branches are the same', { 'Fn::If': ['Unknown', `'${APP}'`, `'${APP}'`] }],
    ['an item of a list parameter', { 'Fn::Sub': ["'${One}'", { One: { 'Fn::Select': [0, { Ref: 'Origins' }] } }] }],
  ])('%s', (_, value) => {
    const more = {
      Parameters: {
        Origin: { Type: 'String', Default: APP },
        Env: { Type: 'String', Default: 'dev' },
        Origins: { Type: 'CommaDelimitedList', Default: `${APP}, http://x` },
      },
      Mappings: { Origins: { dev: { value: `'${APP}'` } } },
      Conditions: {
        IsDev: {
          'Fn::And': [
            { 'Fn::Equals': [{ Ref: 'Env' }, 'dev'] },
            { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] }] },
          ],
        },
        Unknown: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
      },
    };
    expect(ask(allowing(value, more)).outcome).toBe('ALLOWED');
  });

  test('a value that is known only after deployment makes the verdict unknown, and is named', () => {
    const result = ask(allowing({ 'Fn::Sub': "'https://${Distribution.DomainName}'" }));
    expect(result).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('https://${Distribution.DomainName}'),
    });
  });

  test('unless the origin could not be it anyway', () => {
    expect(
      ask(allowing({ 'Fn::Sub': "'https://${Distribution.DomainName}'" }), { origin: 'http://localhost:3000' }).rule,
    ).toBe('response-origin');
  });

  test.each([
    ['a parameter without a default', { 'Fn::Sub': "'${Open}'" }],
    ['a parameter in the parameter store', { 'Fn::Sub': "'${Stored}'" }],
    ['a condition on the region', { 'Fn::If': ['Unknown', `'${APP}'`, "'https://else.example.com'"] }],
    ['an import', { 'Fn::Sub': ["'${One}'", { One: { 'Fn::ImportValue': 'elsewhere' } }] }],
    ['a macro', { 'Fn::Sub': ["'${One}'", { One: { 'Fn::Transform': { Name: 'Macro' } } }] }],
  ])('%s is unknown', (_, value) => {
    const more = {
      Parameters: {
        Open: { Type: 'String' },
        Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/origin' },
      },
      Conditions: { Unknown: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } },
    };
    expect(ask(allowing(value, more)).outcome).toBe('UNKNOWN');
  });

  test('a template compares a value of the deployment as far as it can', () => {
    const velocity = {
      'Fn::Sub':
        "#set($o = $input.params().header.get('origin'))#if($o == 'https://${Distribution.DomainName}' || $o == 'http://localhost:3000')#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end",
    };
    const response = { StatusCode: '200', ResponseTemplates: { 'application/json': velocity } };
    const template = restApi([get('/pets', { headers: {}, integration: { IntegrationResponses: [response] } })]);
    expect(ask(template, { origin: 'http://localhost:3000' }).outcome).toBe('ALLOWED');
    expect(ask(template).outcome).toBe('UNKNOWN');
    expect(ask(template, { origin: 'http://evil.example' }).rule).toBe('response-origin');
  });

  test('whole parts of a method may be known only after deployment', () => {
    const open = { 'Fn::If': ['Unknown', [], [{ StatusCode: '200' }]] };
    const template = restApi([get('/pets', { integration: { IntegrationResponses: open } })]);
    expect(ask(template)).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('parts of GETXpets') });
  });

  test('stage variables are known as far as the stages agree', () => {
    const header = (name: string) =>
      get('/pets', { headers: { 'Access-Control-Allow-Origin': `stageVariables.${name}` } });
    const stage = (StageName: string, Variables: object) => ({
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, StageName, Variables },
    });
    const stages = {
      One: stage('one', { same: APP, differs: APP }),
      Two: stage('two', { same: APP, differs: 'https://two.example.com' }),
    };
    expect(ask(restApi([header('same')], stages)).outcome).toBe('ALLOWED');
    expect(ask(restApi([header('differs')], stages)).outcome).toBe('UNKNOWN');
    expect(ask(restApi([header('missing')], stages)).outcome).toBe('UNKNOWN');
  });

  test('conditions decide which resources exist', () => {
    const template = restApi([get('/pets')]);
    template.Conditions = {
      Never: { 'Fn::Equals': ['a', 'b'] },
      Maybe: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'a'] },
    };
    template.Resources.GETXpets.Condition = 'Never';
    expect(ask(template)).toMatchObject({ rule: 'response-origin', response: { status: 403 } });
    template.Resources.GETXpets.Condition = 'Maybe';
    expect(ask(template)).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('where Maybe holds') });
  });
});

describe('text', () => {
  const yaml = `
Parameters:
  Host: { Type: String, Default: app.example.com }
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: Api }
  Pets:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: pets }
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Pets
      HttpMethod: GET
      Integration:
        Type: MOCK
        RequestTemplates: { application/json: '{"statusCode": 200}' }
        IntegrationResponses:
          - StatusCode: 200
            ResponseParameters:
              method.response.header.Access-Control-Allow-Origin: !Join ['', ["'", !Sub ['https://\${H}', { H: !Ref Host }], "'"]]
      MethodResponses:
        - StatusCode: 200
          ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true }
`;

  test('YAML with short tags inside of short tags', () => {
    expect(ask(yaml).outcome).toBe('ALLOWED');
  });

  test('JSON', () => {
    expect(ask(JSON.stringify(allowing(`'${APP}'`))).outcome).toBe('ALLOWED');
  });

  test.each([
    ['no text at all', '', /is empty/],
    ['a list', '[]', /a list/],
    ['a sentence', 'hello', /a string/],
    ['half of a JSON file', '{"Resources": {', /line 1, column 16: this is not JSON/],
    ['half of a YAML file', 'Resources: [', /this is not YAML/],
    ['a number', 5, /a number/],
    ['nothing', undefined, /is empty/],
    ['something without Resources', { a: 1 }, /no Resources/],
    ['an OpenAPI document', { openapi: '3.0.1', paths: {} }, /OpenAPI document/],
    ['a resource without a Type', { Resources: { A: {} } }, /its resource A has no Type/],
    ['no API', { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } }, /no REST or HTTP API/],
    ['SAM before its transform', { Resources: { Api: { Type: 'AWS::Serverless::Api' } } }, /SAM transform/],
  ])('%s is refused', (_, template, reason) => {
    expect(() => CorsSimulator.fromTemplate(template)).toThrow(reason);
  });
});

describe('a request that makes no sense is refused', () => {
  const two = restApi([get('/pets')], { Other: { Type: 'AWS::ApiGateway::RestApi' } });

  test.each([
    ['a path without a slash', { path: 'pets' }, /not a path below the stage/],
    ['a URL', { path: 'https://api.example.com/pets' }, /not a path below the stage/],
    ['the name of a route', { path: '/pets/{id}' }, /Write "\/pets\/42"/],
    ['an API that is not there', { api: 'Nope' }, /there is no API "Nope"\. There are: Api/],
    ['a gateway error that is none', { gatewayError: 'TEAPOT' }, /no gateway response TEAPOT/],
  ])('%s', (_, request, reason) => {
    expect(() => ask(restApi([get('/pets')]), request)).toThrow(reason);
  });

  test('no word about which API, where there are two', () => {
    expect(() => ask(two)).toThrow(/several APIs, say which one: Api, Other/);
    expect(ask(two, { api: 'Api' }).outcome).toBe('ALLOWED');
  });

  test('the stage in front of the path', () => {
    const template = restApi([get('/pets')], {
      Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'live' } },
    });
    expect(() => ask(template, { path: '/live/pets' })).toThrow(/begins with the stage live.*"\/pets"/);
  });
});

describe('an OpenAPI document in the Body of a REST API', () => {
  const mock = (headers: Record<string, string>, statusCode = '200') => ({
    responses: {
      [statusCode]: {
        headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { schema: { type: 'string' } }])),
      },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode, responseParameters: prefixed('method.response.header.', headers) } },
    },
  });
  const preflight = mock({ ...ALLOW_APP, 'Access-Control-Allow-Methods': "'PUT'" }, '204');
  const api = (document: object): any => restApi([], {}, { Body: { openapi: '3.0.1', ...document } });

  test('answers like resources do', () => {
    const template = api({ paths: { '/pets': { put: mock(ALLOW_APP), options: preflight } } });
    expect(ask(template, { method: 'PUT' })).toMatchObject({ outcome: 'ALLOWED', preflight: { status: 204 } });
    expect(ask(template, { method: 'PUT', origin: 'https://other.example.com' }).rule).toBe('preflight-origin');
  });

  test('with security on its operations closes OPTIONS', () => {
    const components = {
      securitySchemes: {
        guard: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authorizer': { type: 'token' },
        },
      },
    };
    const document = (options: object) => api({ components, paths: { '/pets': { put: mock(ALLOW_APP), options } } });
    const guarded = document({ ...preflight, security: [{ guard: [] }] });
    expect(ask(guarded, { method: 'PUT' })).toMatchObject({ rule: 'preflight-answer', preflight: { status: 401 } });
    expect(ask(document({ ...preflight, security: [] }), { method: 'PUT' }).outcome).toBe('ALLOWED');
    expect(
      ask(document({ ...preflight, security: { 'Fn::If': ['Guarded', [{ guard: [] }], []] } }), { method: 'PUT' }),
    ).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringMatching(/its security requirements/),
    });
  });

  test('asks for an API key by the name x-api-key', () => {
    const template = api({
      components: { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } },
      paths: { '/pets': { put: mock(ALLOW_APP), options: { ...preflight, security: [{ key: [] }] } } },
    });
    expect(ask(template, { method: 'PUT' }).preflight?.status).toBe(403);
  });

  test('brings gateway responses and binary types', () => {
    const document = {
      'x-amazon-apigateway-gateway-responses': {
        DEFAULT_4XX: { responseParameters: prefixed('gatewayresponse.header.', ALLOW_APP) },
      },
      'x-amazon-apigateway-binary-media-types': ['*/*'],
      paths: { '/pets': { get: mock(ALLOW_APP) } },
    };
    expect(ask(api(document), { gatewayError: 'UNAUTHORIZED' }).outcome).toBe('ALLOWED');
    expect(ask(api(document)).response?.status).toBe(500);
  });

  test('follows the $ref of a path, in OpenAPI 2.0 too', () => {
    const document = {
      openapi: undefined,
      swagger: '2.0',
      'x-amazon-apigateway-shared': { pets: { get: mock(ALLOW_APP) } },
      paths: { '/pets': { $ref: '#/x-amazon-apigateway-shared/pets' } },
    };
    expect(ask(api(document)).outcome).toBe('ALLOWED');
  });

  test('knows ANY, and greedy paths', () => {
    const template = api({
      paths: {
        '/{proxy+}': { 'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': { type: 'aws_proxy' } } },
      },
    });
    expect(ask(template, { method: 'PUT', path: '/a/b' }).outcome).toBe('DEPENDS_ON_BACKEND');
  });

  test('that maps an undeclared header cannot be deployed', () => {
    const operation = { ...mock(ALLOW_APP), responses: { 200: {} } };
    expect(ask(api({ paths: { '/pets': { get: operation } } }))).toMatchObject({
      rule: 'deployment',
      reason: expect.stringMatching(/paths\["\/pets"\] of Api/),
    });
  });

  test('in S3 is not in the template', () => {
    const template = restApi([], {}, { BodyS3Location: { Bucket: 'b', Key: 'k.json' } });
    expect(ask(template)).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringMatching(/is in S3/) });
  });
});

describe('what the SAM transform leaves behind', () => {
  const sam = (paths: object): any => ({
    Conditions: { Cors: { 'Fn::Equals': ['a', 'a'] } },
    Resources: {
      ServerlessRestApi: {
        Type: 'AWS::ApiGateway::RestApi',
        Properties: { Body: { swagger: '2.0', info: { version: '1.0' }, paths } },
      },
    },
  });
  const options = (headers: Record<string, unknown>) => ({
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{\n  "statusCode" : 200\n}\n' },
      responses: {
        default: {
          statusCode: '200',
          responseTemplates: { 'application/json': '{}\n' },
          responseParameters: prefixed('method.response.header.', headers),
        },
      },
    },
    responses: {
      '200': { headers: Object.fromEntries(Object.keys(headers).map((name) => [name, { type: 'string' }])) },
    },
  });
  const lambda = {
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway' },
    },
    responses: {},
  };
  const quoted = { 'Access-Control-Allow-Origin': `'${APP}'`, 'Access-Control-Allow-Methods': "'OPTIONS,PUT'" };

  test('answers the preflight and leaves the rest to the function', () => {
    expect(ask(sam({ '/pets': { put: lambda, options: options(quoted) } }), { method: 'PUT' })).toMatchObject({
      outcome: 'DEPENDS_ON_BACKEND',
      preflight: { status: 200 },
    });
  });

  test('survives Fn::If around whole paths and methods, a literal AWS::NoValue and /$default', () => {
    const path = {
      put: { 'Fn::If': ['Cors', lambda, { Ref: 'AWS::NoValue' }] },
      options: options({ ...quoted, 'Access-Control-Max-Age': 'AWS::NoValue' }),
    };
    const paths = {
      '/pets': { 'Fn::If': ['Cors', path, { Ref: 'AWS::NoValue' }] },
      '/$default': { 'x-amazon-apigateway-any-method': lambda },
    };
    expect(ask(sam(paths), { method: 'PUT' }).preflight).toMatchObject({ status: 200 });
  });

  test('with a value that has no quotes, or a bare number, cannot be deployed', () => {
    const withHeaders = (headers: object) =>
      ask(sam({ '/pets': { put: lambda, options: options({ ...quoted, ...headers }) } }), { method: 'PUT' });
    expect(withHeaders({ 'Access-Control-Allow-Origin': '*' })).toMatchObject({
      rule: 'deployment',
      reason: expect.stringMatching(/"'\*'"/),
    });
    expect(withHeaders({ 'Access-Control-Max-Age': 600 })).toMatchObject({
      rule: 'deployment',
      reason: expect.stringMatching(/"'600'"/),
    });
  });
});

describe('an API that is spread over stacks', () => {
  const mock = () => ({
    integration: new apigateway.MockIntegration({
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      integrationResponses: [
        { statusCode: '200', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': `'${APP}'` } },
      ],
    }),
    options: {
      methodResponses: [
        { statusCode: '200', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': true } },
      ],
    },
  });

  /** The API at the top, its resource /pets in a nested stack, as the CDK's guide has it. */
  function nested(scope: App | Stage): Stack {
    const stack = new Stack(scope, 'Top');
    const api = new apigateway.RestApi(stack, 'Api', { deploy: false });
    api.root.addMethod('GET', mock().integration, mock().options);
    const below = new NestedStack(stack, 'Below');
    const imported = apigateway.RestApi.fromRestApiAttributes(below, 'Imported', {
      restApiId: api.restApiId,
      rootResourceId: api.restApiRootResourceId,
    });
    const pets = imported.root.addResource('pets', { defaultCorsPreflightOptions: { allowOrigins: [APP] } });
    pets.addMethod('PUT', mock().integration, mock().options);
    return stack;
  }

  test('is one API in an app, nested stacks included', () => {
    const verdict = CorsSimulator.fromStack(nested(new App())).request({ ...PETS, method: 'PUT' });
    expect(verdict).toMatchObject({ outcome: 'ALLOWED', preflight: { status: 204 } });
  });

  test('also in a Stage, and from the directory that synthesis left', () => {
    const app = new App();
    nested(new Stage(app, 'Prod'));
    expect(CorsSimulator.fromAssembly(app.synth().directory).request({ ...PETS, method: 'PUT' }).outcome).toBe(
      'ALLOWED',
    );
  });

  test('can be asked about from the nested stack', () => {
    const stack = nested(new App());
    const below = stack.node.findChild('Below') as NestedStack;
    expect(CorsSimulator.fromStack(below).request({ ...PETS, method: 'PUT' }).outcome).toBe('ALLOWED');
  });

  test('is incomplete where the nested template is not at hand', () => {
    const stack = nested(new App());
    const template = JSON.parse(
      readFileSync(join((stack.node.root as App).synth().directory, stack.templateFile), 'utf8'),
    );
    const simulator = CorsSimulator.fromTemplate(template);
    expect(simulator.request({ origin: APP, path: '/' }).outcome).toBe('ALLOWED');
    expect(simulator.request({ ...PETS, method: 'PUT' })).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringMatching(/nested stack .* not at hand/),
    });
  });

  test('is one API across stacks that export and import', () => {
    const app = new App();
    const top = new Stack(app, 'Top');
    const api = new apigateway.RestApi(top, 'Api', { deploy: false });
    api.root.addMethod('GET', mock().integration, mock().options);
    const other = new Stack(app, 'Other');
    const imported = apigateway.RestApi.fromRestApiAttributes(other, 'Imported', {
      restApiId: api.restApiId,
      rootResourceId: api.restApiRootResourceId,
    });
    imported.root.addResource('pets').addMethod('GET', mock().integration, mock().options);
    for (const simulator of [
      CorsSimulator.fromAssembly(app.synth().directory),
      CorsSimulator.fromStack(top),
      CorsSimulator.fromStack(other),
    ]) {
      expect(simulator.request(PETS).outcome).toBe('ALLOWED');
      expect(simulator.request({ origin: APP, path: '/' }).outcome).toBe('ALLOWED');
    }
  });

  test('and made elsewhere altogether, is known as far as it goes', () => {
    const stack = new Stack(new App(), 'Stack');
    const imported = apigateway.RestApi.fromRestApiAttributes(stack, 'Imported', {
      restApiId: 'abc123',
      rootResourceId: 'root',
    });
    imported.root.addResource('pets').addMethod('GET', mock().integration, mock().options);
    const simulator = CorsSimulator.fromStack(stack);
    expect(simulator.request(PETS).outcome).toBe('ALLOWED');
    expect(simulator.request({ origin: APP, path: '/cats' }).outcome).toBe('UNKNOWN');
    expect(simulator.request({ ...PETS, gatewayError: 'THROTTLED' }).outcome).toBe('UNKNOWN');
  });

  test('passes origins to nested stacks, and back', () => {
    const app = new App();
    const stack = new Stack(app, 'Top');
    const below = new NestedStack(stack, 'Below', { parameters: { Origin: APP } });
    const origin = new CfnParameter(below, 'Origin');
    const api = new apigateway.RestApi(below, 'Api', {
      defaultCorsPreflightOptions: { allowOrigins: [origin.valueAsString] },
    });
    api.root.addResource('pets').addMethod('PUT', mock().integration, mock().options);
    expect(CorsSimulator.fromStack(stack).request({ ...PETS, method: 'PUT' }).outcome).toBe('ALLOWED');
  });

  test('survives nested stacks that pass their own outputs to themselves', () => {
    const app = new App();
    const stack = new Stack(app, 'Top');
    const below = new NestedStack(stack, 'Below');
    new CfnOutput(below, 'Out', { value: Fn.ref('In') });
    new CfnParameter(below, 'In');
    below.setParameter('In', Fn.getAtt(stack.getLogicalId(below.nestedStackResource as any), 'Outputs.Out').toString());
    const api = new apigateway.RestApi(stack, 'Api');
    api.root.addResource('pets').addMethod('GET', mock().integration, mock().options);
    expect(CorsSimulator.fromStack(stack).request(PETS).outcome).toBe('ALLOWED');
  });

  test('reads a definition that became an asset', () => {
    const directory = mkdtempSync(join(tmpdir(), 'cdk-cors-'));
    const file = join(directory, 'api.json');
    const integration = {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: { default: { statusCode: '200', responseParameters: prefixed('method.response.header.', ALLOW_APP) } },
    };
    const operation = {
      responses: { 200: { headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } } },
      'x-amazon-apigateway-integration': integration,
    };
    writeFileSync(
      file,
      JSON.stringify({
        openapi: '3.0.1',
        info: { title: 'Pets', version: '1' },
        paths: { '/pets': { get: operation } },
      }),
    );
    const stack = new Stack(new App(), 'Top');
    new apigateway.SpecRestApi(stack, 'Api', { apiDefinition: apigateway.ApiDefinition.fromAsset(file) });
    expect(CorsSimulator.fromStack(stack).request(PETS).outcome).toBe('ALLOWED');
  });

  test('is found by its construct path where logical ids are alike', () => {
    const app = new App();
    for (const id of ['One', 'Two']) {
      const api = new apigateway.RestApi(new Stack(app, id), 'Api');
      api.root.addResource('pets').addMethod('GET', mock().integration, mock().options);
    }
    const simulator = CorsSimulator.fromAssembly(app.synth().directory);
    expect(() => simulator.request(PETS)).toThrow(/several APIs/);
    expect(simulator.request({ ...PETS, api: 'Two/Api' }).outcome).toBe('ALLOWED');
  });
});

test.each([
  ['a directory that is not there', '/nowhere/at/all', /is not a directory/],
  ['a directory without a manifest', tmpdir(), /no manifest\.json/],
])('%s is refused', (_, directory, reason) => {
  expect(() => CorsSimulator.fromAssembly(directory)).toThrow(reason);
});

test('a stack outside of any app is refused', () => {
  expect(() => CorsSimulator.fromStack(new Stack())).toThrow(/no REST or HTTP API/);
});
