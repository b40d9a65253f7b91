import { readFileSync } from 'node:fs';
import { httpApi } from '../support/http-api-templates';
import { APP } from '../support/pages';
import { get, options, put, restApi } from '../support/templates';
import { behind, CACHE, FORWARD, HTTP_API, REST_API, RIGHT, SITE_BEHAVIOR } from '../verify/cloudfront/distributions';
import { file, run } from './run';

const LIVE = { Live: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } } };
const WWW = 'https://www.example.com';

async function check(template: object, ...args: string[]) {
  return run([
    'check',
    file('template.json', template),
    ...(args.includes('--origin') ? [] : ['--origin', APP]),
    ...args,
  ]);
}

/** What the entries of the JSON say about requests through a distribution. */
async function through(template: object, ...args: string[]): Promise<any[]> {
  const { out } = await check(template, '--json', ...args);
  return JSON.parse(out).filter(({ via }: any) => via === 'Edge');
}

const brief = ({ method, path, outcome }: any): string => `${method} ${path} ${outcome}`;

describe('check lists a distribution in front of an API', () => {
  test('besides its own address', async () => {
    const { out, code } = await check(behind(HTTP_API));
    expect(code).toBe(0);
    expect(out).toContain('Api HTTP API\n');
    expect(out).toContain('Api via Edge HTTP API behind CloudFront: the same as at its own address\n');
    expect(out).toContain('allowed 4');
  });

  test('which --api names by what it is listed as, and leaves the own address out', async () => {
    const { out, code } = await check(behind(HTTP_API), '--api', 'Api via Edge');
    expect(code).toBe(0);
    expect(out).toContain('Api via Edge HTTP API behind CloudFront');
    expect(out).not.toContain('Api HTTP API\n');
    const { err } = await check(behind(HTTP_API), '--api', 'Api via Elsewhere');
    expect(err).toContain('It holds Api, Api via Edge.');
  });

  test('with what to change there, where the API is fine', async () => {
    const template = behind(HTTP_API, { behavior: { ...RIGHT, AllowedMethods: undefined } });
    const { out, code } = await check(template);
    expect(code).toBe(1);
    expect(out).toContain('in Api via Edge');
    expect(out).toContain('at the behavior * of Edge');
    expect(out).toContain(
      'Change Let the behavior take the method, and OPTIONS: allowedMethods: AllowedMethods.ALLOW_ALL',
    );
    expect((await through(template)).map(brief)).toEqual(['GET /pets ALLOWED', 'PUT /pets BLOCKED']);
  });

  test.each([
    ['Host', { ...RIGHT, OriginRequestPolicyId: FORWARD.allViewer }, 'ALL_VIEWER_EXCEPT_HOST_HEADER'],
    ['Origin', { ...RIGHT, OriginRequestPolicyId: undefined }, 'Forward Origin'],
    ['the cache', { ...RIGHT, CachePolicyId: CACHE.optimized }, 'Put Origin into the cache key'],
  ])('and by cause: %s', async (_, behavior, fix) => {
    const [entry] = await through(behind(HTTP_API, { behavior }));
    expect(entry.change).toContain(fix);
  });

  test('once where it does the same to every route', async () => {
    const cors = { AllowOrigins: [APP], AllowMethods: ['GET', 'PUT'] };
    const api = httpApi(cors, { 'GET /pets': {}, 'PUT /cats': {}, 'GET /dogs': {} });
    const { out } = await check(behind(api, { behavior: { ...RIGHT, OriginRequestPolicyId: undefined } }));
    expect(out).toMatch(/Api via Edge.*\n.*\n {2}all 3 routes +GET PUT +✗ blocked\n/);
    expect(out.match(/ at the behavior \* of Edge\n/g)).toHaveLength(2); // of preflights, and of GET
  });

  test('at the behavior whose cache hands answers to other pages', async () => {
    const { code, out } = await check(behind(HTTP_API, { behavior: { ...RIGHT, CachePolicyId: CACHE.optimized } }));
    expect(code).toBe(1);
    expect(out).toMatch(/CloudFront caches this answer.*\n {4}at the behavior \* of Edge\n/);
  });

  test('a page on its own host name is of the same origin', async () => {
    const template = behind(HTTP_API, { config: { Aliases: ['www.example.com'] } });
    const { out } = await check(template, '--origin', WWW);
    expect(out).toMatch(/Api via Edge.*\n.*\n {2}\/pets +GET PUT +✓ same origin/);
    const entries = await through(template, '--origin', WWW);
    expect(entries.map(({ sameOrigin }) => sameOrigin)).toEqual([true, true]);
  });

  test('in the report, too', async () => {
    const report = file('report.html', '');
    await check(behind(HTTP_API), '--html', report);
    expect(readFileSync(report, 'utf8')).toContain('<h2>Api via Edge <small>HTTP API behind CloudFront</small></h2>');
  });

  test('only where the named API is behind it', async () => {
    const { out } = await check(behind(HTTP_API), '--api', 'Api');
    expect(out).toContain('Api via Edge');
  });

  test('with the origins that its response headers policy names', async () => {
    const CorsConfig = {
      AccessControlAllowOrigins: { Items: [WWW] },
      AccessControlAllowMethods: { Items: ['ALL'] },
      AccessControlAllowHeaders: { Items: ['*'] },
      AccessControlAllowCredentials: false,
      OriginOverride: true,
    };
    const Headers = {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: { ResponseHeadersPolicyConfig: { Name: 'own', CorsConfig } },
    };
    const api = restApi([get('/pets', { headers: {} })], LIVE);
    const template = behind(api, {
      behavior: { ...RIGHT, ResponseHeadersPolicyId: { Ref: 'Headers' } },
      others: { Headers },
    });
    const { out } = await run(['check', file('template.json', template), '--json']);
    expect(JSON.parse(out).map(({ via, origin, outcome }: any) => [via, origin, outcome])).toEqual([
      [undefined, 'https://any-page.example', 'BLOCKED'],
      ['Edge', WWW, 'ALLOWED'],
    ]);
  });
});

