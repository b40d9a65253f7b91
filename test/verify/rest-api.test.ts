import { APP } from '../support/pages';
import { ALLOW_APP, ask, gatewayResponse, get, options, PREFLIGHT, prefixed, put, restApi } from '../support/templates';

const OTHER = 'https://other.example.com';
const json = { 'application/json': '{"statusCode": 200}' };

describe('routing: a path and a verb find their method together', () => {
  test('a literal resource comes before one with a variable', () => {
    const template = restApi([get('/pets/{id}', { headers: {} }), get('/pets/special')]);
    expect(ask(template, { path: '/pets/special' }).outcome).toBe('ALLOWED');
    expect(ask(template, { path: '/pets/42' }).rule).toBe('response-origin');
  });

  test('a resource without OPTIONS falls through to a greedy one that has it', () => {
    const template = restApi([put('/pets'), options('/{proxy+}')]);
    expect(ask(template, { method: 'PUT' })).toMatchObject({ outcome: 'ALLOWED', preflight: { status: 204 } });
  });

  test('of several greedy ones, the most specific answers', () => {
    const template = restApi([put('/shop/pets'), options('/shop/{proxy+}'), options('/{proxy+}', { headers: {} })]);
    expect(ask(template, { path: '/shop/pets', method: 'PUT' }).outcome).toBe('ALLOWED');
  });

  test('a resource with ANY keeps OPTIONS for itself', () => {
    const template = restApi([{ verb: 'ANY', path: '/pets', headers: {} }, options('/{proxy+}')]);
    expect(ask(template, { method: 'PUT' })).toMatchObject({ rule: 'preflight-origin' });
  });

  test('a greedy resource does not match the root', () => {
    const template = restApi([put('/'), options('/{proxy+}')]);
    expect(ask(template, { path: '/', method: 'PUT' })).toMatchObject({
      rule: 'preflight-answer',
      preflight: { status: 403 },
    });
  });

  test('a literal resource falls through to the sibling with a variable', () => {
    const template = restApi([put('/pets/special'), options('/pets/{id}')]);
    expect(ask(template, { path: '/pets/special', method: 'PUT' }).outcome).toBe('ALLOWED');
  });

  test('between a variable sibling and a greedy resource higher up nobody knows', () => {
    const template = restApi([put('/pets/special'), options('/pets/{id}'), options('/{proxy+}', { headers: {} })]);
    expect(ask(template, { path: '/pets/special', method: 'PUT' })).toMatchObject({
      outcome: 'UNKNOWN',
      rule: 'unknown',
    });
  });

  test('and nobody has to know where both give the same', () => {
    const template = restApi([put('/pets/special'), options('/pets/{id}'), options('/{proxy+}')]);
    expect(ask(template, { path: '/pets/special', method: 'PUT' }).outcome).toBe('ALLOWED');
  });

  test('a path without OPTIONS gets "Missing Authentication Token"', () => {
    const { rule, reason, preflight } = ask(restApi([put('/pets')]), { method: 'PUT' });
    expect({ rule, preflight }).toEqual({ rule: 'preflight-answer', preflight: { status: 403, headers: {} } });
    expect(reason).toMatch(/\/pets has PUT, but no OPTIONS/);
  });

  test('what becomes of a doubled slash nobody knows, unless a greedy path takes it', () => {
    expect(ask(restApi([get('/pets/new')]), { path: '/pets//new' })).toMatchObject({
      outcome: 'UNKNOWN',
      reason: expect.stringContaining('takes /pets//new for /pets/new'),
    });
    expect(ask(restApi([get('/pets')]), { path: '/birds//new' }).outcome).toBe('BLOCKED');
    expect(ask(restApi([get('/{proxy+}')]), { path: '/pets//new' }).outcome).toBe('ALLOWED');
  });

  test('a doubled slash in front counts once', () => {
    expect(ask(restApi([get('/pets')]), { path: '//pets' }).outcome).toBe('ALLOWED');
  });

  test('an unknown path gets it too, and the reason says that no route matches', () => {
    expect(ask(restApi([get('/pets')]), { path: '/cats' })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'response-origin',
      reason: expect.stringContaining('no route matches /cats'),
    });
  });

  test('a slash at the end makes no difference', () => {
    expect(ask(restApi([get('/pets'), get('/pets/{proxy+}', { headers: {} })]), { path: '/pets/' }).outcome).toBe(
      'ALLOWED',
    );
  });
});

