import { App, aws_apigateway as apigateway, aws_apigatewayv2 as apigatewayv2, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  addCors,
  type BrowserRequest,
  CorsEnabledHttpApi,
  CorsEnabledRestApi,
  CorsHeaders,
  CorsSimulator,
  ErrorOrigin,
} from '../../../src';
import { CorsOutcome } from '../../../src/verify/verdict';
import { APP } from '../../support/pages';

/** In CDK apps, advice speaks of the options of a policy, or writes the call that makes one. */

const PUT = { origin: APP, path: '/pets', method: 'PUT' };

function mock(api: apigateway.RestApi, headers: Record<string, string> = {}): void {
  const names = Object.keys(headers);
  const parameters = (value: (name: string) => any) =>
    Object.fromEntries(names.map((name) => [`method.response.header.${name}`, value(name)]));
  const integration = new apigateway.MockIntegration({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    integrationResponses: [{ statusCode: '200', responseParameters: parameters((name) => headers[name]) }],
  });
  const responses = [{ statusCode: '200', responseParameters: parameters(() => true) }];
  api.root.addResource('pets').addMethod('PUT', integration, { methodResponses: responses });
}

function verdictOf(build: (stack: Stack) => void, request: BrowserRequest) {
  const stack = new Stack(new App(), 'Shop');
  build(stack);
  return CorsSimulator.fromStack(stack).request(request);
}

describe('with a policy', () => {
  function withCors(cors: object) {
    return (stack: Stack) => mock(new CorsEnabledRestApi(stack, 'Api', { cors: cors as any }));
  }
  const here = { allowOrigins: [APP] };

  test.each<[string, object, BrowserRequest, string, object]>([
    [
      'an origin',
      here,
      { ...PUT, origin: 'http://localhost:3000' },
      'Add "http://localhost:3000" to cors.allowOrigins of Shop/Api.',
      { allowOrigins: [APP, 'http://localhost:3000'] },
    ],
    [
      'a header',
      here,
      { ...PUT, headers: { 'x-foo': 'a' } },
      'Add "x-foo" to cors.allowHeaders of Shop/Api (without a list there so far, spread CorsHeaders.DEFAULT into it, too).',
      { ...here, allowHeaders: ['x-foo'] },
    ],
    [
      'a method',
      { ...here, allowMethods: ['GET'] },
      PUT,
      'Add "PUT" to cors.allowMethods of Shop/Api.',
      { ...here, allowMethods: ['GET', 'PUT'] },
    ],
    [
      'credentials',
      here,
      { ...PUT, credentials: true },
      'Set cors.allowCredentials of Shop/Api to true',
      { ...here, allowCredentials: true },
    ],
    [
      '* with credentials',
      { allowOrigins: ['*'] },
      { ...PUT, credentials: true },
      `list "${APP}" in cors.allowOrigins of Shop/Api in place of "*", and set cors.allowCredentials of Shop/Api to true`,
      { ...here, allowCredentials: true },
    ],
  ])('%s: the option, and it opens the way', (_, cors, request, says, changed) => {
    expect(verdictOf(withCors(cors), request)).toMatchObject({
      outcome: CorsOutcome.BLOCKED,
      fix: expect.stringContaining(says),
    });
    expect(verdictOf(withCors(changed), request).outcome).toBe(CorsOutcome.ALLOWED);
  });

  test('an error of the gateway: errorOrigin', () => {
    const origins = [APP, 'https://admin.example.com'];
    const request = { ...PUT, origin: origins[1], gatewayError: 'THROTTLED' };
    const none = { allowOrigins: origins, errorOrigin: ErrorOrigin.exactly(APP) };
    const { outcome, fix } = verdictOf(withCors(none), request);
    expect(outcome).toBe(CorsOutcome.BLOCKED);
    expect(fix).toContain('Set cors.errorOrigin of Shop/Api to ErrorOrigin.exactly("https://admin.example.com")');
    const exact = { ...none, errorOrigin: ErrorOrigin.exactly(origins[1]) };
    expect(verdictOf(withCors(exact), request).outcome).toBe(CorsOutcome.ALLOWED);
  });

  test('a mapping of its own, which wins over the policy', () => {
    const withMapping = (headers?: Record<string, string>) => (stack: Stack) =>
      mock(new CorsEnabledRestApi(stack, 'Api', { cors: here }), headers);
    const own = withMapping({ 'Access-Control-Allow-Origin': "'https://other.example'" });
    const { outcome, fix } = verdictOf(own, PUT);
    expect(outcome).toBe(CorsOutcome.BLOCKED);
    expect(fix).toMatch(/^Take the mapping of Access-Control-Allow-Origin out of Shop\/Api\/Default\/pets\/PUT/);
    expect(verdictOf(withMapping(), PUT).outcome).toBe(CorsOutcome.ALLOWED);
  });

  test('by addCors on an API', () => {
    const build = (stack: Stack) => {
      const api = new apigateway.RestApi(stack, 'Api');
      mock(api);
      addCors(api, here);
    };
    const { fix } = verdictOf(build, { ...PUT, origin: 'https://other.example' });
    expect(fix).toBe('Add "https://other.example" to allowOrigins of addCors on Shop/Api.');
  });

  test('on one resource: what it does not reach gets a call of its own', () => {
    const build = (stack: Stack) => {
      const api = new apigateway.RestApi(stack, 'Api');
      mock(api);
      addCors(api.root.addResource('news'), here);
    };
    expect(verdictOf(build, PUT).fix).toMatch(
      /^Write addCors\(api, \{ allowOrigins: \["https:\/\/app\.example\.com"\] \}\)/,
    );
  });

  test('of an HTTP API', () => {
    const build = (stack: Stack) => new CorsEnabledHttpApi(stack, 'Api', { cors: here });
    const { fix } = verdictOf(build, { origin: 'https://other.example', path: '/pets', method: 'PUT' });
    expect(fix).toBe('Add "https://other.example" to cors.allowOrigins of Shop/Api.');
  });
});

