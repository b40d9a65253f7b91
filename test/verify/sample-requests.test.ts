import { readApis } from '../../src/verify/model/read-apis';
import { sampleRequests } from '../../src/verify/requests/sample-requests';
import { readTemplate } from '../../src/verify/template/cloudformation-template';
import { TemplateScope } from '../../src/verify/template/scope';
import { CORS, httpApi, JWT } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { get, options, put, restApi } from '../support/templates';

/** What signers of Signature Version 4 send today. */
const SIGNED = ['authorization', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256'];

describe('the requests that pages make of an API', () => {
  const requestsOf = (template: object, origins = [APP]) => {
    const [api] = readApis([new TemplateScope(readTemplate(template))]);
    return sampleRequests(api, origins).map(
      ({ route, request }) => `${request.method} ${route.name} as ${request.path} from ${request.origin}`,
    );
  };

  test('are every method of every route, but for OPTIONS, which browsers send on their own', () => {
    expect(requestsOf(restApi([get('/pets'), put('/pets'), options('/pets')]))).toEqual([
      `GET /pets as /pets from ${APP}`,
      `PUT /pets as /pets from ${APP}`,
    ]);
  });

  test('come from every origin', () => {
    expect(requestsOf(restApi([get('/pets')]), [APP, 'http://localhost:3000'])).toEqual([
      `GET /pets as /pets from ${APP}`,
      'GET /pets as /pets from http://localhost:3000',
    ]);
  });

  test('have a value for each variable, which a literal beside it does not have', () => {
    const template = restApi([get('/pets/{id}'), get('/pets/id'), get('/files/{proxy+}')]);
    expect(requestsOf(template).map((line) => line.split(' ')[3])).toEqual([
      '/pets/some-id',
      '/pets/id',
      '/files/some-proxy',
      '/files/some-proxy/below',
    ]);
  });

  test('are of six methods where a route takes any', () => {
    const methods = requestsOf(restApi([get('/pets', { verb: 'ANY' })])).map((line) => line.split(' ')[0]);
    expect(methods).toEqual(['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD']);
  });

  test.each<[string, object, string[]]>([
    ['nothing where anyone may call', httpApi(CORS, { 'GET /pets': {} }), []],
    ['a token for an authorizer', httpApi(CORS, { 'GET /pets': JWT }), ['authorization']],
    ['a token for an authorizer of $default', httpApi(CORS, { $default: JWT }), ['authorization']],
    ['a signature for IAM', httpApi(CORS, { 'GET /pets': { AuthorizationType: 'AWS_IAM' } }), SIGNED],
    [
      'a key where the method wants one',
      restApi([get('/pets', { properties: { ApiKeyRequired: true } })]),
      ['x-api-key'],
    ],
    ['a signature on a REST API', restApi([get('/pets', { properties: { AuthorizationType: 'AWS_IAM' } })]), SIGNED],
    [
      'no cookie, which no script can set',
      httpApi(
        CORS,
        { 'GET /pets': JWT },
        {},
        { IdentitySource: ['$request.header.Cookie', '$request.querystring.token'] },
      ),
      [],
    ],
  ])('carry what is asked for before the integration is called: %s', (_, template, names) => {
    const [api] = readApis([new TemplateScope(readTemplate(template))]);
    const [{ request }] = sampleRequests(api, [APP]);
    expect(Object.keys(request.headers ?? {})).toEqual(names);
  });

  test('of $default go to the root and below, but not where another route takes them', () => {
    const paths = (routes: Record<string, object>) =>
      requestsOf(httpApi(CORS, routes)).flatMap((line) => / ANY|^GET \$default as (\S+)/.exec(line)?.[1] ?? []);
    expect(paths({ $default: {} })).toEqual(['/', '/default', '/default/some']);
    expect(paths({ $default: {}, 'GET /': {}, 'ANY /{any}': {} })).toEqual(['/default/some']);
    expect(paths({ $default: {}, 'PUT /': {} })).toEqual(['/', '/default', '/default/some']);
  });

  test.each<[string, object, string | undefined]>([
    ['JSON', restApi([put('/pets')]), 'application/json'],
    ['no body', restApi([get('/pets')]), undefined],
    [
      'what its model is for',
      restApi([put('/pets', { properties: { RequestModels: { 'text/csv': 'Rows' } } })]),
      'text/csv',
    ],
    [
      'what its mapping templates read',
      restApi([put('/pets', { integration: { Type: 'HTTP', RequestTemplates: { 'text/plain': '$input.body' } } })]),
      'text/plain',
    ],
    [
      'JSON, where that is one of several types',
      restApi([put('/pets', { properties: { RequestModels: { 'text/csv': 'Rows', 'application/json': 'Pet' } } })]),
      'application/json',
    ],
  ])('carry a body as the API takes it: %s', (_, template, type) => {
    const [api] = readApis([new TemplateScope(readTemplate(template))]);
    const [{ request }] = sampleRequests(api, [APP]);
    expect(request.headers?.['content-type']).toBe(type);
  });

  test.each<[string, object, string]>([
    ['2.0', { swagger: '2.0', paths: { '/a': { post: { consumes: ['application/xml'] } } } }, 'application/xml'],
    [
      'a form of 2.0',
      { swagger: '2.0', paths: { '/a': { post: { parameters: [{ in: 'formData', name: 'q', type: 'string' }] } } } },
      'application/x-www-form-urlencoded',
    ],
    [
      'a file of 2.0',
      { swagger: '2.0', paths: { '/a': { post: { parameters: [{ in: 'formData', name: 'f', type: 'file' }] } } } },
      'multipart/form-data',
    ],
    [
      '3.0',
      { openapi: '3.0.1', paths: { '/a': { post: { requestBody: { content: { 'multipart/form-data': {} } } } } } },
      'multipart/form-data',
    ],
  ])('carry a body as a document of OpenAPI %s says', (_, Body, type) => {
    const template = { Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body } } } };
    const [api] = readApis([new TemplateScope(readTemplate(template))]);
    expect(sampleRequests(api, [APP])[0].request.headers?.['content-type']).toBe(type);
  });

  test('carry the query parameters that are asked for', () => {
    const template = httpApi(CORS, { 'GET /pets': JWT }, {}, { IdentitySource: ['$request.querystring.token'] });
    expect(requestsOf(template)[0]).toContain('as /pets?token=some from');
  });

  test('carry what the user says, too', () => {
    const [api] = readApis([new TemplateScope(readTemplate(httpApi(CORS, { 'GET /pets': JWT })))]);
    const [{ request }] = sampleRequests(api, [APP], { headers: { 'x-tenant': 'a' }, credentials: true });
    expect(request).toMatchObject({ headers: { authorization: 'some', 'x-tenant': 'a' }, credentials: true });
  });

  test('go where a route key leads as far as it is known', () => {
    const keys = ['GET /${Path}', 'PUT /pets/{${Name}}', '${Verb} /pets/{id}', '${Key}', 'get /pets'];
    const template = httpApi(CORS, Object.fromEntries(keys.map((key) => [key, { RouteKey: { 'Fn::Sub': key } }])));
    const paths = new Set(requestsOf(template).map((line) => line.match(/ as (.*) from /)?.[1]));
    expect(Array.from(paths)).toEqual(['/some', '/pets/some-some', '/pets/some-id', '/default', '/pets']);
  });
});