describe('an OPTIONS method has to be open', () => {
  const closed = (properties: object, others = {}) =>
    ask(restApi([put('/pets'), options('/pets', { properties })], others), { method: 'PUT' });
  const authorizer = (properties: object) => ({
    Guard: { Type: 'AWS::ApiGateway::Authorizer', Properties: { RestApiId: { Ref: 'Api' }, ...properties } },
  });
  const guarded = (type: string) => ({ AuthorizationType: type, AuthorizerId: { Ref: 'Guard' } });

  test('IAM refuses a preflight with 403', () => {
    expect(closed({ AuthorizationType: 'AWS_IAM' })).toMatchObject({
      rule: 'preflight-answer',
      preflight: { status: 403 },
    });
  });

  test('an authorizer that wants a token refuses it with 401', () => {
    const result = closed(
      guarded('CUSTOM'),
      authorizer({ Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization' }),
    );
    expect(result).toMatchObject({ rule: 'preflight-answer', preflight: { status: 401 } });
    expect(result.reason).toMatch(/Guard wants header\.Authorization/);
  });

  test('Cognito refuses it with 401', () => {
    const result = closed(guarded('COGNITO_USER_POOLS'), authorizer({ Type: 'COGNITO_USER_POOLS' }));
    expect(result).toMatchObject({ rule: 'preflight-answer', preflight: { status: 401 } });
  });

  test('a request authorizer that a preflight satisfies decides for itself', () => {
    const result = closed(guarded('CUSTOM'), authorizer({ Type: 'REQUEST', IdentitySource: 'context.httpMethod' }));
    expect(result).toMatchObject({ outcome: 'UNKNOWN' });
  });

  test('a required API key refuses it with 403', () => {
    expect(closed({ ApiKeyRequired: true })).toMatchObject({ rule: 'preflight-answer', preflight: { status: 403 } });
  });

  test('a validator refuses it for want of a header, not for want of a query that is there', () => {
    const validator = {
      Check: {
        Type: 'AWS::ApiGateway::RequestValidator',
        Properties: { RestApiId: { Ref: 'Api' }, ValidateRequestParameters: true },
      },
    };
    const wants = (name: string) => ({
      RequestValidatorId: { Ref: 'Check' },
      RequestParameters: { [`method.request.${name}`]: true },
    });
    expect(closed(wants('header.X-Tenant'), validator)).toMatchObject({
      rule: 'preflight-answer',
      preflight: { status: 400 },
    });
    expect(closed(wants('querystring.page'), validator).preflight?.status).toBe(400);
    const template = restApi([put('/pets'), options('/pets', { properties: wants('querystring.page') })], validator);
    expect(ask(template, { method: 'PUT', path: '/pets?page=1' }).outcome).toBe('ALLOWED');
  });

  test('a validator that is made elsewhere, or switched by the deployment, may refuse it', () => {
    const wants = { 'method.request.header.X-Tenant': true };
    const validator = (on: unknown) => ({
      Check: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { ValidateRequestParameters: on } },
    });
    const elsewhere = closed({ RequestValidatorId: 'a1b2c3', RequestParameters: wants });
    expect(elsewhere).toMatchObject({ outcome: 'UNKNOWN', reason: expect.stringContaining('a1b2c3') });
    const byRef = { RequestValidatorId: { Ref: 'Check' } };
    const ssm = '{{resolve:ssm:/strict}}';
    expect(closed({ ...byRef, RequestParameters: wants }, validator(ssm)).outcome).toBe('UNKNOWN');
    const open = { 'method.request.header.X-Tenant': ssm };
    expect(closed({ ...byRef, RequestParameters: open }, validator(true)).outcome).toBe('UNKNOWN');
    expect(closed({ RequestValidatorId: 'a1b2c3' }).outcome).toBe('ALLOWED');
  });

  test('a boolean may be a text, in any case', () => {
    expect(closed({ ApiKeyRequired: 'True' }).preflight?.status).toBe(403);
    expect(closed({ ApiKeyRequired: 'False' }).outcome).toBe('ALLOWED');
  });

  test('what is empty counts as missing', () => {
    const template = restApi(
      [get('/pets', { properties: guarded('CUSTOM') })],
      authorizer({ Type: 'REQUEST', IdentitySource: 'method.request.querystring.token' }),
    );
    expect(ask(template, { path: '/pets?token=' }).response?.status).toBe(401);
    expect(ask(template, { path: '/pets?token=1' }).outcome).toBe('ALLOWED');
  });

  test('an authorizer may want a stage variable, which the stage has or not', () => {
    const under = (stage?: object) =>
      ask(
        restApi([get('/pets', { properties: guarded('CUSTOM') })], {
          ...authorizer({ Type: 'REQUEST', IdentitySource: 'stageVariables.tenant' }),
          ...(stage && {
            Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, ...stage } },
          }),
        }),
      );
    expect(under({ StageName: 'prod' })).toMatchObject({
      response: { status: 401 },
      reason: expect.stringContaining('Guard wants stageVariables.tenant'),
    });
    expect(under({ StageName: 'prod', Variables: { tenant: 'a' } }).outcome).toBe('ALLOWED');
    expect(under().outcome).toBe('ALLOWED');
  });

  test('required parameters without a validator are only documentation', () => {
    expect(closed({ RequestParameters: { 'method.request.header.X-Tenant': true } }).outcome).toBe('ALLOWED');
  });

  test('the actual request carries what it needs', () => {
    const template = restApi(
      [get('/pets', { properties: guarded('CUSTOM') }), options('/pets')],
      authorizer({ Type: 'TOKEN' }),
    );
    expect(ask(template, { headers: { authorization: 'Bearer t' } }).outcome).toBe('ALLOWED');
  });
});

