import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, aws_apigateway as apigateway, Stack } from 'aws-cdk-lib';
import { CorsEnabledRestApi } from '../../src';
import { guarded, terminalOf } from '../../src/cli/terminal';
import { CORS, httpApi } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { ALLOW_APP, gatewayResponse, get, options, put, restApi } from '../support/templates';
import { assembly, file, ORDERS, run } from './run';

const OTHER = 'https://other.example.com';

const PROXY = {
  Type: 'AWS_PROXY',
  IntegrationHttpMethod: 'POST',
  Uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f',
};

const ALLOW_PUT = { 'Access-Control-Allow-Methods': "'PUT'" };

const CALLS_ORDERS = {
  ...PROXY,
  Uri: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations' },
};

/** A function with a policy of its own. */
const functionFor = (origin: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Environment: { Variables: { CORS_POLICY: JSON.stringify({ origins: [origin] }) } } },
});

/** One of each: allowed, blocked, up to a backend, unknown. */
const petStore = restApi([
  get('/pets'),
  put('/pets'),
  options('/pets'),
  get('/orders', { headers: {} }),
  get('/backend', { integration: PROXY }),
  get('/later', { headers: { 'Access-Control-Allow-Origin': { 'Fn::Sub': "'https://${Site.DomainName}'" } as any } }),
]);