describe('what pages ask a distribution for', () => {
  const below = (prefix: string, api: any, more: object = {}): any =>
    behind(api, { behavior: SITE_BEHAVIOR, behaviors: [{ ...RIGHT, PathPattern: `${prefix}/*` }], ...more });

  test('are the paths of the API that a pattern takes, and no others', async () => {
    const api = restApi([get('/api/pets'), put('/api/pets'), options('/api/pets'), get('/health')], LIVE);
    expect((await through(below('/api', api))).map(brief)).toEqual(['GET /api/pets ALLOWED', 'PUT /api/pets ALLOWED']);
  });

  test('leave out what OriginPath puts in front', async () => {
    const api = restApi([get('/shop/pets')], LIVE);
    expect((await through(behind(api, { origin: { OriginPath: '/prod/shop' } }))).map(brief)).toEqual([
      'GET /pets ALLOWED',
    ]);
  });

  test('bring the stage where OriginPath does not', async () => {
    const entries = await through(behind(REST_API, { origin: { OriginPath: undefined } }));
    expect(entries.map(brief)).toEqual(['GET /prod/pets ALLOWED', 'PUT /prod/pets ALLOWED']);
  });

  test('reach greedy routes below the pattern', async () => {
    const api = restApi([get('/{proxy+}')], LIVE);
    const paths = (await through(below('/api', api))).map(({ path }) => path);
    expect(paths.every((path) => path.startsWith('/api/'))).toBe(true);
    expect(paths.length).toBeGreaterThan(0);
  });

  test('are those with the prefix where somebody takes it for one that is taken off', async () => {
    const entries = await through(below('/api', REST_API));
    expect(entries.map(brief)).toEqual(['GET /api/pets BLOCKED', 'PUT /api/pets BLOCKED']);
    expect(entries[0].change).toContain('below the prefix of the path pattern');
  });
});