describe('a mock answers', () => {
  test('whatever stands in a comment, also one without an end of line', () => {
    const answering = (template: string) =>
      ask(
        restApi([
          put('/pets'),
          options('/pets', { integration: { RequestTemplates: { 'application/json': template } } }),
        ]),
        { method: 'PUT' },
      ).outcome;
    expect(answering('{"statusCode": 200} ## fine')).toBe('ALLOWED');
    expect(answering('#if(true){"statusCode": 200} ## fine')).not.toBe('ALLOWED');
  });

  const preflight = (integration: object, request = {}, api = {}) =>
    ask(restApi([put('/pets'), options('/pets', { integration })], {}, api), { method: 'PUT', ...request });

  test('500 where no template names a status', () => {
    expect(preflight({ RequestTemplates: { 'application/json': '{}' } })).toMatchObject({
      rule: 'preflight-answer',
      preflight: { status: 500 },
    });
  });

  test('also to JSON without quotes, which API Gateway reads leniently', () => {
    expect(preflight({ RequestTemplates: { 'application/json': '{ statusCode: 200 }' } }).outcome).toBe('ALLOWED');
  });

  test('500 where no template fits application/json, which a preflight counts as', () => {
    const result = preflight({ RequestTemplates: { 'text/plain': json['application/json'] } });
    expect(result).toMatchObject({ preflight: { status: 500 } });
  });

  test('415 there with passthroughBehavior NEVER', () => {
    const result = preflight({
      RequestTemplates: { 'text/plain': json['application/json'] },
      PassthroughBehavior: 'NEVER',
    });
    expect(result).toMatchObject({ preflight: { status: 415 } });
  });

  test('415 with WHEN_NO_TEMPLATES too, since there is one', () => {
    const result = preflight({
      RequestTemplates: { 'text/plain': json['application/json'] },
      PassthroughBehavior: 'WHEN_NO_TEMPLATES',
    });
    expect(result).toMatchObject({ preflight: { status: 415 } });
  });

  test('500 where no integration response matches', () => {
    expect(preflight({ IntegrationResponses: [{ StatusCode: '204', SelectionPattern: '5..' }] })).toMatchObject({
      preflight: { status: 500 },
    });
  });

  test('500 without integration responses', () => {
    const result = preflight({ IntegrationResponses: [] });
    expect(result).toMatchObject({ preflight: { status: 500 } });
    expect(result.reason).toMatch(/no integration responses/);
  });

  test('500 where the method does not declare the status', () => {
    expect(preflight({ IntegrationResponses: [{ StatusCode: '299' }] })).toMatchObject({ preflight: { status: 500 } });
  });

  test('to POST with the JSON that the page sends, though not with a type that has no template', () => {
    const post = restApi([{ verb: 'POST', path: '/pets', headers: ALLOW_APP }, options('/pets')]);
    expect(ask(post, { method: 'POST', headers: { 'Content-Type': 'application/json; charset=utf-8' } }).outcome).toBe(
      'ALLOWED',
    );
    expect(ask(post, { method: 'POST', headers: { 'Content-Type': 'text/plain' } })).toMatchObject({
      rule: 'response-origin',
      response: { status: 500 },
    });
  });

  describe('on an API for which everything is binary', () => {
    const binary = { BinaryMediaTypes: ['*/*'] };

    test('500 without contentHandling', () => {
      const result = preflight({}, {}, binary);
      expect(result).toMatchObject({ rule: 'preflight-answer', preflight: { status: 500 } });
      expect(result.reason).toMatch(/CONVERT_TO_TEXT on the integration/);
    });

    test('as asked with CONVERT_TO_TEXT', () => {
      const put200 = put('/pets', { integration: { ContentHandling: 'CONVERT_TO_TEXT' } });
      const template = restApi(
        [put200, options('/pets', { integration: { ContentHandling: 'CONVERT_TO_TEXT' } })],
        {},
        binary,
      );
      expect(ask(template, { method: 'PUT' }).outcome).toBe('ALLOWED');
    });

    test('500 where its response has a template, unless that response is text too', () => {
      const response = {
        StatusCode: '204',
        ResponseParameters: prefixed('method.response.header.', PREFLIGHT),
        ResponseTemplates: { 'application/json': '' },
      };
      const withResponse = (more: object) =>
        preflight({ ContentHandling: 'CONVERT_TO_TEXT', IntegrationResponses: [{ ...response, ...more }] }, {}, binary);
      expect(withResponse({})).toMatchObject({ preflight: { status: 500 } });
      expect(withResponse({ ContentHandling: 'CONVERT_TO_TEXT' })).toMatchObject({ preflight: { status: 204 } });
    });

    test('as asked where only images are binary', () => {
      expect(preflight({}, {}, { BinaryMediaTypes: ['image/png'] }).outcome).toBe('ALLOWED');
    });
  });
});