describe('check', () => {
  test('tells for each route and method what becomes of it', async () => {
    const { out, code } = await run(['check', file('template.json', petStore), '--origin', APP]);
    expect(linesAbout(out, 'Api REST API')).toEqual([
      `route methods ${APP}`,
      '/pets GET PUT ✓ allowed°',
      '/orders GET ✗ blocked',
      '/backend GET ◐ depends on backend°',
      '/later GET ? unknown',
    ]);
    expect(out).toMatch(/^allowed 2 · depends on backend 1 · unknown 1 · blocked 1$/m);
    expect(code).toBe(1);
  });

  test('tells why a route is blocked, where to change what, and which rules say so', async () => {
    const { out } = await run(['check', file('template.json', restApi([get('/pets'), put('/pets')])), '--origin', APP]);
    expect(out).toContain(
      [
        '✗ blocked preflight-answer in Api',
        `  PUT /pets from ${APP}`,
        '    the preflight is answered with 403; browsers accept only a status from 200 to 299 (/pets has GET, PUT, but no OPTIONS; ' +
          'API Gateway answers MISSING_AUTHENTICATION_TOKEN: no gateway response customises MISSING_AUTHENTICATION_TOKEN or DEFAULT_4XX)',
        '    at /pets of Api',
        '  Change Add an OPTIONS method to this path with AuthorizationType: NONE and a MOCK integration (request template {"statusCode": 200}) ' +
          `that sends "method.response.header.Access-Control-Allow-Origin": "'${APP}'", "method.response.header.Access-Control-Allow-Methods": "'PUT,GET'", ` +
          `"method.response.header.Access-Control-Allow-Headers": "'content-type'": nothing answers OPTIONS there.`,
        '  See https://fetch.spec.whatwg.org/#cors-preflight-fetch',
        '  See https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html',
      ].join('\n'),
    );
  });

  test('names the construct that has to change, where the template knows it', async () => {
    const template = restApi([get('/pets', { headers: {} })]);
    template.Resources.GETXpets.Metadata = { 'aws:cdk:path': 'Shop/Api/Default/pets/GET/Resource' };
    const { out } = await run(['check', file('template.json', template), '--origin', APP]);
    expect(out).toContain('(GET /pets at Shop/Api/Default/pets/GET)\n');
  });

  test.each([
    ['AWS_PROXY', 'proxy'],
    ['MOCK', 'nonproxy'],
  ])('leads to what the guide says about an integration of type %s', async (type, passage) => {
    const integration = type === 'MOCK' ? undefined : { Type: type, Uri: 'arn:aws:lambda:f' };
    const policy = JSON.stringify({ origins: ['https://other.example'] });
    const template = restApi([get('/pets', { ...(integration && { integration }), headers: {} })]);
    template.Resources.F = {
      Type: 'AWS::Lambda::Function',
      Properties: { Environment: { Variables: { CORS_POLICY: policy } } },
    };
    const uri = 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${F.Arn}/invocations';
    for (const { Properties } of Object.values<any>(template.Resources))
      if (Properties?.Integration?.Uri) Properties.Integration.Uri = { 'Fn::Sub': uri };
    const { out } = await run(['check', file('template.json', template), '--no-config', '--origin', APP]);
    expect(out).toContain('response-origin');
    expect(out).toMatch(new RegExp(`how-to-cors\\.html#apigateway-enable-cors-${passage}\\s`));
  });

  test('says what is going on where somebody looks, and takes it away again', async () => {
    const shown: string[] = [];
    const template = restApi([get('/pets')]);
    template.Resources.Api.Metadata = { 'aws:cdk:path': 'Shop/\u001b[2JApi/Resource' };
    const path = file('template.json', template);
    await run(['check', path, '--origin', APP], { progress: (text) => void shown.push(text) });
    expect(shown).toEqual([`Reading ${path} …`, 'Checking Shop/\ufffd[2JApi, 1 of 1 …', '']);
    await run(['check', 'nowhere.json'], { progress: (text) => void shown.push(text) });
    expect(shown.slice(3)).toEqual(['Reading nowhere.json …', '']);
  });

  test('has a column for each origin, and numbers them where they do not fit', async () => {
    const args = ['check', file('template.json', restApi([get('/pets')])), '--origin', APP, '--origin', OTHER];
    expect(linesAbout((await run(args)).out, 'Api REST API')).toEqual([
      `route methods ${APP} ${OTHER}`,
      '/pets GET ✓ allowed° ✗ blocked',
    ]);
    expect(linesAbout((await run(args, { width: 60 })).out, 'Api REST API')).toEqual([
      `origin 1 is ${APP}`,
      `origin 2 is ${OTHER}`,
      'route methods origin 1 origin 2',
      '/pets GET ✓ allowed° ✗ blocked',
    ]);
  });

  test('shows on what an allowed route hangs where a function follows a policy', async () => {
    const template = restApi([get('/pets'), get('/orders', { integration: CALLS_ORDERS })], {
      Orders: functionFor(APP),
    });
    const { out, code } = await run(['check', file('template.json', template), '--origin', APP]);
    expect(linesAbout(out, 'Api REST API')).toEqual([
      `route methods ${APP}`,
      '/pets GET ✓ allowed°',
      '/orders GET ✓ allowed*°',
      '* provided that the handler of Orders is wrapped in withCors or with_cors',
    ]);
    expect(code).toBe(0);
  });

  test("does not call a route allowed that answers nothing but the gateway's own error", async () => {
    const template = restApi([get('/pets', { integration: { IntegrationResponses: [] } })], {
      Errors: gatewayResponse('DEFAULT_5XX', ALLOW_APP),
    });
    const path = file('template.json', template);
    const { out, code } = await run(['check', path, '--origin', APP]);
    expect(linesAbout(out, 'Api REST API')[1]).toBe('/pets GET ! always an error');
    expect(out).toMatch(
      /! always an error in Api\n {2}GET \/pets from [^\n]*\n[^\n]*GET \/pets at GETXpets; [^\n]*no integration responses[^\n]*\n {2}Change Repair/,
    );
    expect(code).toBe(1);
  });

  test('does not let one fault of every route scroll away the rest', async () => {
    const many = Array.from({ length: 30 }, (_, index) => put(`/pets${index}`));
    const { out } = await run(['check', file('template.json', restApi(many)), '--origin', APP]);
    expect(out.match(/^ {2}PUT/gm)).toHaveLength(10);
    expect(out).toContain('… and 20 more of the kind');
  });

  test('asks as a page does that sets headers and sends cookies', async () => {
    const path = file('template.json', restApi([get('/pets'), options('/pets')]));
    const { out } = await run([
      'check',
      path,
      '--origin',
      APP,
      '--header',
      'x-trace',
      '--header',
      'content-type: text/plain',
    ]);
    expect(out).toContain('does not list x-trace');
    expect((await run(['check', path, '--origin', APP, '--credentials'])).out).toContain(
      'blocked response-credentials',
    );
  });

  test('without origins, takes those that the API lets in by name', async () => {
    const velocity = `#if($origin == '${OTHER}')#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`;
    const preflight = {
      Type: 'MOCK',
      IntegrationResponses: [{ StatusCode: '204', ResponseTemplates: { 'application/json': velocity } }],
    };
    const rest = restApi([get('/pets'), options('/pets', { integration: preflight })]);
    const { out } = await run(['check', file('template.json', rest)]);
    expect(linesAbout(out, 'Api REST API')[0]).toBe(`route methods ${APP} ${OTHER}`);
    const open = restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': "'*'" } })]);
    expect((await run(['check', file('template.json', open)])).code).toBe(0);
  });

  test('without origins, takes those that a function lets in where the API itself names none', async () => {
    const rest = restApi([get('/orders', { headers: {}, integration: CALLS_ORDERS })], { Orders: functionFor(OTHER) });
    expect(linesAbout((await run(['check', file('template.json', rest)])).out, 'Api REST API')[0]).toBe(
      `route methods ${OTHER}`,
    );
    const Api = {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { ProtocolType: 'HTTP', Target: { 'Fn::GetAtt': ['Orders', 'Arn'] } },
    };
    const http = file('template.json', { Resources: { Api, Orders: functionFor(OTHER) } });
    expect(linesAbout((await run(['check', http])).out, 'Api HTTP API')[0]).toBe(`route methods ${OTHER}`);
  });

  test('without origins, asks no API for pages that only another one names', async () => {
    const ofOther = restApi([get('/cats', { headers: { 'Access-Control-Allow-Origin': `'${OTHER}'` } })]);
    const both = assembly({
      'Shop.template.json': restApi([get('/pets')]),
      'Zoo.template.json': renamed(ofOther, 'Zoo'),
    });
    const report = file('report.html', '');
    const { out, code } = await run(['check', both, '--html', report]);
    expect(linesAbout(out, 'Api REST API')).toEqual([`route methods ${APP}`, '/pets GET ✓ allowed°']);
    expect(linesAbout(out, 'Zoo REST API')).toEqual([`route methods ${OTHER}`, '/cats GET ✓ allowed°']);
    expect(code).toBe(0);
    expect(readFileSync(report, 'utf8').match(/<th scope="col" data-origin/g)).toHaveLength(2);
  });

  test('exits with 0 where nothing is blocked, and with 1 where --strict wants certainty', async () => {
    const path = file('template.json', restApi([get('/pets', { integration: PROXY })]));
    expect((await run(['check', path, '--origin', APP])).code).toBe(0);
    expect((await run(['check', path, '--origin', APP, '--strict'])).code).toBe(1);
  });

  test('fails where the template cannot be deployed', async () => {
    const { code, out } = await run([
      'check',
      file('template.json', restApi([get('/{a}'), get('/{b}')])),
      '--origin',
      APP,
    ]);
    expect(code).toBe(1);
    expect(linesAbout(out, 'Api REST API')[0]).toMatch(/^cannot be deployed: \/{b} cannot stand beside \/{a}/);
  });

  test('writes everything as JSON', async () => {
    const { out } = await run([
      'check',
      file('template.json', restApi([put('/pets/{id}'), options('/pets/{id}')])),
      '--origin',
      OTHER,
      '--json',
    ]);
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({
        api: 'Api',
        route: '/pets/{id}',
        method: 'PUT',
        origin: OTHER,
        outcome: 'BLOCKED',
        rule: 'preflight-origin',
        where: expect.any(String),
        links: expect.arrayContaining(['https://fetch.spec.whatwg.org/#concept-cors-check']),
        preflight: {
          request: {
            method: 'OPTIONS',
            path: '/pets/some-id',
            headers: {
              accept: '*/*',
              'access-control-request-headers': 'content-type',
              'access-control-request-method': 'PUT',
              origin: OTHER,
            },
          },
          response: expect.objectContaining({ status: 204 }),
        },
      }),
    ]);
  });
});