describe('without a policy', () => {
  function followed(build: (stack: Stack) => apigateway.RestApi, fix: string) {
    const [, code] = /(addCors\(api, \{.*?\}\))/.exec(fix) ?? [];
    expect(code).toBeDefined();
    return (stack: Stack) => {
      const api = build(stack);
      new Function('addCors', 'CorsHeaders', 'api', code)(addCors, CorsHeaders, api);
    };
  }
  function plain(stack: Stack, headers?: Record<string, string>) {
    const api = new apigateway.RestApi(stack, 'Api');
    mock(api, headers);
    return api;
  }

  test.each<[string, BrowserRequest, string]>([
    ['an origin', PUT, `addCors(api, { allowOrigins: ["${APP}"] })`],
    [
      'credentials',
      { ...PUT, credentials: true },
      `addCors(api, { allowOrigins: ["${APP}"], allowCredentials: true })`,
    ],
    [
      'a header',
      { ...PUT, headers: { 'x-foo': 'a' } },
      `addCors(api, { allowOrigins: ["${APP}"], allowHeaders: [...CorsHeaders.DEFAULT, "x-foo"] })`,
    ],
  ])('%s: the call, and it opens the way', (_, request, call) => {
    const { outcome, fix } = verdictOf(plain, request);
    expect(outcome).toBe(CorsOutcome.BLOCKED);
    expect(fix).toContain(call);
    expect(verdictOf(followed(plain, fix!), request).outcome).toBe(CorsOutcome.ALLOWED);
  });

  describe('where routes ask for headers, which the policy then allows on its own', () => {
    const SIGNED = { authorization: 'a', 'x-amz-date': 'a', 'x-amz-security-token': 'a', 'x-amz-content-sha256': 'a' };
    function build(stack: Stack) {
      const api = new apigateway.RestApi(stack, 'Api');
      const pets = api.root.addResource('pets');
      const integration = new apigateway.MockIntegration({
        requestTemplates: { 'application/json': '{"statusCode": 200}' },
        integrationResponses: [{ statusCode: '200' }],
      });
      pets.addMethod('PUT', integration, {
        authorizationType: apigateway.AuthorizationType.IAM,
        requestParameters: { 'method.request.header.X-Tenant': true },
        requestValidatorOptions: { validateRequestParameters: true },
        methodResponses: [{ statusCode: '200' }],
      });
      return api;
    }
    function warningsOf(build: (stack: Stack) => void) {
      const stack = new Stack(new App(), 'Shop');
      build(stack);
      return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('allowHeaders'));
    }

    test.each<[string, object, string]>([
      ['what they ask for', { ...SIGNED, 'x-tenant': 'a' }, `addCors(api, { allowOrigins: ["${APP}"] })`],
      [
        'the default',
        { ...SIGNED, 'x-tenant': 'a', 'x-amz-user-agent': 'a' },
        `addCors(api, { allowOrigins: ["${APP}"] })`,
      ],
      [
        'something else, whose list takes the place of what is derived',
        { ...SIGNED, 'x-tenant': 'a', 'x-foo': 'a' },
        'allowHeaders: [...CorsHeaders.DEFAULT, "x-amz-content-sha256", "amz-sdk-invocation-id", ' +
          '"amz-sdk-request", "x-tenant", "x-foo"]',
      ],
    ])('%s', (_, headers, call) => {
      const request = { ...PUT, headers: headers as Record<string, string> };
      const { outcome, fix } = verdictOf(build, request);
      expect(outcome).toBe(CorsOutcome.BLOCKED);
      expect(fix).toContain(call);
      expect(verdictOf(followed(build, fix!), request).outcome).toBe(CorsOutcome.ALLOWED);
      expect(warningsOf(followed(build, fix!))).toEqual([]);
    });

    test('so the first list of a policy that has none names them, too', () => {
      const withPolicy = (stack: Stack) => addCors(build(stack), { allowOrigins: [APP] });
      const { fix } = verdictOf(withPolicy, { ...PUT, headers: { ...SIGNED, 'x-tenant': 'a', 'x-foo': 'a' } });
      expect(fix).toBe(
        'Add "x-foo" to allowHeaders of addCors on Shop/Api (without a list there so far, spread CorsHeaders.DEFAULT ' +
          'into it, too, and add "x-amz-content-sha256", "amz-sdk-invocation-id", "amz-sdk-request", "x-tenant", ' +
          'which the routes ask for).',
      );
    });
  });

  test('in place of what answers OPTIONS now', () => {
    const build = (stack: Stack) => {
      const api = new apigateway.RestApi(stack, 'Api', {
        defaultCorsPreflightOptions: { allowOrigins: ['https://other.example'] },
      });
      mock(api);
    };
    expect(verdictOf(build, PUT).fix).toContain(
      `addCors(api, { allowOrigins: ["https://other.example", "${APP}"] }) in place of what answers OPTIONS now (defaultCorsPreflightOptions`,
    );
  });

  test('beside a policy on another resource, whose preflights stay', () => {
    const build = (stack: Stack) => {
      const api = new apigateway.RestApi(stack, 'Api');
      const web = api.root.addResource('web');
      const integration = new apigateway.MockIntegration({ integrationResponses: [{ statusCode: '200' }] });
      web.addMethod('PUT', integration, { methodResponses: [{ statusCode: '200' }] });
      addCors(web, { allowOrigins: [APP] });
      mock(api);
    };
    expect(verdictOf(build, PUT).fix).toBe(
      `Write addCors(api, { allowOrigins: ["${APP}"] }): nothing answers OPTIONS there.`,
    );
  });

  test('of an HTTP API with corsPreflight: its own option', () => {
    const build = (stack: Stack) =>
      new apigatewayv2.HttpApi(stack, 'Api', {
        corsPreflight: { allowOrigins: [APP], allowMethods: [apigatewayv2.CorsHttpMethod.GET] },
      });
    expect(verdictOf(build, PUT).fix).toBe('Add CorsHttpMethod.PUT to allowMethods of corsPreflight of Shop/Api.');
  });

  test.each([
    ['Python/3.12.1', `EnableCors.on(api, allow_origins=["${APP}"])`],
    ['Java/17.0.2', `EnableCors.on(api, EnableCorsOptions.builder().allowOrigins(List.of("${APP}")).build())`],
    ['DotNet/8.0.1', `EnableCors.On(api, new EnableCorsOptions { AllowOrigins = ["${APP}"] })`],
    ['Go/go1.22', `EnableCors_On(api, &EnableCorsOptions{ AllowOrigins: jsii.Strings("${APP}") })`],
  ])('in the language of an app that runs in %s', (agent, call) => {
    const before = process.env.JSII_AGENT;
    process.env.JSII_AGENT = agent;
    try {
      const stack = new Stack(new App({ analyticsReporting: true }), 'Shop', {
        env: { region: 'eu-west-1' },
        analyticsReporting: true,
      });
      plain(stack);
      expect(CorsSimulator.fromStack(stack).request(PUT).fix).toContain(call);
    } finally {
      if (before === undefined) delete process.env.JSII_AGENT;
      else process.env.JSII_AGENT = before;
    }
  });
});
