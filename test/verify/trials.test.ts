import { readApis } from '../../src/verify/model/read-apis';
import { readTemplate } from '../../src/verify/template/document';
import { TemplateScope } from '../../src/verify/template/scope';
import { trialsOf } from '../../src/verify/trials';
import { APP, get, options, put, restApi } from './gateway';
import { CORS, httpApi } from './http-apis';

describe('the requests that pages make of an API', () => {
  const requestsOf = (template: object, origins = [APP]) => {
    const [api] = readApis([new TemplateScope(readTemplate(template))]);
    return trialsOf(api, origins).map(({ route, request }) => `${request.method} ${route.name} as ${request.path} from ${request.origin}`);
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
    expect(requestsOf(template).map((line) => line.split(' ')[3])).toEqual(['/pets/some-id', '/pets/id', '/files/some-proxy']);
  });

  test('are of six methods where a route takes any', () => {
    const methods = requestsOf(restApi([get('/pets', { verb: 'ANY' })])).map((line) => line.split(' ')[0]);
    expect(methods).toEqual(['GET', 'PUT', 'POST', 'PATCH', 'DELETE', 'HEAD']);
  });

  test('go where a route key leads as far as it is known', () => {
    const keys = ['GET /${Path}', 'PUT /pets/{${Name}}', '${Verb} /pets/{id}', '${Key}', 'get /pets'];
    const template = httpApi(CORS, Object.fromEntries(keys.map((key) => [key, { RouteKey: { 'Fn::Sub': key } }])));
    const paths = new Set(requestsOf(template).map((line) => line.match(/ as (.*) from /)?.[1]));
    expect(Array.from(paths)).toEqual(['/some', '/pets/some-some', '/pets/some-id', '/default', '/pets']);
  });
});