describe('check asks what pages really ask', () => {
  const post = { ...put('/pets', { integration: { Type: 'HTTP', RequestTemplates: {} } }), verb: 'POST' };
  const token = {
    Guard: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: { RestApiId: { Ref: 'Api' }, Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization' },
    },
  };
  const guarded = { properties: { AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: 'Guard' } } };
  const check = (template: object, ...more: string[]) =>
    run(['check', file('t.json', template), '--origin', APP, ...more]);
  const entries = async (template: object, ...more: string[]) =>
    JSON.parse((await check(template, '--json', ...more)).out) as any[];

  test('JSON, and tells where a form would get through', async () => {
    const { out, code } = await check(restApi([post]));
    expect(linesAbout(out, 'Api REST API')[1]).toBe('/pets POST ✗ blocked');
    expect(out).toContain('sent as plain text or as a form it would need no preflight and get through');
    expect(code).toBe(1);
  });

  test.each([
    ['--body', 'form'],
    ['--body', 'text'],
    ['--body', 'none'],
    ['--header', 'PUT,POST: content-type: text/plain'],
    ['--header', 'content-type:'],
  ])('another body, with %s %s', async (...args) => {
    expect((await check(restApi([post]), ...args)).code).toBe(0);
  });

  test('headers for some methods alone', async () => {
    const template = restApi([get('/pets'), put('/pets'), options('/pets')]);
    const outcomes = (await entries(template, '--header', 'PUT: x-trace')).map(({ method, rule }) => [method, rule]);
    expect(outcomes).toEqual([
      ['GET', 'ok'],
      ['PUT', 'preflight-header'],
    ]);
  });

  test('and tells in one line which errors a page could not read', async () => {
    const template = restApi([get('/pets', guarded), put('/pets', guarded), options('/pets')], token);
    const { out, code } = await check(template);
    const lines = out.split('\n').filter((line) => line.includes('°'));
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/401 UNAUTHORIZED, 403 ACCESS_DENIED, .*429 THROTTLED of every route/);
    expect(code).toBe(0);
    expect((await check(template, '--errors')).code).toBe(1);
    expect((await check(template, '--strict')).code).toBe(1);
    const [{ unreadable }] = await entries(template);
    expect(unreadable[0]).toMatchObject({ error: 'UNAUTHORIZED', status: 401, rule: 'response-origin' });
  });

  test('and finds no fault in errors that it could read', async () => {
    const errors = { Four: gatewayResponse('DEFAULT_4XX', ALLOW_APP), Five: gatewayResponse('DEFAULT_5XX', ALLOW_APP) };
    const { out, code } = await check(
      restApi([get('/pets', guarded), options('/pets')], { ...token, ...errors }),
      '--errors',
    );
    expect(out).not.toContain('°');
    expect(code).toBe(0);
  });

  test('and looks at the responses that the template declares for other statuses', async () => {
    const integration = {
      Type: 'HTTP',
      IntegrationResponses: [
        { StatusCode: '200', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': `'${APP}'` } },
        { StatusCode: '404', SelectionPattern: '4\\d{2}' },
      ],
    };
    const MethodResponses = [
      { StatusCode: '200', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': true } },
      { StatusCode: '404' },
    ];
    const [{ unreadable }] = await entries(restApi([get('/pets', { integration, properties: { MethodResponses } })]));
    expect(unreadable.map(({ error }: any) => error)).toContain('the integration response 404');
  });

  test('headers that the page reads', async () => {
    const template = (expose: string) =>
      restApi([get('/pets', { headers: { ...ALLOW_APP, 'Access-Control-Expose-Headers': `'${expose}'` } })]);
    expect((await check(template('X-Total-Count'), '--reads', 'x-total-count')).code).toBe(0);
    const { out, code } = await check(template('X-Other'), '--reads', 'X-Total-Count');
    expect(out).toContain('not its X-Total-Count: Access-Control-Expose-Headers is "X-Other" and does not list it');
    expect([code, out.includes('blocked response-headers')]).toEqual([1, true]);
  });

  test('with cookies, where the API says that they may come', async () => {
    const headers = { 'Access-Control-Allow-Origin': "'*'", 'Access-Control-Allow-Credentials': "'true'" };
    const { out, code } = await check(restApi([get('/pets', { headers })]));
    expect(out).toMatch(
      /with credentials GET \/pets from .* would be blocked: .*with credentials a \* counts for nothing/,
    );
    expect(code).toBe(0);
    expect((await check(restApi([get('/pets', { headers })]), '--strict')).code).toBe(1);
  });

  test('from strangers, where no one else may get in', async () => {
    const open = restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': "'*'" } })]);
    expect((await check(open)).code).toBe(0);
    const { out, code } = await check(open, '--only');
    expect(code).toBe(1);
    expect(out).toMatch(/wider[\s\S]*GET \/pets from null[\s\S]*null is not among the origins that should get in/);
    expect(await entries(open, '--only')).toContainEqual(expect.objectContaining({ origin: 'null', rule: 'wider' }));
    expect((await check(restApi([get('/pets')]), '--only')).code).toBe(0);
    const { err } = await run(['check', file('t.json', open), '--only']);
    expect(err).toContain('--only: say which origins should get in');
  });

  test('from strangers, with the option that lets them in', async () => {
    const open = restApi([get('/pets', { headers: { 'Access-Control-Allow-Origin': "'*'" } })]);
    expect((await check(open, '--only')).out).toContain(
      'Change Take "*" out of the Access-Control-Allow-Origin of GETXpets, and list exact origins there.',
    );
    const stack = new Stack(new App(), 'Shop');
    const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: ['http://localhost:*', APP] } });
    const integration = new apigateway.MockIntegration({
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      integrationResponses: [{ statusCode: '200' }],
    });
    api.root.addResource('pets').addMethod('GET', integration, { methodResponses: [{ statusCode: '200' }] });
    const { directory } = (stack.node.root as App).synth();
    const { out } = await run(['check', directory, '--no-config', '--origin', APP, '--only']);
    expect(out).toContain(
      'Change Take whatever lets this origin in out of cors.allowOrigins of Shop/Api, ' +
        'and list exact origins there.',
    );
  });

  test('from origins that the API names beside those that should get in', async () => {
    const both = httpApi({ ...CORS, AllowOrigins: [APP, 'https://evil.example'] }, { 'GET /pets': {} });
    const wider = { origin: 'https://evil.example', rule: 'wider' };
    expect((await check(both, '--only')).code).toBe(1);
    expect(await entries(both, '--only')).toContainEqual(expect.objectContaining(wider));
    expect((await check(httpApi(CORS, { 'GET /pets': {} }), '--only')).code).toBe(0);
    const mapped = restApi([
      get('/pets'),
      get('/cats', { headers: { 'Access-Control-Allow-Origin': "'https://evil.example'" } }),
    ]);
    expect(await entries(mapped, '--only')).toContainEqual(expect.objectContaining({ ...wider, route: '/cats' }));
  });

  test('from a value of the deployment that the API names, only where it cannot be one of those', async () => {
    const naming = (origin: object) => httpApi({ ...CORS, AllowOrigins: [APP, origin] }, { 'GET /pets': {} });
    expect((await check(naming({ 'Fn::Sub': 'https://${AWS::AccountId}.evil.example' }), '--only')).code).toBe(1);
    expect((await check(naming({ 'Fn::Sub': 'https://${AWS::AccountId}.example.com' }), '--only')).code).toBe(0);
  });

  test('from strangers, who need no cookies where the right pages send them', async () => {
    const template =
      "#set($o = $input.params('origin'))#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)" +
      `#if($o == '${APP}')#set($context.responseOverride.header.Access-Control-Allow-Credentials = 'true')#end`;
    const reflecting = restApi([
      get('/pets', {
        integration: {
          IntegrationResponses: [{ StatusCode: '200', ResponseTemplates: { 'application/json': template } }],
        },
      }),
    ]);
    expect((await check(reflecting, '--credentials')).code).toBe(0);
    expect((await check(reflecting, '--credentials', '--only')).code).toBe(1);
    const found = (await entries(reflecting, '--credentials', '--only')).filter(({ rule }: any) => rule === 'wider');
    expect(new Set(found.map(({ origin }: any) => origin)).size).toBe(found.length);
  });

  test('what a backend sends, where somebody knows', async () => {
    const template = restApi([get('/pets', { integration: PROXY })]);
    expect((await check(template, '--backend-header', `access-control-allow-origin: ${APP}`, '--json')).out).toContain(
      '"ALLOWED"',
    );
    expect((await check(template, '--backend-header', 'x-none: 1')).code).toBe(1);
  });
});