test('a mock whose status only the deployment knows is a question', () => {
  const RequestTemplates = { 'application/json': '{"statusCode": $stageVariables.status}' };
  expect(ask(restApi([get('/pets', { integration: { RequestTemplates } })])).outcome).toBe('UNKNOWN');
});

describe('mapping templates override headers', () => {
  const BY_TEMPLATE = `#set($o = $input.params().header.get("origin"))#if($o == "${OTHER}")#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)#end`;
  const responding = (templates: Record<string, string>, headers = ALLOW_APP) =>
    get('/pets', {
      integration: {
        IntegrationResponses: [
          {
            StatusCode: '200',
            ResponseParameters: prefixed('method.response.header.', headers),
            ResponseTemplates: templates,
          },
        ],
      },
    });

  test('of the response, and the mapped value gives way', () => {
    const template = restApi([responding({ 'application/json': BY_TEMPLATE })]);
    expect(ask(template, { origin: OTHER }).outcome).toBe('ALLOWED');
    expect(ask(template).outcome).toBe('ALLOWED');
    expect(ask(template, { origin: 'https://evil.example' }).rule).toBe('response-origin');
  });

  test("in a mock's request template too", () => {
    const request = `${BY_TEMPLATE}{"statusCode": 200}`;
    const template = restApi([get('/pets', { integration: { RequestTemplates: { 'application/json': request } } })]);
    expect(ask(template, { origin: OTHER }).outcome).toBe('ALLOWED');
  });

  test("in a real backend's request template nobody knows", () => {
    const integration = {
      Type: 'HTTP',
      RequestTemplates: {
        'application/json': '#set($context.responseOverride.header.Access-Control-Allow-Origin = "*")',
      },
    };
    expect(ask(restApi([get('/pets', { integration })])).outcome).toBe('UNKNOWN');
  });

  test('twice is an error of API Gateway', () => {
    const twice = '#set($context.responseOverride.header.A = "1")#set($context.responseOverride.header.A = "2")';
    expect(ask(restApi([responding({ 'application/json': twice })]))).toMatchObject({
      rule: 'response-origin',
      response: { status: 500 },
    });
  });

  test('change the status', () => {
    expect(
      ask(restApi([responding({ 'application/json': '#set($context.responseOverride.status = 418)' })])).response
        ?.status,
    ).toBe(418);
  });

  test('or leave it to what the backend sends, which matters to a preflight only', () => {
    const template = '#if($input.path("$.status") == "FAILED")#set($context.responseOverride.status = 500)#end';
    const integration = {
      Type: 'HTTP',
      IntegrationResponses: [
        {
          StatusCode: '200',
          ResponseParameters: prefixed('method.response.header.', PREFLIGHT),
          ResponseTemplates: { 'application/json': template },
        },
      ],
    };
    const api = restApi([
      put('/pets', { headers: PREFLIGHT, integration }),
      options('/pets', { status: '200', integration }),
    ]);
    expect(ask(api, { method: 'OPTIONS' })).toMatchObject({ outcome: 'UNKNOWN' });
    expect(
      ask(restApi([put('/pets', { headers: PREFLIGHT, integration }), options('/pets')]), { method: 'PUT' }),
    ).toMatchObject({
      outcome: 'ALLOWED',
      response: { status: 0 },
    });
  });

  test('are chosen by what the browser accepts, which is anything: with several of them nobody knows', () => {
    const several = restApi([responding({ 'application/xml': '', 'application/json': BY_TEMPLATE })]);
    expect(ask(several, { origin: OTHER }).outcome).toBe('UNKNOWN');
    expect(ask(several, { origin: OTHER, headers: { Accept: 'application/json' } }).outcome).toBe('ALLOWED');
    expect(ask(several, { origin: OTHER, headers: { Accept: 'application/xml' } }).rule).toBe('response-origin');
  });

  test('see the header by the name that browsers send, and no other', () => {
    const upper = BY_TEMPLATE.replace('get("origin")', 'get("Origin")');
    expect(ask(restApi([responding({ 'application/json': upper })]), { origin: OTHER })).toMatchObject({
      rule: 'response-origin',
      reason: expect.stringMatching(/reads the header Origin.*browsers send "origin"/),
    });
  });
});

