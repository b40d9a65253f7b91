import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { readWays } from '../../src/cli/input';
import { LocalApi } from '../../src/cli/serve/local-api';
import { logLines } from '../../src/cli/serve/log';
import { mockWithCors, mockWithoutCors } from '../../src/cli/serve/mocks';
import { placesOf } from '../../src/cli/serve/places';
import { serve } from '../../src/cli/serve/server';
import { APP } from '../support/pages';
import { get, restApi } from '../support/templates';
import {
  ADMIN,
  behind,
  CACHE,
  CLOSED_HTTP_API,
  FORWARD,
  HTTP_API,
  LEGACY,
  RESPOND,
  REST_API,
  REST_WITH_EMPTY_OPTIONS,
  REST_WITHOUT_OPTIONS,
  RIGHT,
  SITE_BEHAVIOR,
  STRANGER,
} from '../verify/cloudfront/distributions';
import { file, run, terminal } from './run';

const open = new Set<Server>();
afterEach(async () => {
  for (const server of open) await new Promise((closed) => server.close(closed).closeAllConnections());
  open.clear();
});

/** The distribution of a template, online in front of mock backends. */
async function start(template: object, backend = mockWithoutCors) {
  const { ways, entrances } = readWays(file('template.json', template));
  const places = placesOf(ways, entrances, (api) => new LocalApi(api, backend));
  const log: string[] = [];
  const { local } = places.find(({ kind }) => kind === 'CloudFront distribution')!;
  const server = await serve(local, { port: 0, host: '127.0.0.1' }, (outcome) =>
    log.push(logLines(outcome, true, terminal())),
  );
  open.add(server);
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    log,
    ask: async (method: string, path: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(base + path, { method, headers });
      return { status: answer.status, allowed: answer.headers.get('access-control-allow-origin'), answer };
    },
  };
}

const preflight = (origin = APP, method = 'PUT'): Record<string, string> => ({
  origin,
  'access-control-request-method': method,
});

describe('a distribution that is right', () => {
  test('hands preflights and requests on, and the answers back', async () => {
    const { ask, log } = await start(behind(HTTP_API));
    expect(await ask('OPTIONS', '/pets', preflight())).toMatchObject({ status: 204, allowed: APP });
    expect(await ask('OPTIONS', '/pets', preflight(STRANGER))).toMatchObject({ status: 204, allowed: null });
    expect(await ask('GET', '/pets', { origin: ADMIN })).toMatchObject({ status: 200, allowed: ADMIN });
    expect(log[0]).toContain('the behavior * of Edge asks Api for /pets');
    expect(log[0]).toContain('allowed');
    expect(log[1]).toContain('blocked');
  });

  test('knows the stage by OriginPath, and no other path', async () => {
    const { ask } = await start(behind(REST_API));
    expect(await ask('GET', '/pets', { origin: APP })).toMatchObject({ status: 200, allowed: APP });
    expect((await ask('GET', '/prod/pets')).status).toBe(403);
  });

  test('gives a backend what it forwards, and no more', async () => {
    const seen: object[] = [];
    const noting: typeof mockWithCors = (request, aborted) => {
      seen.push({ path: request.path, token: request.headers.authorization, query: request.path.includes('?') });
      return mockWithCors(request, aborted);
    };
    const headers = { authorization: 'Bearer t' };
    await (await start(behind(HTTP_API), noting)).ask('GET', '/pets?page=1', headers);
    const listed = { ...RIGHT, OriginRequestPolicyId: FORWARD.s3Origin };
    await (await start(behind(HTTP_API, { behavior: listed }), noting)).ask('GET', '/pets?page=1', headers);
    expect(seen).toEqual([
      { path: '/pets?page=1', token: 'Bearer t', query: true },
      { path: '/pets', token: undefined, query: false },
    ]);
  });
});

describe('a distribution that is not', () => {
  test('answers methods that it does not take on its own', async () => {
    const { ask, log } = await start(behind(HTTP_API, { behavior: { ...RIGHT, AllowedMethods: undefined } }));
    expect(await ask('OPTIONS', '/pets', preflight())).toMatchObject({ status: 403, allowed: null });
    expect(log[0]).toContain('AllowedMethods of the behavior * of Edge are GET, HEAD');
    expect(await ask('GET', '/pets', { origin: APP })).toMatchObject({ status: 200, allowed: APP });
  });

  test('hides Origin from the API, and the log says so', async () => {
    const { ask, log } = await start(behind(HTTP_API, { behavior: { ...RIGHT, OriginRequestPolicyId: undefined } }));
    expect(await ask('GET', '/pets', { origin: APP })).toMatchObject({ status: 200, allowed: null });
    expect(log[0]).toContain('the behavior * of Edge does not forward Origin to the API');
  });

  test('forwards Host, and no API is found by it', async () => {
    const behavior = { ...RIGHT, OriginRequestPolicyId: FORWARD.allViewer };
    const { ask } = await start(behind(HTTP_API, { behavior }));
    expect(await ask('GET', '/pets', { origin: APP })).toMatchObject({ status: 403, allowed: null });
  });

  test('drops the token of a GET', async () => {
    const { ask } = await start(behind(CLOSED_HTTP_API, { behavior: LEGACY }));
    const headers = { origin: APP, authorization: 'Bearer t' };
    expect(await ask('GET', '/pets', headers)).toMatchObject({ status: 401, allowed: APP });
    expect(await ask('PUT', '/pets', headers)).toMatchObject({ status: 200, allowed: APP });
  });

  test('says that its cache hands answers to other pages', async () => {
    const { ask, log } = await start(behind(HTTP_API, { behavior: { ...RIGHT, CachePolicyId: CACHE.optimized } }));
    expect(await ask('GET', '/pets', { origin: APP })).toMatchObject({ status: 200, allowed: APP });
    expect(log[0]).toContain('CloudFront caches this answer, and the cache key of the behavior * of Edge');
  });
});