describe('what can be checked', () => {
  const document = (integration: object) => ({
    openapi: '3.0.1',
    info: { title: 'Pets', version: '1' },
    paths: { '/pets': { get: { responses: {}, 'x-amazon-apigateway-integration': integration } } },
  });

  test('is the cdk.out below, when nothing is named', async () => {
    const directory = assembly({ 'Shop.template.json': restApi([get('/pets')]) });
    const before = process.cwd();
    process.chdir(dirname(directory));
    const { out, code } = await run(['check', '--origin', APP]).finally(() => process.chdir(before));
    expect([code, linesAbout(out, 'Api REST API')[1]]).toEqual([0, '/pets GET ✓ allowed°']);
  });

  test('is one template of a cdk.out', async () => {
    const directory = assembly({
      'Shop.template.json': restApi([get('/pets')]),
      'Zoo.template.json': restApi([get('/cats')]),
    });
    const { out } = await run(['check', join(directory, 'Zoo.template.json'), '--origin', APP]);
    expect(out).toContain('/cats');
    expect(out).not.toContain('/pets');
  });

  test('is a template in YAML', async () => {
    const yaml = `
Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP, CorsConfiguration: { AllowOrigins: [!Sub '${APP}'] } } }
  Route: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: GET /pets } }
`;
    const { out, code } = await run(['check', file('template.yaml', yaml), '--origin', APP]);
    expect([code, linesAbout(out, 'Api HTTP API')[1]]).toEqual([0, '/pets GET ✓ allowed']);
  });

  test('is an OpenAPI document, as the REST API that it would become', async () => {
    const { out } = await run(['check', file('pets.json', document({ type: 'aws_proxy' })), '--origin', APP]);
    expect(linesAbout(out, 'pets.json REST API')[1]).toBe('/pets GET ◐ depends on backend°');
    expect(out).toContain('at paths["/pets"] of pets.json');
  });

  test('is an OpenAPI document for an HTTP API', async () => {
    const cors = { 'x-amazon-apigateway-cors': { allowOrigins: [APP] } };
    const proxy = { type: 'aws_proxy', payloadFormatVersion: '2.0' };
    const { out } = await run([
      'check',
      file('pets.yaml', JSON.stringify({ ...document(proxy), ...cors })),
      '--origin',
      APP,
    ]);
    expect(linesAbout(out, 'pets.yaml HTTP API')[1]).toBe('/pets GET ✓ allowed');
  });

  test('is one API of several', async () => {
    const both = assembly({
      'Shop.template.json': restApi([get('/pets')]),
      'Zoo.template.json': renamed(restApi([get('/cats')]), 'Zoo'),
    });
    expect((await run(['check', both, '--origin', APP])).out).toMatch(/Api REST API[\s\S]*Zoo REST API/);
    expect((await run(['check', both, '--origin', APP, '--api', 'Zoo'])).out).not.toContain('Api REST API');
    expect(await run(['check', both, '--origin', APP, '--api', 'Farm'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('It holds Api, Zoo.'),
    });
  });

  test.each(['check', 'serve'])('is not for %s to choose where several have the same id', async (command) => {
    const zoo = restApi([get('/cats')]);
    zoo.Resources.Api.Metadata = { 'aws:cdk:path': 'Zoo/Api/Resource' };
    const both = assembly({ 'Shop.template.json': restApi([get('/pets')]), 'Zoo.template.json': zoo });
    const { code, err } = await run([command, both, '--api', 'Api']);
    expect(code).toBe(2);
    expect(err).toMatch(
      /holds several APIs "Api": .*Shop\.template\.json, Zoo\/Api\. Choose one by its construct path/,
    );
  });
});

describe('one line and exit code 2 for', () => {
  const template = () => file('template.json', restApi([get('/pets')]));

  test.each([
    ['a file that is not there', () => ['check', '/nowhere/template.json'], 'There is no /nowhere/template.json here.'],
    [
      'a directory that is not a cdk.out',
      () => ['check', dirname(template())],
      /is not a cloud assembly: it has no manifest.json/,
    ],
    [
      'what is neither JSON nor YAML',
      () => ['check', file('x.json', '{"a": ')],
      /x.json, line 1, column 7: this is not JSON/,
    ],
    ['an empty file', () => ['check', file('x.json', '')], /is not a CloudFormation template: it is empty/],
    [
      'something else than a template',
      () => ['check', file('x.json', [1, 2])],
      /is not a CloudFormation template: it is a list/,
    ],
    [
      'a template without an API',
      () => ['check', file('x.json', { Resources: {} })],
      /holds no REST or HTTP API of API Gateway/,
    ],
    ['an origin that is none', () => ['check', template(), '--origin', `${APP}/`], `Did you mean "${APP}"?`],
    [
      'a report in no folder',
      () => ['check', template(), '--html', '/nowhere/report.html'],
      /--html: there is no folder \/nowhere\. Create it/,
    ],
    [
      'a report that is a folder',
      () => ['check', template(), '--html', tmpdir()],
      /--html: .* is a folder\. Name a file in it, such as .*cors\.html/,
    ],
    ['a header that is none', () => ['check', template(), '--header', 'X Y'], /--header: "X Y" is not a header name/],
    [
      'cookies by hand',
      () => ['check', template(), '--header', 'Cookie: x'],
      /do not let a script set Cookie\. --credentials sends cookies along/,
    ],
    [
      'a header that scripts cannot set',
      () => ['check', template(), '--header', 'Host: x'],
      /do not let a script set Host\. Leave it out/,
    ],
    ['an option that does not exist', () => ['check', template(), '--orgin', APP], /unknown option '--orgin'/],
    ['a command that does not exist', () => ['chekc'], /unknown command 'chekc'/],
  ])('%s', async (_, args, line) => {
    const { code, out, err } = await run(args());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(line);
    expect(err.split('\n').filter((each) => !each.startsWith('(Did you mean'))).toHaveLength(1);
  });
});

describe('help', () => {
  test.each(['check', 'init', 'serve', 'probe', 'explain'])('of %s has an example', async (command) => {
    const { code, out } = await run([command, '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`Example:\n[\\s\\S]*\\$ cdk-cors ${command} `));
  });

  test('of probe says that it cannot do without an origin', async () => {
    expect((await run(['probe', '--help'])).out).toMatch(/--origin <origin> +.*\(required\)/);
  });

  test('of check says of each option what it does, wherever it stands, and what each exit code means', async () => {
    const { out } = await run(['check', '--help']);
    expect(out).toMatch(/--strict +fail also as --errors does/);
    expect(out).not.toMatch(/also there/);
    expect(out).toContain('2 when the command could not do its work');
  });

  test('tells the version of the package', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, out: require('../../package.json').version });
  });
});