describe('actual responses', () => {
  const allowing = (StatusCode: string, more = {}) => ({
    StatusCode,
    ResponseParameters: prefixed('method.response.header.', ALLOW_APP),
    ...more,
  });
  const declaring = { 'method.response.header.Access-Control-Allow-Origin': true };
  const httpMethod = (IntegrationResponses: object[]) =>
    get('/pets', {
      integration: { Type: 'HTTP', IntegrationResponses },
      properties: {
        MethodResponses: ['200', '404'].map((StatusCode) => ({ StatusCode, ResponseParameters: declaring })),
      },
    });

  test('are readable where the status that the backend gave is mapped with the header', () => {
    const template = restApi([httpMethod([allowing('200'), allowing('404', { SelectionPattern: '4\\d{2}' })])]);
    expect(ask(template, { backendStatus: 404 })).toMatchObject({ outcome: 'ALLOWED', response: { status: 404 } });
  });

  test('of a content backend are those for 200 where none is the default', () => {
    const template = restApi([
      httpMethod([allowing('200', { SelectionPattern: '2\\d{2}' }), { StatusCode: '404', SelectionPattern: '4..' }]),
    ]);
    expect(ask(template)).toMatchObject({ outcome: 'ALLOWED', response: { status: 200 } });
    expect(ask(template, { backendStatus: 500 })).toMatchObject({ rule: 'response-origin', response: { status: 500 } });
  });

  test('are not where the header is missing for that status', () => {
    const template = restApi([httpMethod([allowing('200'), { StatusCode: '404', SelectionPattern: '4\\d{2}' }])]);
    expect(ask(template).outcome).toBe('ALLOWED');
    expect(ask(template, { backendStatus: 404 })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'response-origin',
      response: { status: 404 },
    });
  });

  test.each(['AWS_PROXY', 'HTTP_PROXY'])('of %s depend on the backend, whatever is mapped', (Type) => {
    expect(ask(restApi([get('/pets', { integration: { Type } })]))).toMatchObject({
      outcome: 'DEPENDS_ON_BACKEND',
      rule: 'backend',
    });
  });

  test('depend on the backend where the header is mapped from it', () => {
    const headers = { 'Access-Control-Allow-Origin': 'integration.response.header.access-control-allow-origin' };
    expect(ask(restApi([get('/pets', { headers })])).outcome).toBe('DEPENDS_ON_BACKEND');
  });

  test('do not matter where the preflight fails already', () => {
    const proxy = put('/pets', { integration: { Type: 'AWS_PROXY' } });
    expect(ask(restApi([proxy, options('/pets', { headers: {} })]), { method: 'PUT' })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'preflight-origin',
    });
  });

  test('that fail for sure block, though the preflight depends on a backend', () => {
    const proxy = { verb: 'OPTIONS', path: '/pets', integration: { Type: 'AWS_PROXY' } };
    expect(ask(restApi([put('/pets', { headers: {} }), proxy]), { method: 'PUT' })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'response-origin',
    });
  });
});