describe('what it makes of answers', () => {
  test('a response headers policy adds headers, and answers nothing', async () => {
    const behavior = { ...RIGHT, ResponseHeadersPolicyId: RESPOND.withPreflight };
    const adding = await start(behind(REST_WITH_EMPTY_OPTIONS, { behavior }));
    expect(await adding.ask('OPTIONS', '/pets', preflight())).toMatchObject({ status: 200, allowed: '*' });
    const { ask } = await start(behind(REST_WITHOUT_OPTIONS, { behavior }));
    expect(await ask('OPTIONS', '/pets', preflight())).toMatchObject({ status: 403, allowed: '*' });
  });

  test('it adds them to what a backend answers, and keeps the rest', async () => {
    const proxy = { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'https://backend.example.com' };
    const api = restApi([get('/pets', { integration: proxy })], {
      Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
    });
    const behavior = { ...RIGHT, ResponseHeadersPolicyId: RESPOND.simple };
    const { ask } = await start(behind(api, { behavior }));
    const { answer, ...seen } = await ask('GET', '/pets', { origin: APP });
    expect(seen).toEqual({ status: 200, allowed: '*' });
    expect(await answer.text()).not.toBe('');
  });

  test('an error page takes the place of an error, and the headers of the API are gone', async () => {
    const CustomErrorResponses = [{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html' }];
    const behaviors = [{ ...RIGHT, PathPattern: '/pets' }];
    const { ask } = await start(
      behind(REST_WITHOUT_OPTIONS, { behavior: SITE_BEHAVIOR, behaviors, config: { CustomErrorResponses } }),
    );
    expect(await ask('OPTIONS', '/pets', preflight())).toMatchObject({ status: 200, allowed: null });
  });
});

test('a stream that an error page replaces ends', async () => {
  const proxy = { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'https://backend.example.com' };
  const api = restApi([get('/pets', { integration: proxy })], {
    Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
  });
  const CustomErrorResponses = [{ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: '/index.html' }];
  const template = behind(api, {
    behavior: SITE_BEHAVIOR,
    behaviors: [{ ...RIGHT, PathPattern: '/pets' }],
    config: { CustomErrorResponses },
  });
  const body = Readable.from(['no ', 'such ', 'pet']);
  const { ask } = await start(template, async () => ({ status: 404, headers: {}, body }));
  expect((await ask('GET', '/pets')).status).toBe(200);
  expect(body.destroyed).toBe(true);
});

describe('what cannot be played is said', () => {
  test('an origin that is not an API', async () => {
    const template = behind(HTTP_API, { behavior: SITE_BEHAVIOR, behaviors: [{ ...RIGHT, PathPattern: '/pets' }] });
    const { ask, log } = await start(template);
    const { status, answer } = await ask('GET', '/index.html', { origin: APP });
    expect([status, await answer.text()]).toEqual([501, expect.stringContaining('is not an API of the template')]);
    expect(log[0]).toContain('unknown');
  });

  test('code at the edge does not run, and the rest is played', async () => {
    const FunctionAssociations = [{ EventType: 'viewer-request', FunctionARN: 'arn:aws:cloudfront::1:function/f' }];
    const { ask, log } = await start(behind(HTTP_API, { behavior: { ...RIGHT, FunctionAssociations } }));
    expect(await ask('GET', '/pets', { origin: APP })).toMatchObject({ status: 200, allowed: APP });
    expect(log[0]).toContain('the behavior * of Edge has a CloudFront Function at viewer-request, which does not run');
  });
});

describe('serve', () => {
  test('has a port for it, beside that of the API', async () => {
    const { code, out } = await run(['serve', file('template.json', behind(HTTP_API)), '--port', '0']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^1 API and 1 distribution, a port each:\n {2}Api {3}HTTP API {17}http:\/\/127\.0\.0\.1:(\d+)\n {2}Edge {2}CloudFront distribution {2}http:\/\/127\.0\.0\.1:(?!\1)\d+\n/,
    );
  });
});