describe('the terminal', () => {
  const written = (stdout: object, env: object = {}) => {
    const chunks: string[] = [];
    const process = { env, stdout: { ...stdout, write: (text: string) => chunks.push(text) } };
    const terminal = terminalOf(process as unknown as NodeJS.Process);
    terminal.write(terminal.colors.red('blocked'));
    return chunks.join('');
  };

  test('has colours where a person looks, and none elsewhere or with NO_COLOR', () => {
    expect(written({ isTTY: true, columns: 80 })).toBe('\u001b[31mblocked\u001b[39m\n');
    expect(written({ isTTY: true, columns: 80 }, { NO_COLOR: '1' })).toBe('blocked\n');
    expect(written({})).toBe('blocked\n');
  });

  test('lets no name in a template move the cursor', () => {
    const chunks: string[] = [];
    const process = { env: {}, stdout: { write: (text: string) => chunks.push(text) } };
    guarded(terminalOf(process as unknown as NodeJS.Process)).write(
      'GET /\u001b]0;owned\u0007\u001b[2J\u001b[31mpets\n\r',
    );
    expect(chunks).toEqual(['GET /\ufffd]0;owned\ufffd\ufffd[2J\u001b[31mpets\n\ufffd\n']);
  });
});

/** The lines of the table under this title, with single spaces. */
function linesAbout(out: string, title: string): string[] {
  const [, table] = out.split(`${title}\n`);
  return table
    .split('\n\n')[0]
    .split('\n')
    .map((line) => line.trim().replace(/ +/g, ' '))
    .filter((line) => !line.startsWith('°')); // errors have tests of their own
}