describe('gateway responses', () => {
  const page = get('/pets');
  const allow = { ...ALLOW_APP };

  test('without customising keep the error from the page', () => {
    expect(ask(restApi([page]), { gatewayError: 'UNAUTHORIZED' })).toMatchObject({
      outcome: 'BLOCKED',
      rule: 'response-origin',
      response: { status: 401 },
    });
  });

  test('whose header has the prefix twice send a header of that name', () => {
    const doubled = prefixed('gatewayresponse.header.', allow);
    const template = restApi([page], { Four: gatewayResponse('DEFAULT_4XX', doubled) });
    expect(ask(template, { gatewayError: 'THROTTLED' })).toMatchObject({
      outcome: 'BLOCKED',
      reason: expect.stringContaining(
        'it names gatewayresponse.header.Access-Control-Allow-Origin with the prefix twice',
      ),
    });
  });

  test('fall back to DEFAULT_4XX and DEFAULT_5XX', () => {
    const template = restApi([page], { Four: gatewayResponse('DEFAULT_4XX', allow) });
    expect(ask(template, { gatewayError: 'THROTTLED' })).toMatchObject({
      outcome: 'ALLOWED',
      response: { status: 429 },
    });
    expect(ask(template, { gatewayError: 'INTEGRATION_TIMEOUT' })).toMatchObject({
      outcome: 'BLOCKED',
      response: { status: 504 },
    });
  });

  test('do not fall back where the type has one of its own', () => {
    const template = restApi([page], {
      Four: gatewayResponse('DEFAULT_4XX', allow),
      Own: gatewayResponse('UNAUTHORIZED', {}),
    });
    expect(ask(template, { gatewayError: 'UNAUTHORIZED' }).rule).toBe('response-origin');
  });

  test('have the status that they are given', () => {
    const template = restApi([page], { Own: gatewayResponse('THROTTLED', allow, { StatusCode: '503' }) });
    expect(ask(template, { gatewayError: 'THROTTLED' }).response?.status).toBe(503);
  });

  test('answer an unknown path', () => {
    const template = restApi([page], { Four: gatewayResponse('DEFAULT_4XX', allow) });
    expect(ask(template, { path: '/cats' })).toMatchObject({ outcome: 'BROKEN', response: { status: 403 } });
  });

  test('can reflect the origin by the name that browsers send', () => {
    const template = restApi([page], {
      Four: gatewayResponse('DEFAULT_4XX', { 'Access-Control-Allow-Origin': 'method.request.header.origin' }),
    });
    expect(ask(template, { gatewayError: 'UNAUTHORIZED' }).outcome).toBe('ALLOWED');
  });

  test('cannot by another one, and the reason points it out', () => {
    const template = restApi([page], {
      Four: gatewayResponse('DEFAULT_4XX', { 'Access-Control-Allow-Origin': 'method.request.header.Origin' }),
    });
    expect(ask(template, { gatewayError: 'UNAUTHORIZED' })).toMatchObject({
      rule: 'response-origin',
      reason: expect.stringMatching(/method\.request\.header\.Origin.*"origin".*case-sensitively/),
    });
  });

  test('of 413 cannot be customised', () => {
    const template = restApi([page], { Four: gatewayResponse('DEFAULT_4XX', allow) });
    expect(ask(template, { gatewayError: 'REQUEST_TOO_LARGE' }).outcome).toBe('UNKNOWN');
  });

  test.each(['constructor', 'toString', '__proto__', 'NONSENSE'])('of the type %s there are none', (gatewayError) => {
    expect(() => ask(restApi([page]), { gatewayError })).toThrow(`There is no gateway response ${gatewayError}`);
  });
});

describe('a template that cannot be deployed', () => {
  const deployment = (template: any) => {
    const result = ask(template);
    expect(result).toMatchObject({ outcome: 'BLOCKED', rule: 'deployment' });
    return result.reason;
  };
  const extraPets = {
    Type: 'AWS::ApiGateway::Resource',
    Properties: { RestApiId: { Ref: 'Api' }, ParentId: { 'Fn::GetAtt': 'Api.RootResourceId' }, PathPart: 'pets' },
  };

  test('maps a header that the method response does not declare', () => {
    const template = restApi([get('/pets', { properties: { MethodResponses: [{ StatusCode: '200' }] } })]);
    expect(deployment(template)).toMatch(
      /GET \/pets \(GETXpets\) maps Access-Control-Allow-Origin .* does not declare it/,
    );
  });

  test('maps a value without quotes', () => {
    expect(deployment(restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': '*' } })]))).toMatch(
      /stands in single quotes, "'\*'"/,
    );
  });

  test('has two method responses with one status', () => {
    const MethodResponses = [1, 2].map(() => ({
      StatusCode: '200',
      ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': true },
    }));
    expect(deployment(restApi([get('/pets', { properties: { MethodResponses } })]))).toMatch(
      /two method responses with the status 200/,
    );
  });

  test('has two siblings with a variable', () => {
    expect(deployment(restApi([get('/pets'), get('/{id}'), get('/{proxy+}')]))).toMatch(/only one variable path part/);
  });

  test('has two methods with one verb on a resource', () => {
    const template = restApi([get('/pets')]);
    template.Resources.Twin = template.Resources.GETXpets;
    expect(deployment(template)).toMatch(/GET \/pets is made twice, by GETXpets and by Twin/);
  });

  test('has two resources with one path', () => {
    expect(deployment(restApi([get('/pets')], { Twin: extraPets }))).toMatch(/\/pets is made twice/);
  });

  test('has a child below a greedy resource', () => {
    expect(deployment(restApi([get('/pets'), get('/{proxy+}/child')]))).toMatch(/no children/);
  });

  test('has a method without an integration', () => {
    expect(deployment(restApi([get('/pets', { properties: { Integration: undefined } })]))).toMatch(/no integration/);
  });

  test('maps a value without quotes in a gateway response', () => {
    const template = restApi([get('/pets')], {
      Four: gatewayResponse('DEFAULT_4XX', { 'Access-Control-Allow-Origin': '*' }),
    });
    expect(deployment(template)).toMatch(/DEFAULT_4XX \(Four\) maps Access-Control-Allow-Origin/);
  });

  test('but an integration response of a proxy is only ignored', () => {
    expect(
      ask(restApi([get('/pets', { integration: { Type: 'AWS_PROXY' }, properties: { MethodResponses: [] } })])).rule,
    ).toBe('backend');
  });
});

test('an API that everything may reach says so in one word', () => {
  const any = { 'Access-Control-Allow-Origin': "'*'" };
  const template = restApi([get('/pets', { headers: any })]);
  expect(ask(template)).toEqual({
    outcome: 'ALLOWED',
    rule: 'ok',
    reason: `browsers send this request without a preflight, and the response 200 lets ${APP} read it`,
    explanation: expect.stringMatching(/^A browser finds GET \/pets from .* ALLOWED \(ok\)\./),
    readableHeaders: [],
    response: { status: 200, headers: { 'access-control-allow-origin': '*' } },
  });
});