function renamed(template: object, id: string): object {
  return JSON.parse(JSON.stringify(template).replace(/"Api"/g, JSON.stringify(id)));
}

describe('what check writes of a template that somebody else wrote', () => {
  const NAME = 'items\n::error::pwned\n##vso[task.complete]\u001b[31m\u202e';
  const template = () => {
    const hostile = restApi([get('/items'), put('/items', { headers: {} })]);
    const resources = JSON.stringify(hostile.Resources).replaceAll(
      '"PathPart":"items"',
      `"PathPart":${JSON.stringify(NAME)}`,
    );
    const named = Object.fromEntries(
      Object.entries(JSON.parse(resources)).map(([id, resource]) => [id.replace('PUT', `PUT${NAME}`), resource]),
    );
    return file('template.json', { Resources: named });
  };

  test.each([[], ['--json']])('gives no orders to a terminal or to a CI (%s)', async (...format) => {
    const { out, err } = await run(['check', template(), '--origin', 'https://app.example.com', ...format]);
    expect(out + err).toContain('pwned');
    expect(out + err).not.toMatch(ORDERS);
  });

  test.each(['json', 'html'])('has no values of headers that pages send (%s)', async (format) => {
    const html = join(dirname(template()), 'cors.html');
    const secret = ['--header', 'authorization: Bearer t0k3n-v4lue', '--header', 'x-tenant: t3n4nt-v4lue'];
    const { out } = await run([
      'check',
      template(),
      '--origin',
      'https://app.example.com',
      ...secret,
      ...(format === 'html' ? ['--html', html] : ['--json']),
    ]);
    const written = format === 'html' ? readFileSync(html, 'utf8') : out;
    expect(written).toContain('x-tenant');
    expect(written).not.toContain('v4lue');
  });

  test.each([
    ['a short one, by a name with capitals', { headers: { 'X-Pin': '1234z' } }],
    ['one of some methods', { headers: { 'GET: X-Pin': '1234z' } }],
    ['two of one name', { headers: { 'GET: X-Pin': '1234z', 'PUT: X-Pin': '9876y' } }],
    ['of a backend, by a name that sounds secret', { backendHeaders: [{ headers: { 'X-Session-Token': '1234z' } }] }],
  ])('has no values of headers in the settings: %s', async (_, settings) => {
    const config = file('cdk-cors.json', { apis: { '*': settings } });
    const preflight = { ...ALLOW_APP, ...ALLOW_PUT, 'Access-Control-Allow-Headers': "'content-type,x-pin'" };
    const api = restApi([get('/pets', { integration: PROXY }), put('/pets'), options('/pets', { headers: preflight })]);
    const path = file('template.json', api);
    const html = join(dirname(path), 'cors.html');
    const asked = ['check', path, '--config', config, '--origin', APP, '--format', 'json', '--format', `html=${html}`];
    const { out } = await run(asked);
    for (const written of [out, readFileSync(html, 'utf8')]) {
      expect(written.toLowerCase()).toContain(JSON.stringify(settings).includes('Pin') ? 'x-pin' : 'x-session-token');
      expect(written).not.toMatch(/1234z|9876y/);
    }
  });
});

test('names the line of the app that makes what is to change, where the assembly has it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'traced-'));
  const before = process.env.CDK_DEBUG;
  process.env.CDK_DEBUG = 'true';
  try {
    const app = new App({ outdir: directory });
    const api = new apigateway.RestApi(new Stack(app, 'Shop'), 'Api');
    api.root.addResource('pets').addMethod('GET', new apigateway.MockIntegration(), { methodResponses: [] });
    app.synth();
    const { out } = await run(['check', directory, '--origin', APP]);
    expect(out).toMatch(/at Shop\/Api\/Default\/pets\/GET \(.*check\.test\.ts:\d+\)/);
  } finally {
    if (before === undefined) delete process.env.CDK_DEBUG;
    else process.env.CDK_DEBUG = before;
    rmSync(directory, { recursive: true, force: true });
  }
});
